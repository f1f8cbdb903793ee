"""The mail that tells what changed on one platform."""

from collections.abc import Sequence
from dataclasses import dataclass

from watcher.alerts.fitting import fitted
from watcher.alerts.letter import rendered
from watcher.alerts.news import News, Words, is_web, merged, proof, stories
from watcher.model.alert import Body
from watcher.model.source import slug
from watcher.voice import Voice
from watcher.voice.passage import clipped, harmless

_IN_FULL = 10


@dataclass(frozen=True, slots=True)
class _Room:
    """So many changes are told in `full`, the first of them with the `whole` clause; of the others, `lines` in a line.

    `longest` is how many characters a text from elsewhere may have.
    """

    full: int = _IN_FULL
    whole: int = _IN_FULL
    lines: int = 30
    proofs: int = 12
    longest: int | None = None


_ROOMS = (
    *(_Room(whole=whole) for whole in range(_IN_FULL, -1, -1)),
    *(_Room(full=full, whole=0) for full in range(_IN_FULL - 1, 0, -1)),
    _Room(full=1, whole=0, longest=1_000),
    _Room(full=1, whole=0, lines=10, proofs=3, longest=400),
    _Room(full=1, whole=0, lines=0, proofs=1, longest=200),
)


def alert(news: Sequence[News], language: str, words: Words) -> Body:
    """One body for all `news` (at least one, all of one platform), most severe change first."""
    if not any(one.changes for one in news):
        raise ValueError("a letter needs a change to tell of")
    voice = Voice.of(language)
    cases = merged(news)
    told = stories(cases[:_IN_FULL], voice, words)
    documents = [one.event.document for one in news]
    several = len(news) > 1
    first = documents[0]
    page = (
        words.links.page(f"services/{slug(first.service)}.html", voice.language)
        if several
        else words.links.change(news[0].event.id, voice.language)
    )
    subject = voice.subject(first.service, (case.change for case, _ in cases), documents=len(cases[0][1]))
    common = {
        "seen": max(one.event.seen_at for one in news),
        "several": several,
        "page": page,
        "opt_out": next((d.opt_out for d in documents if is_web(d.opt_out)), None),
    }

    def render(room: _Room) -> Body:
        longest = room.longest
        shown = [one if at < room.whole else one.short() for at, one in enumerate(told[: room.full])]
        if longest is not None:
            shown = [one.within(longest) for one in shown]
        brief = cases[room.full :]
        lines = [harmless(voice.headline(case.document, case.change)) for case, _ in brief[: room.lines]]
        proofs = [proof(one, voice, words.links) for one in news[: room.proofs]]
        values = {
            "about": _at_most(harmless(first.service if several else first.title), longest),
            "service": _at_most(harmless(first.service), longest),
            "stories": shown,
            "brief": [_at_most(line, longest) for line in lines],
            "unsaid": len(brief) - len(lines),
            "proofs": proofs,
            "unproved": len(news) - len(proofs),
        }
        return rendered("alert", subject, voice, words.links, common | values)

    return fitted(_ROOMS, render, words.links)


def _at_most(text: str, longest: int | None) -> str:
    return text if longest is None else clipped(text, longest)
