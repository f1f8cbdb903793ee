"""How many pages a second one core reads: at a glance, and in full.

Run from the checkout: `.venv/bin/python benchmarks/read.py`. Pages are generated (about 270 kB each, most of it
scripts, as on real sites); the recorded pages beside the checkout are measured too where they are.
"""

import random
import tarfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from watcher.model.fetched import Fetched
from watcher.model.source import Document, Page
from watcher.read import glance, read_document

CORPUS = Path(__file__).parents[1] / "../shared/corpus/extract.tar.xz"
WORDS = [
    "you",
    "we",
    "the",
    "service",
    "may",
    "content",
    "rights",
    "licence",
    "members",
    "terms",
    "agree",
    "under",
    "of",
    "and",
    "to",
    "a",
    "any",
    "in",
    "for",
    "not",
    "with",
    "this",
    "your",
    "our",
    "music",
    "account",
    "payment",
    "law",
    "must",
    "use",
    "other",
    "people",
    "when",
    "without",
    "notice",
    "data",
]
URL = "https://wavecrest.example/terms"


def generated(count: int, dice: random.Random) -> list[bytes]:
    """Pages of about 6,000 words in 60 sections, with menus, nested containers and scripts around them."""
    return [_page(dice).encode() for _ in range(count)]


def _page(dice: random.Random) -> str:
    def sentence(least: int, most: int) -> str:
        return " ".join(dice.choices(WORDS, k=dice.randint(least, most))).capitalize() + "."

    parts = []
    for number in range(60):
        items = "".join(f"<li><span class=i>{sentence(8, 20)}</span></li>" for _ in range(3))
        parts.append(
            f"<section class='x{dice.random()}'><h2 id=s{number}>{number}. {sentence(2, 5)}</h2>"
            f"<div><p>{sentence(20, 45)} <a href='/p?utm_source={number}'>More</a></p><ul>{items}</ul></div></section>"
        )
    menu = "".join(f"<li><a href='/m/{i}'>Entry {i}</a></li>" for i in range(80))
    scripts = f"<script nonce='{dice.random()}'>" + "var state={'k':[1,2,3]};" * 9000 + "</script>"
    return (
        f"<!doctype html><html lang=en><head><title>Terms</title></head><body><nav><ul>{menu}</ul></nav>{scripts}"
        f"<div><div><div><main><h1>Terms of Use</h1>{''.join(parts)}</main></div></div></div></body></html>"
    )


def recorded() -> list[bytes]:
    """The real pages of the corpus."""
    with tarfile.open(CORPUS) as tar:
        files = [tar.extractfile(member) for member in tar.getmembers() if member.name.endswith(".html")]
        return [file.read() for file in files if file is not None]


def _rate(work: Callable[[Fetched], object], pages: Sequence[bytes]) -> float:
    answers = [
        Fetched(
            URL,
            URL,
            200,
            (("content-type", "text/html; charset=utf-8"),),
            page,
            datetime(2025, 1, 1, tzinfo=UTC),
        )
        for page in pages
    ]
    start = time.process_time()
    for answer in answers:
        work(answer)
    return len(pages) / (time.process_time() - start)


def main() -> None:
    """Print one line for each kind of pages."""
    document = Document("Wavecrest", "Terms", (Page(URL),))
    kinds = {"generated": generated(40, random.Random(1))}
    if CORPUS.exists():
        kinds["recorded"] = recorded()
    for name, pages in kinds.items():
        read_document(
            document, [Fetched(URL, URL, 200, (), pages[0], datetime(2025, 1, 1, tzinfo=UTC))], None
        )
        size = sum(map(len, pages)) / len(pages) / 1000
        glances = _rate(glance, pages)
        full = _rate(lambda answer: read_document(document, [answer], None), pages)
        print(
            f"{name}: {len(pages)} pages of {size:.0f} kB: {glances:.0f} glances/s, {full:.1f} full readings/s"
        )


if __name__ == "__main__":
    main()
