"""A store of a size that a newsroom reaches after years, made up by a seeded generator.

    python benchmarks/big_store.py FOLDER [--documents 400] [--versions 5000] [--findings 20000]

400 documents of 100 platforms with 5,000 versions of 60 to 140 clauses, 20,000 findings, and one document more with two
versions of 300 clauses, a third of them reworded. Everything goes through the store's own door.
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watcher.model.alert import Event
from watcher.model.fetched import Fetched, Validators
from watcher.model.finding import Change, ChangeKind, Cue, Finding
from watcher.model.source import Document, Page
from watcher.model.standing import Says
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Evidence, KnownPage, Version, VersionKind
from watcher.store import Store

END = datetime(2026, 3, 14, 6, 0, tzinfo=UTC)
LONG = "Longscroll"
_NAMES = ("Terms of Use", "Privacy Policy", "Creator Agreement", "Community Rules")
_GROUPS = ("music", "images", "writing", "video", "podcasts")
_FIRST = ("Wave", "Tone", "Lumi", "Quill", "Drift", "North", "Kino", "Canta", "Brook", "Ember")
_LAST = ("crest", "hafen", "lia", "moor", "light", "licht", "men", "zone", "side", "field")
_SUBJECTS = ("You", "We", "Members", "Our partners", "Visitors", "The service")
_VERBS = ("may close", "keep", "answer for", "can change", "will review", "may refuse", "must respect")
_OBJECTS = (
    "an account",
    "these rules",
    "a payment",
    "a listing",
    "the settings",
    "a complaint",
    "a delivery",
)
_SAID = {
    "training_grant": ("permitted", "may use what you upload to train artificial intelligence"),
    "third_party_training": (
        "permitted",
        "may share what you upload with others who train artificial intelligence",
    ),
    "training_commitment": ("denied", "will not train artificial intelligence with what you upload"),
    "training_choice": ("permitted", "lets you opt out of training artificial intelligence"),
    "training_restriction": ("denied", "forbids others to train artificial intelligence with its content"),
    "voice_likeness": ("denied", "forbids artificial intelligence that imitates a voice"),
    "ai_generated_content": ("required", "asks you to label what artificial intelligence made"),
    "ai_remuneration": ("permitted", "pays for works that trained artificial intelligence"),
}


@dataclass
class Draft:
    """A document while its versions are made: plain clauses, and the ones about AI, by their place."""

    document: Document
    plain: list[Clause]
    about: dict[str, Clause]

    def text(self) -> DocumentText:
        """The clauses as they stand, those about AI in the middle."""
        half = len(self.plain) // 2
        return DocumentText(
            self.document.name, "en", (*self.plain[:half], *self.about.values(), *self.plain[half:])
        )

    def says(self) -> tuple[Finding, ...]:
        """What they say."""
        return tuple(_finding(category, clause) for category, clause in self.about.items())


def main() -> None:
    """Fill the folder named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--versions", type=int, default=5_000)
    parser.add_argument("--findings", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()
    fill(options.folder, options.documents, options.versions, options.findings, options.seed)
    print(f"filled in {time.perf_counter() - began:.1f} s")


def fill(folder: Path, documents: int, versions: int, findings: int, seed: int) -> None:
    """Make the store; `findings` over all versions, an equal share for each."""
    chance = random.Random(seed)
    with Store(folder / "watcher.sqlite") as store:
        drafts = [_draft(number, documents, findings // versions, chance) for number in range(documents)]
        store.archive.remember([draft.document for draft in drafts])
        for at, draft in enumerate(drafts):
            count = versions // documents + (at < versions % documents)
            _record(store, draft.document, list(_history(draft, count, chance)))
        _record(store, *_long(chance))


def _draft(number: int, documents: int, said: int, chance: random.Random) -> Draft:
    service, kind = divmod(number, len(_NAMES))
    name = f"{_FIRST[service % 10]}{_LAST[service // 10 % 10]}" + (f" {service}" if service >= 100 else "")
    url = f"https://{name.lower().replace(' ', '')}.example/{kind}"
    document = Document(name, _NAMES[kind], (Page(url),), groups=(_GROUPS[service % 5],))
    plain = [_plain(chance) for _ in range(chance.randint(60, 140))]
    picked = chance.sample(sorted(_SAID), said)
    return Draft(document, plain, {category: _about(name, category, 0) for category in picked})


def _history(
    draft: Draft, count: int, chance: random.Random
) -> Iterator[tuple[DocumentText, tuple[Finding, ...]]]:
    yield draft.text(), draft.says()
    for number in range(1, count):
        for _ in range(3):
            draft.plain[chance.randrange(len(draft.plain))] = _plain(chance)
        category = chance.choice(list(draft.about))
        if number % 2:
            draft.about[category] = _about(draft.document.service, category, number)
        else:
            del draft.about[category]
            other = chance.choice([one for one in _SAID if one not in draft.about])
            draft.about[other] = _about(draft.document.service, other, number)
        yield draft.text(), draft.says()


def _long(chance: random.Random) -> tuple[Document, list[tuple[DocumentText, tuple[Finding, ...]]]]:
    document = Document(
        LONG, "Terms of Use", (Page("https://longscroll.example/terms"),), groups=("writing",)
    )
    draft = Draft(document, [_plain(chance, 40) for _ in range(298)], {})
    draft.about = {name: _about(LONG, name, 0) for name in ("training_grant", "training_choice")}
    before = draft.text(), draft.says()
    for at in range(0, len(draft.plain), 3):
        words = draft.plain[at].text.split()
        words[chance.randrange(len(words))] = "another"
        draft.plain[at] = _clause(" ".join(words))
    del draft.about["training_choice"]
    return document, [before, (draft.text(), draft.says())]


def _record(
    store: Store, document: Document, history: Sequence[tuple[DocumentText, tuple[Finding, ...]]]
) -> None:
    store.archive.remember([document])
    before: Version | None = None
    said: tuple[Finding, ...] = ()
    for number, (text, findings) in enumerate(history, start=1):
        at = END - timedelta(days=37 * (len(history) - number), minutes=number)
        url = document.pages[0].url
        fetched = Fetched(url, url, 200, (), f"{document.key} {number}".encode(), at)
        evidence = Evidence(url, url, at, fetched.sha256, "text/html")
        kind = VersionKind.FIRST if before is None else VersionKind.CHANGED
        version = Version(
            document.key, number, kind, at, text.digest, "read 1", "s", (evidence,), rules="bench"
        )
        changes = _changes(said, findings) if before else ()
        event = None
        if before and changes:
            event = Event(document, before.number, number, before.text, text.digest, at, changes)
        store.archive.record(
            version,
            at=at,
            text=text,
            before=None,
            pages=[KnownPage(url, url, Validators(None, None), "text/html", fetched.sha256, "g")],
            fetched=[fetched],
            says=Says(findings, "bench"),
            event=event,
        )
        before, said = version, findings


def _changes(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Change, ...]:
    old, new = {one.category: one for one in before}, {one.category: one for one in after}
    found = []
    for category in sorted(old.keys() | new.keys()):
        was, now = old.get(category), new.get(category)
        if was == now:
            continue
        kind = ChangeKind.EXPANDED if was and now else ChangeKind.INTRODUCED if now else ChangeKind.REMOVED
        lead = now or was
        assert lead is not None
        found.append(
            Change(
                category, kind, lead.severity, lead.rule, lead.quote, was.quote if was and now else None, "en",
                now, was,
            )
        )  # fmt: skip
    return tuple(found)


def _about(service: str, category: str, number: int) -> Clause:
    tail = f", as of edition {number}" if number else ""
    return _clause(f"{service} {_SAID[category][1]}{tail}.")


def _finding(category: str, clause: Clause) -> Finding:
    at = clause.text.index("artificial intelligence")
    return Finding(
        category=category,
        rule=f"ai-{category.replace('_', '-')}",
        pack="ai 1",
        severity="high",
        quote=clause.text,
        language="en",
        cues=(Cue(at, at + len("artificial intelligence"), "ai"),),
        clause=clause.key,
        actor="provider",
        polarity=_SAID[category][0],
        objects=("content",),
    )


def _plain(chance: random.Random, words: int = 24) -> Clause:
    said = []
    while len(said) < words:
        said += f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)}".split()
        said.append(f"case-{chance.randrange(10_000)}")
    return _clause(" ".join(said) + ".")


def _clause(text: str) -> Clause:
    return Clause("paragraph", text, text, ("Terms",))


if __name__ == "__main__":
    main()
