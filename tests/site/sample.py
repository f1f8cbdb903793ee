"""A small archive of made-up platforms, and the store that holds it."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.site.explained import explain
from watcher.diff import compare, mark
from watcher.model.alert import Event
from watcher.model.fetched import Fetched, Validators
from watcher.model.finding import Change, ChangeKind, Cue, Finding
from watcher.model.folding import digest
from watcher.model.report import DocumentHistory, DocumentStatus
from watcher.model.source import Document, Page
from watcher.model.standing import Says
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Doubt, Evidence, KnownPage, Quarantined, Version, VersionKind
from watcher.site import Frame, ReportPaths, Room, Tools, write_report
from watcher.store import Store

NOW = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def text(source: str, *, language: str = "en", title: str = "Terms") -> DocumentText:
    """Clauses from lines: `## heading`, `- item`, anything else is a paragraph."""
    clauses, path = [], ()
    for line in filter(None, map(str.strip, source.splitlines())):
        if line.startswith("## "):
            path = (title, line[3:])
            clauses.append(Clause("heading", line[3:], line[3:], (title,), level=2))
        elif line.startswith("- "):
            clauses.append(Clause("item", line[2:], line[2:], path, level=1))
        else:
            clauses.append(Clause("paragraph", line, line, path))
    return DocumentText(title, language, tuple(clauses))


def finding(category: str, quote: str, cues: dict[str, str], **more) -> Finding:
    return Finding(
        category=category,
        rule=more.pop("rule", f"en-{category.replace('_', '-')}-1"),
        pack=more.pop("pack", "ai-en 3"),
        severity=more.pop("severity", "high"),
        quote=quote,
        language=more.pop("language", "en"),
        cues=tuple(Cue(quote.index(w), quote.index(w) + len(w), label) for w, label in cues.items()),
        clause=Clause("paragraph", more.pop("clause", quote), "").key,
        **more,
    )


def change(kind: str, *, now: Finding | None = None, before: Finding | None = None, **more) -> Change:
    told = now or before
    return Change(
        category=told.category,
        change=ChangeKind(kind),
        severity=told.severity,
        rule=told.rule,
        quote=more.pop("quote", told.quote),
        previous=more.pop("previous", None),
        language=told.language,
        now=now,
        before=before,
        **more,
    )


@dataclass
class Archive:
    """Collects histories and texts; what a text says are those findings whose words stand in it."""

    texts: dict[str, DocumentText] = field(default_factory=dict)
    histories: list[DocumentHistory] = field(default_factory=list)

    def document(
        self,
        document: Document,
        versions: Sequence[tuple[DocumentText, VersionKind, datetime, dict]],
        *,
        events: Sequence[tuple[int, int, Sequence[Change]]] = (),
        quarantined: Sequence[tuple[Doubt, datetime]] = (),
        **status,
    ) -> DocumentHistory:
        made = []
        for number, (words, kind, at, more) in enumerate(versions, start=1):
            self.texts[words.digest] = words
            url = document.pages[0].url
            raw = Evidence(url, url, at, digest(f"{url} {number}"), "text/html")
            made.append(Version(document.key, number, kind, at, words.digest, "read 1", "s", (raw,), **more))
        history = DocumentHistory(
            DocumentStatus(document, versions=len(made), **status),
            tuple(made),
            tuple(
                Event(document, a, b, made[a - 1].text, made[b - 1].text, made[b - 1].seen_at, tuple(c))
                for a, b, c in events
            ),
            tuple(
                Quarantined(
                    document.key,
                    at,
                    doubt,
                    "",
                    (Evidence(document.pages[0].url, document.pages[0].url, at, digest(f"q {at}")),),
                )
                for doubt, at in quarantined
            ),
        )
        self.histories.append(history)
        return history


WAVECREST = """
Welcome to Wavecrest. These terms are a contract between you and Wavecrest Audio Ltd.
## 1. Your account
You must be at least sixteen years old to open an account.
Keep your password to yourself; you answer for what happens under your account.
We may close accounts that lie unused for three years, after writing to you.
## 2. What you upload
You keep all rights in the music, artwork and words that you upload.
You allow us to store, play and show what you upload so that we can run the service, for as long as it stays there.
We will not use what you upload to train artificial intelligence without asking you first.
You confirm that you may publish what you upload:
- you wrote and recorded it yourself, or
- its owners have agreed in writing.
## 3. Payments
Plans renew every month until you cancel them.
We pay your share of each sale within thirty days, by bank transfer or by the payment service you chose.
## 4. Ending
You may close your account at any time; what you uploaded is deleted within ninety days.
We may end this contract with two months' notice.
## 5. Law
The law of the Republic of Ireland applies, and its courts decide.
"""
GRANT = (
    "You allow us to store, play, show and analyse what you upload, and to use it to inform, train and develop "
    "machine learning models, so that we can run and improve the service."
)
KEEP = (
    "You allow us to store, play and show what you upload so that we can run the service, "
    "for as long as it stays there."
)
PROMISE = "We will not use what you upload to train artificial intelligence without asking you first."
PARTNERS = "We may share recordings with research partners who build generative music systems."
OPT_OUT = (
    "Puoi opporti in ogni momento all'uso delle tue opere per addestrare sistemi di intelligenza artificiale."
)


def fill() -> Archive:
    archive = Archive()
    _wavecrest(archive)
    _canzoniere(archive)
    _others(archive)
    return archive


def _wavecrest(archive: Archive) -> None:
    first = text(WAVECREST, title="Terms of Use")
    cosmetic = text(WAVECREST.replace("months' notice", "months’ notice"), title="Terms of Use")
    lines = WAVECREST.replace(KEEP, GRANT).replace(PROMISE + "\n", "")
    law = "The law of the Republic of Ireland applies, and its courts decide."
    lines = lines.replace(law, law + "\n" + PARTNERS)
    lines = lines.replace(
        "We may close accounts that lie unused for three years, after writing to you.\n", ""
    )
    moved = "## 4. Ending\nWe may close accounts that lie unused for three years, after writing to you."
    changed = text(lines.replace("## 4. Ending", moved), title="Terms of Use")
    grant = finding(
        "training_grant",
        GRANT,
        {
            "train": "training",
            "machine learning models": "ai",
            "what you upload": "content",
            "allow": "permit",
        },
        actor="provider",
        objects=("content",),
        severity="critical",
    )
    promise = finding(
        "training_commitment",
        PROMISE,
        {
            "will not": "deny",
            "train": "training",
            "artificial intelligence": "ai",
            "asking you first": "consent",
        },
        actor="provider",
        polarity="denied",
        conditions=("consent",),
        objects=("content",),
        severity="critical",
    )
    partners = finding(
        "third_party_training",
        PARTNERS,
        {"share": "share", "research partners": "recipient_third_party", "generative music systems": "ai"},
        actor="third_party",
        recipients=("third_party",),
        certainty=0.5,
    )
    terms = Document(
        "Wavecrest",
        "Terms of Use",
        (Page("https://wavecrest.example/terms"),),
        groups=("music",),
        source="catalogue",
    )
    archive.document(
        terms,
        [
            (first, VersionKind.FIRST, NOW - 200 * DAY, {}),
            (cosmetic, VersionKind.COSMETIC, NOW - 90 * DAY, {}),
            (changed, VersionKind.CHANGED, NOW - 2 * DAY, {"confirmed_at": NOW - 1.5 * DAY}),
        ],
        events=[
            (
                2,
                3,
                [
                    change("introduced", now=grant, previous=KEEP),
                    change("removed", before=promise),
                    change("introduced", now=partners),
                ],
            )
        ],
        quarantined=[(Doubt.ERROR_PAGE, NOW - 30 * DAY), (Doubt.DRASTIC, NOW - 2 * DAY)],
        last_check=NOW - DAY / 8,
        last_good=NOW - DAY / 8,
    )
    archive.document(
        Document("Wavecrest", "Privacy Policy", (Page("https://wavecrest.example/privacy"),)),
        [
            (
                text("We keep little.\nAsk us anything.", title="Privacy"),
                VersionKind.FIRST,
                NOW - 200 * DAY,
                {},
            )
        ],
        last_check=NOW - DAY / 8,
        last_good=NOW - DAY / 8,
    )


def _canzoniere(archive: Archive) -> None:
    old = (
        "## Contenuti\nConservi tutti i diritti sulle tue opere.\nPubblichi sotto la tua responsabilità.\n"
        "## Recesso\nPuoi recedere quando vuoi."
    )
    new = old.replace("## Recesso", OPT_OUT + "\n## Recesso")
    first = text(old, language="it", title="Condizioni d'uso")
    second = text(new, language="it", title="Condizioni d'uso")
    choice = finding(
        "training_choice",
        OPT_OUT,
        {"opporti": "opt_out", "addestrare": "training", "intelligenza artificiale": "ai"},
        language="it",
        pack="ai-it 2",
        rule="it-training-choice-1",
        conditions=("opt_out",),
        objects=("content",),
        severity="medium",
    )
    archive.document(
        Document(
            "Canzoniere",
            "Condizioni d'uso",
            (Page("https://canzoniere.example/condizioni"),),
            language="it",
            opt_out="https://canzoniere.example/opposizione",
        ),
        [
            (first, VersionKind.FIRST, NOW - 150 * DAY, {}),
            (second, VersionKind.CHANGED, NOW - 40 * DAY, {}),
            (first, VersionKind.RETURN, NOW - 25 * DAY, {"returns_to": 1}),
            (second, VersionKind.RETURN, NOW - 24 * DAY, {"returns_to": 2}),
        ],
        events=[(1, 2, [change("introduced", now=choice)])],
        last_check=NOW - DAY / 4,
        last_good=NOW - DAY / 4,
    )


def _others(archive: Archive) -> None:
    tonhafen = text(
        "## Nutzung\nDu behältst alle Rechte.\nWir speichern, was du hochlädst.", language="de", title="AGB"
    )
    wordier = text(
        "## Nutzung\nDu behältst alle Rechte.\nWir speichern und zeigen, was du hochlädst.",
        language="de",
        title="AGB",
    )
    archive.document(
        Document("Tonhafen", "Nutzungsbedingungen", (Page("https://tonhafen.example/agb"),), language="de"),
        [
            (tonhafen, VersionKind.FIRST, NOW - 100 * DAY, {}),
            (wordier, VersionKind.CHANGED, NOW - 60 * DAY, {}),
        ],
        last_check=NOW - DAY / 4,
        last_good=NOW - 6 * DAY,
        failures=23,
        reason="bot-wall",
        quarantined=[(Doubt.BOT_WALL, NOW - DAY / 4)],
    )
    rule = "You may not use Lumalia or anything on it to train artificial intelligence."
    ban = finding(
        "training_restriction",
        rule,
        {"may not": "forbid", "train": "training", "artificial intelligence": "ai"},
        actor="user",
        polarity="denied",
        severity="medium",
    )
    label = finding(
        "ai_generated_content",
        "Label what was made with artificial intelligence.",
        {"Label": "require", "artificial intelligence": "ai"},
        severity="low",
    )
    base = "## Conduct\nBe kind.\nPost your own pictures only."
    archive.document(
        Document("Lumalia", "Community Rules", (Page("https://lumalia.example/rules"),), groups=("images",)),
        [
            (text(base, title="Community Rules"), VersionKind.FIRST, NOW - 170 * DAY, {}),
            (
                text(f"{base}\n{label.quote}", title="Community Rules"),
                VersionKind.CHANGED,
                NOW - 120 * DAY,
                {},
            ),
            (
                text(f"{base}\n{label.quote}\n{rule}", title="Community Rules"),
                VersionKind.CHANGED,
                NOW - 74 * DAY,
                {},
            ),
        ],
        events=[(1, 2, [change("introduced", now=label)]), (2, 3, [change("introduced", now=ban)])],
        last_check=NOW - DAY / 4,
        last_good=NOW - DAY / 4,
    )
    archive.document(Document("Nordlicht", "Terms", (Page("https://nordlicht.example/terms"),)), [])


def findings(archive: Archive) -> list[Finding]:
    changes = [c for h in archive.histories for e in h.events for c in e.changes]
    return list(dict.fromkeys(f for c in changes for f in (c.now, c.before) if f is not None))


def keep(archive: Archive, store: Store) -> None:
    """Everything as the pipeline would have recorded it."""
    known = findings(archive)
    for history in archive.histories:
        document, status = history.document, history.status
        store.archive.remember([document])
        for version in history.versions:
            text = archive.texts[version.text]
            body = f"{document.pages[0].url} {version.number}".encode()
            url = document.pages[0].url
            fetched = Fetched(url, url, 200, (), body, version.seen_at)
            page = KnownPage(url, url, Validators(None, None), "text/html", fetched.sha256, "glance")
            stand = {clause.key for clause in text.clauses}
            says = Says(tuple(f for f in known if f.clause in stand), "rules 1")
            store.archive.record(
                version,
                at=version.seen_at,
                text=text,
                before=None,
                pages=[page],
                fetched=[fetched],
                says=None if store.findings.read(text.digest) else says,
            )
        store.archive.replace_events(document.key, history.events)
        for refused in history.quarantined:
            store.archive.refused(document.key, refused, fetched=[], text=None)
        if status.last_good:
            store.archive.unchanged(document.key, at=status.last_good, pages=[], fetched=[])
        for _ in range(status.failures):
            at = status.last_check or NOW
            store.archive.failed(document.key, at=at, reason=status.reason, detail=status.detail)


@contextmanager
def stored(archive: Archive) -> Iterator[Store]:
    with TemporaryDirectory() as folder, Store(Path(folder) / "watcher.sqlite") as store:
        keep(archive, store)
        yield store


def room(store: Store, frame: Frame | None = None, explain=explain) -> Room:
    text_of = store.library.text
    return Room(store.library, Tools(text_of, compare, mark, explain), frame or Frame("Terms Watcher"))


def write(archive: Archive, out: Path, *, now: datetime = NOW, **options) -> ReportPaths:
    with stored(archive) as store:
        return write_report(out, room(store, **options), now)


def between(folder: str, old: int, new: int, names: Sequence[str]) -> str:
    """The path of the comparison of two versions; its digests depend on the texts."""
    wanted = re.compile(rf"{re.escape(folder)}/v{old}\.[0-9a-f]{{12}}-v{new}\.[0-9a-f]{{12}}\.html")
    (path,) = (name for name in names if wanted.fullmatch(name))
    return path


def files(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): path.read_text() for path in sorted(out.rglob("*.html"))}
