"""Terms pages for the benchmarks: made up, seeded, about 260 kB each, built in several ways as real sites are.

The same seed gives the same bytes on every machine. A page has three editions: `before`, `noisy` (another nonce, menu
and tracking numbers, the same terms) and `after` (one paragraph gained, or one reworded).
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Edition = Literal["before", "noisy", "after"]

TYPICAL_SIZE = 260_000

_PLATFORMS = (
    "Wavecrest",
    "Lumalia",
    "Brightreel",
    "Papercanoe",
    "Oldharbour",
    "Stagelight",
    "Mossroom",
    "Quillyard",
)
_SERVICES = (
    "the service",
    "our apps",
    "the platform",
    "your account page",
    "the marketplace",
    "the upload tools",
)
_THINGS = (
    "recordings",
    "pictures",
    "videos",
    "messages",
    "drafts",
    "playlists",
    "comments",
    "profile details",
)
_SECTIONS = (
    "Who we are", "Your account", "Your content", "Licence to us", "Fees and payouts", "Acceptable use", "Copyright",
    "Privacy", "Third parties", "Changes to the service", "Ending the agreement", "Liability", "Disputes",
    "Governing law", "Automated tools", "Contact",
)  # fmt: skip
_OPENINGS = (
    "When you use {service}, ", "Unless we have agreed otherwise in writing, ", "As long as your account is open, ",
    "In the countries where {service} is offered, ", "For every order placed through {service}, ", "If you ask us to, ",
    "Within {days} days of our notice, ", "Where the law of your country requires it, ", "",
)  # fmt: skip
_MIDDLES = (
    "we may keep copies of your {thing} for up to {days} days",
    "you are responsible for the {thing} that you publish and for the rights in them",
    "we pay out what you have earned with your {thing} once the balance is above {days} euros",
    "you grant us a licence to host, store, reproduce and display your {thing} so that others can find them",
    "you must not copy, sell or rent the {thing} of other people",
    "we may remove {thing} that break these terms, and we tell you the reason",
    "we ask partners in {days} countries to help us deliver your {thing}",
    "you can download your {thing} at any time from {service}",
)
_ENDINGS = (
    ".", ", and this section stays in force after the agreement has ended.", "; the fees of section {days} apply.",
    ", provided that you have confirmed your address.", ", unless a court decides otherwise.",
    " as described in the guide to {service}.",
)  # fmt: skip
_AI = (
    "We may use the {thing} that you upload to train and improve our machine learning models.",
    "We do not use your {thing} to train generative AI, unless you have agreed to it beforehand.",
    "You can object to the use of your {thing} for the development of artificial intelligence in your settings.",
    "You must not use robots to collect {thing} from {service} in order to train AI models.",
)


@dataclass(frozen=True, slots=True)
class _Block:
    heading: str
    lead_in: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]


def make_page(seed: int, number: int, edition: Edition, size: int = TYPICAL_SIZE) -> bytes:
    """Page `number` of the collection `seed` as UTF-8 HTML, around `size` bytes give or take a third."""
    chance = random.Random(f"{seed}/{number}")
    platform = f"{chance.choice(_PLATFORMS)} {number}"
    blocks = _terms(chance, platform)
    wanted = int(size * chance.uniform(0.65, 1.35))
    build = _BUILDS[number % len(_BUILDS)]
    if edition == "after":
        blocks = _changed(chance, blocks)
    today = random.Random(f"{seed}/{number}/{edition == 'noisy'}")
    terms = build(blocks, platform)
    return _around(terms, platform, chance, today, wanted).encode()


def _sentence(chance: random.Random, *templates: tuple[str, ...]) -> str:
    text = "".join(chance.choice(choices) for choices in templates)
    text = text.format(
        service=chance.choice(_SERVICES), thing=chance.choice(_THINGS), days=chance.randint(2, 90)
    )
    return text[0].upper() + text[1:]


def _paragraph(chance: random.Random) -> str:
    return " ".join(_sentence(chance, _OPENINGS, _MIDDLES, _ENDINGS) for _ in range(chance.randint(1, 5)))


def _terms(chance: random.Random, platform: str) -> list[_Block]:
    """60 to 200 paragraphs and list items in sections; two pages of three already speak of AI somewhere."""
    count, blocks = chance.randint(60, 200), []
    while count > 0:
        paragraphs = tuple(_paragraph(chance) for _ in range(chance.randint(2, 7)))
        items = tuple(_sentence(chance, _MIDDLES, _ENDINGS) for _ in range(chance.choice((0, 0, 3, 6))))
        lead_in = f"On {platform} these points apply in particular:" if items else ""
        heading = f"{len(blocks) + 1}. {_SECTIONS[len(blocks) % len(_SECTIONS)]}"
        blocks.append(_Block(heading, lead_in, paragraphs, items))
        count -= len(paragraphs) + len(items)
    if chance.random() < 2 / 3:
        at = chance.randrange(len(blocks))
        one = blocks[at]
        blocks[at] = _Block(one.heading, one.lead_in, (*one.paragraphs, _sentence(chance, _AI)), one.items)
    return blocks


def _changed(chance: random.Random, blocks: list[_Block]) -> list[_Block]:
    """One paragraph more, or one with another last sentence; every second change speaks of AI."""
    at = chance.randrange(len(blocks))
    one = blocks[at]
    news = (
        _sentence(chance, _AI) if chance.random() < 0.5 else _sentence(chance, _OPENINGS, _MIDDLES, _ENDINGS)
    )
    if chance.random() < 0.5:
        paragraphs = (*one.paragraphs[:1], f"From the first of next month: {news}", *one.paragraphs[1:])
    else:
        paragraphs = (*one.paragraphs[:-1], f"{one.paragraphs[-1]} {news} This is new.")
    return [*blocks[:at], _Block(one.heading, one.lead_in, paragraphs, one.items), *blocks[at + 1 :]]


# How sites are built: with <main>, with an id alone, as nested boxes, as folded sections


def _with_main(blocks: list[_Block], platform: str) -> str:
    parts = [f'<main id="main"><article class="legal"><h1>{platform} Terms of Service</h1>']
    for block in blocks:
        parts.append(f"<h2>{block.heading}</h2>")
        parts += [f"<p>{text}</p>" for text in block.paragraphs]
        parts.append(_list(block, "ul", "<p>", "</p>"))
    return "".join(parts) + "</article></main>"


def _with_id(blocks: list[_Block], platform: str) -> str:
    parts = [f'<div id="content" class="container legal-text"><h1>Terms of Service of {platform}</h1>']
    for block in blocks:
        parts.append(
            f'<section class="clause"><h3 class="clause__title"><strong>{block.heading}</strong></h3>'
        )
        parts += [f'<p class="clause__text"><span>{text}</span></p>' for text in block.paragraphs]
        parts.append(_list(block, "ol", '<p class="clause__text">', "</p>") + "</section>")
    return "".join(parts) + "</div>"


def _as_boxes(blocks: list[_Block], platform: str) -> str:
    box = '<div class="css-1x2y3z"><div class="css-0 e1abc"><div data-block="true" dir="ltr">'
    parts = [f"{box}<h1>{platform}: Terms of Use</h1></div></div></div>"]
    for block in blocks:
        parts.append(f"{box}<h2><a name='s'></a>{block.heading}</h2></div></div></div>")
        parts += [
            f"{box}<p><span style='font-weight:400'>{text}</span></p></div></div></div>"
            for text in block.paragraphs
        ]
        parts.append(box + _list(block, "ul", "<p>", "</p>") + "</div></div></div>")
    return f'<div class="rich-text css-9q8w7e">{"".join(parts)}</div>'


def _folded(blocks: list[_Block], platform: str) -> str:
    parts = [f'<main role="main"><h1>Terms of Service</h1><p>These are the terms of {platform}.</p>']
    for block in blocks:
        parts.append(f"<details><summary>{block.heading}</summary><div class='body'>")
        parts += [f"<p>{text}</p>" for text in block.paragraphs]
        parts.append(_list(block, "ul", "<p>", "</p>") + "</div></details>")
    return "".join(parts) + "</main>"


_BUILDS: tuple[Callable[[list[_Block], str], str], ...] = (_with_main, _with_id, _as_boxes, _folded)


def _list(block: _Block, tag: str, opened: str, closed: str) -> str:
    if not block.items:
        return ""
    items = "".join(f"<li>{text}</li>" for text in block.items)
    return f"{opened}{block.lead_in}{closed}<{tag}>{items}</{tag}>"


def _around(terms: str, platform: str, chance: random.Random, today: random.Random, wanted: int) -> str:
    """The page around the terms, filled up with what really fills pages: scripts, state as JSON, styles, icons."""
    nonce = f"{today.getrandbits(64):016x}"
    names = [f"{chance.choice(_THINGS)} {n}".title() for n in range(chance.randint(20, 60))]
    menu = "".join(
        f'<li class="nav-item"><a href="/{n}" class="nav-link">{name}</a></li>'
        for n, name in enumerate(names)
    )
    greeting = today.choice(("Home", "Start", "Welcome"))
    languages = "".join(f'<option value="{n}">Language {n}</option>' for n in range(30))
    footer = "".join(f'<a href="/about/{n}">{name} help</a> ' for n, name in enumerate(reversed(names)))
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Terms of Service | {platform}</title>'
        f'<meta name="csrf-token" content="{nonce}"><meta name="viewport" content="width=device-width">'
        f'<script nonce="{nonce}">window.visit={{"id":"{nonce}","at":{today.randint(10**9, 2 * 10**9)}}}</script>'
        f"FILL</head><body class='page legal'><header><nav aria-label='main'><ul><li><a href='/'>{greeting}</a></li>"
        f"{menu}</ul></nav></header>{terms}<footer><form><select>{languages}</select></form><p>{footer}</p>"
        f"<p>© 2026 {platform}</p></footer>"
        f'<script nonce="{nonce}">track("{nonce}")</script></body></html>'
    )
    return page.replace("FILL", _fill(chance, max(0, wanted - len(page))), 1)


def _fill(chance: random.Random, size: int) -> str:
    style = "".join(
        f".c{n}{{color:#{chance.getrandbits(24):06x};padding:{chance.randint(0, 40)}px;margin:0 auto}}\n"
        for n in range(size // 4 // 50)
    )
    state = json.dumps(
        {
            f"item{n}": {"id": f"{chance.getrandbits(48):012x}", "on": n % 3 == 0}
            for n in range(size // 4 // 50)
        }
    )
    icon = "".join(
        f"M{chance.randint(0, 99)} {chance.randint(0, 99)}l{n % 9} 1z" for n in range(size // 8 // 10)
    )
    before = (
        f'<style>{style}</style><svg hidden><path d="{icon}"/></svg>'
        f'<script id="state" type="application/json">{state}</script>'
    )
    code = "".join(
        f'function f{n}(a,b){{if(a<b){{return g("{chance.getrandbits(32):08x}",a+b)}}return {n}}}\n'
        for n in range(max(0, size - len(before)) // 64)
    )
    return f"{before}<script>{code}</script>"
