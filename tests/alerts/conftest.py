from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from watcher.diff import compare, mark
from watcher.model.alert import Event, Letter, Subscriber
from watcher.model.comparison import Comparison
from watcher.model.finding import Change, ChangeKind, Cue, Finding, RuleText
from watcher.model.options import MailOptions
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.signing import Signer
from watcher.voice.card import Explain

BASE = "https://watcher.example/report"

SEEN = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
OPTIONS = MailOptions(
    host="127.0.0.1",
    sender="Terms watcher <alerts@watcher.example>",
    reply_to="desk@watcher.example",
    domain="w.example",
)

MEANINGS = {
    "en": {
        "ai-grant": (
            "Your work may train AI",
            "{service} may train AI with your work, and does not need to ask you.",
            "Look for a setting that switches it off, and write to {service} if you disagree.",
        ),
        "ai-others": (
            "Others may train AI with your work",
            "Companies that you do not know may train AI with your work.",
            "Ask the platform who receives your work.",
        ),
        "ai-promise": (
            "A promise about AI training",
            "The platform has bound itself to ask you before it trains AI with your work.",
            "Keep a copy of the promise.",
        ),
        "ai-choice": (
            "A choice about AI training",
            "You can keep your work out of AI training from now on.",
            "Open your account's privacy settings and switch AI training off.",
        ),
    },
    "it": {
        "ai-grant": (
            "Il tuo lavoro può addestrare l'IA",
            "{service} può addestrare l'IA con il tuo lavoro senza chiedertelo.",
            "Cerca un'impostazione che lo disattivi e scrivi a {service} se non sei d'accordo.",
        ),
        "ai-others": (
            "Altri possono addestrare l'IA con il tuo lavoro",
            "Aziende che non conosci possono addestrare l'IA con il tuo lavoro.",
            "Chiedi alla piattaforma chi riceve il tuo lavoro.",
        ),
        "ai-promise": (
            "Una promessa sull'addestramento dell'IA",
            "La piattaforma si è impegnata a chiederti il permesso prima di addestrare l'IA con il tuo lavoro.",
            "Conserva una copia della promessa.",
        ),
        "ai-choice": (
            "Una scelta sull'addestramento dell'IA",
            "D'ora in poi puoi tenere il tuo lavoro fuori dall'addestramento dell'IA.",
            "Apri le impostazioni sulla privacy del tuo account e disattiva l'addestramento dell'IA.",
        ),
    },
}


def explain(rule: str, language: str) -> RuleText:
    return RuleText(rule, *MEANINGS[language][rule], language)


def clause(text: str, *path: str) -> Clause:
    return Clause("paragraph", text, text, path)


def finding(category: str, rule: str, quote: str, cues: dict[str, str], **more) -> Finding:
    spots = tuple(
        Cue(quote.index(words), quote.index(words) + len(words), label) for words, label in cues.items()
    )
    return Finding(category, rule, "ai-en 1", "high", quote, "en", spots, clause=clause(quote).key, **more)


WAVECREST = Document(
    "Wavecrest",
    "Terms of Use",
    (Page("https://wavecrest.example/terms"),),
    groups=("music",),
    opt_out="https://wavecrest.example/settings/ai",
)

GRANT_OLD = "You give us a licence to host, stream and show your recordings so that people can hear them on Wavecrest."
GRANT_NEW = (
    "You give us a licence to host, stream and show your recordings so that people can hear them on Wavecrest, and "
    "to use them to inform, train and develop artificial intelligence, and our partners may train models of their own "
    "with your recordings as part of the services that they offer to others."
)
PROMISE = (
    "Wavecrest will not train generative AI with your recordings unless you have said yes in your settings."
)
CHOICE = (
    "You can opt out of AI training at any time in your privacy settings; we then leave your recordings out."
)
WIDER_OLD = "Unless you opt out, we may use your comments to train our models."
WIDER_NEW = "We and third parties may use your comments and recordings to train our models."


def event(*changes: Change, document: Document = WAVECREST) -> Event:
    return Event(document, 3, 4, "5f2c" * 16, "a91b" * 16, SEEN, changes)


def comparison(old: list[Clause], new: list[Clause]) -> Comparison:
    return compare(DocumentText("Terms", "en", tuple(old)), DocumentText("Terms", "en", tuple(new)))


def grant() -> tuple[Event, Comparison]:
    trains = {"train": "training", "artificial intelligence": "ai", "your recordings": "content"}
    first = finding("training_grant", "ai-grant", GRANT_NEW, trains, actor="provider", objects=("content",))
    second = finding(
        "third_party_training",
        "ai-others",
        GRANT_NEW,
        {"our partners": "actor third_party", "train models": "training"},
        objects=("content",),
        certainty=0.7,
    )
    changes = [
        Change(f.category, ChangeKind.INTRODUCED, severity, f.rule, GRANT_NEW, None, "en", now=f)
        for f, severity in ((second, "high"), (first, "critical"))
    ]
    sides = [[clause(text, "Your content", "Licence")] for text in (GRANT_OLD, GRANT_NEW)]
    return event(*changes), comparison(*sides)


def promise_gone() -> tuple[Event, Comparison]:
    cues = {"will not train": "deny", "generative AI": "ai", "unless you have said yes": "consent"}
    before = finding(
        "training_commitment",
        "ai-promise",
        PROMISE,
        cues,
        polarity="denied",
        conditions=("consent",),
        objects=("content",),
    )
    change = Change(
        "training_commitment", ChangeKind.REMOVED, "high", "ai-promise", PROMISE, None, "en", before=before
    )
    stays = clause("We stream your recordings.", "AI")
    return event(change), comparison([clause(PROMISE, "AI", "Our promise"), stays], [stays])


def choice() -> tuple[Event, Comparison]:
    now = finding(
        "training_choice",
        "ai-choice",
        CHOICE,
        {"opt out": "opt_out", "AI training": "ai"},
        conditions=("opt_out",),
    )
    change = Change(
        "training_choice", ChangeKind.INTRODUCED, "medium", "ai-choice", CHOICE, None, "en", now=now
    )
    stays = clause("We stream your recordings.", "Privacy")
    return event(change), comparison([stays], [stays, clause(CHOICE, "Privacy")])


def wider() -> tuple[Event, Comparison]:
    now = finding(
        "training_grant", "ai-grant", WIDER_NEW, {"third parties": "actor third_party", "train our models": "training"},
        objects=("content", "feedback"), certainty=0.5,
    )  # fmt: skip
    reasons = ("recipients+third_party", "conditions-opt_out", "objects+content")
    change = Change(
        "training_grant",
        ChangeKind.EXPANDED,
        "high",
        "ai-grant",
        WIDER_NEW,
        WIDER_OLD,
        "en",
        now=now,
        reasons=reasons,
    )
    return event(change), comparison([clause(WIDER_OLD)], [clause(WIDER_NEW)])


STORIES = {"grant": grant, "promise_gone": promise_gone, "choice": choice, "wider": wider}


@pytest.fixture(params=STORIES)
def story(request: pytest.FixtureRequest) -> tuple[Event, Comparison]:
    return STORIES[request.param]()


Post = Callable[..., Letter]


@pytest.fixture
def post() -> Post:
    """A letter about an event as its reader gets it, with the real marks of the diff room."""
    from watcher.alerts import Links, News, Words, addressed, alert
    from watcher.model.alert import filled

    def make(
        told: Event,
        language: str = "en",
        *,
        address: str = "ann@reader.example",
        comparison: Comparison | None = None,
        explain: Explain = explain,
        base_url: str = BASE,
        written_at: datetime = SEEN,
        more: tuple[News, ...] = (),
        options: MailOptions = OPTIONS,
        effect: str = "",
    ) -> Letter:
        links = Links(base_url, Signer("k" * 32, lambda: SEEN))
        news = (News(told, told.changes, comparison, effect), *more)
        body = alert(news, language, Words(explain, mark, links))
        letter = addressed(
            body,
            Subscriber(address, language, id="5f2c" * 8),
            about=told.id,
            kind="alert",
            options=options,
            links=links,
            written_at=written_at,
            event=told.id,
        )
        return filled(letter, body)

    return make
