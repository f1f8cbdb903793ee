"""What a clause says about AI and people's work, and what a new version does to it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from watcher.model.folding import digest, fold

Severity = Literal["low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("low", "medium", "high", "critical")


class Category(StrEnum):
    """The categories of the shipped AI pack; packs may add their own, so everywhere else a category is a string."""

    TRAINING_GRANT = "training_grant"
    THIRD_PARTY_TRAINING = "third_party_training"
    TRAINING_COMMITMENT = "training_commitment"
    TRAINING_CHOICE = "training_choice"
    TRAINING_RESTRICTION = "training_restriction"
    VOICE_LIKENESS = "voice_likeness"
    AI_GENERATED_CONTENT = "ai_generated_content"
    AI_REMUNERATION = "ai_remuneration"


NEW_DOCUMENT = "new_document"
"""The category of documents about AI or licences that appear on a service's legal hub, move there or are gone."""

ABOUT_AI: tuple[str, ...] = (*map(str, Category), NEW_DOCUMENT)
"""What a subscriber hears of who names no category; others, such as licences, are told to those who ask for them."""


class ChangeKind(StrEnum):
    """What a new version does to a category; all but `reworded` matter and are alerted."""

    INTRODUCED = "introduced"
    EXPANDED = "expanded"
    NARROWED = "narrowed"
    MIXED = "mixed"
    REMOVED = "removed"
    REWORDED = "reworded"

    @property
    def matters(self) -> bool:
        """Whether it changes anything for a person."""
        return self is not ChangeKind.REWORDED


class Tone(StrEnum):
    """How a change touches the person whose work it is; decides colour, sign and word everywhere."""

    HARM = "harm"
    PROTECTION = "protection"
    NEUTRAL = "neutral"


_PERMISSIONS = frozenset({Category.TRAINING_GRANT, Category.THIRD_PARTY_TRAINING})
_PROTECTIONS = frozenset(
    {Category.TRAINING_COMMITMENT, Category.TRAINING_CHOICE, Category.TRAINING_RESTRICTION}
)


def tone(category: str, change: ChangeKind) -> Tone:
    """A permission gained or a protection lost harms; the reverse protects; anything else is neutral."""
    gained = change in (ChangeKind.INTRODUCED, ChangeKind.EXPANDED)
    lost = change in (ChangeKind.REMOVED, ChangeKind.NARROWED)
    if category in _PERMISSIONS or category.startswith("licence_"):
        return Tone.HARM if gained else Tone.PROTECTION if lost else Tone.NEUTRAL
    if category in _PROTECTIONS:
        return Tone.PROTECTION if gained else Tone.HARM if lost else Tone.NEUTRAL
    return Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that led to a finding: characters `start` to `end` of its `quote`, and what they were taken for."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a clause says. `quote` is the sentence as it stands; `context` what stood before it.

    `rule` and `pack` (with its version, "ai-en 3") say who judged. `actor` is who acts: provider, user,
    third_party, supplier, unknown. `polarity` is permitted, denied or required. `conditions` are such as consent,
    opt_out, opt_in, minors, separate_agreement; `objects` what is trained on: content, inputs, personal, feedback,
    public, unspecified; `purposes` such as generative, recommendation, discovery, fraud; `recipients` who gets it.
    `clause` is the key of the clause it stands in. `certainty` runs from 0 to 1.
    """

    category: str
    rule: str
    pack: str
    severity: Severity
    quote: str
    language: str
    cues: tuple[Cue, ...] = ()
    context: str = ""
    clause: str = ""
    actor: str = "unknown"
    polarity: str = "permitted"
    conditions: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """What a new version does to one category, with the finding as it now stands and as it stood.

    `quote` is the clause as it now stands (as it stood, when removed), `previous` its earlier wording or None.
    `reasons` are stable words for what was gained or lost: "recipients+third_party", "conditions-opt_out".
    """

    category: str
    change: ChangeKind
    severity: Severity
    rule: str
    quote: str
    previous: str | None
    language: str
    now: Finding | None = None
    before: Finding | None = None
    reasons: tuple[str, ...] = ()

    @property
    def tone(self) -> Tone:
        """How it touches the person whose work it is."""
        return tone(self.category, self.change)

    @property
    def key(self) -> str:
        """16 hexadecimal digits that name it among the changes of one event, whatever their order."""
        return digest(f"{self.category}\n{self.change.value}\n{fold(self.quote)}")[:16]


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule says to people, in one language.

    `title` names it, `meaning` is what it means for the reader, `advice` what she can do.
    """

    rule: str
    title: str
    meaning: str
    advice: str
    language: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The rule packs' answer on one new version. `unjudged` says why nothing was judged ("no pack for nl")."""

    changes: tuple[Change, ...] = ()
    unjudged: str | None = None
    rules: str = ""
