"""What a platform's position is, in a word or two: what a cell of the matrix shows."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from watcher.model.finding import Category, Tone
from watcher.voice.msg import msg
from watcher.voice.names import TONES

if TYPE_CHECKING:
    from watcher.voice.voice import Voice

_PERMITS = (Tone.HARM, msg("permits"))
_FORBIDS = (Tone.PROTECTION, msg("forbids"))
_RULES = (Tone.NEUTRAL, msg("sets rules"))

# By category and polarity; a polarity that is not named has the first one's word.
_WORDS: dict[str, dict[str, tuple[Tone, str]]] = {
    Category.TRAINING_GRANT: {"permitted": _PERMITS},
    Category.THIRD_PARTY_TRAINING: {"permitted": _PERMITS},
    Category.TRAINING_COMMITMENT: {"denied": (Tone.PROTECTION, msg("promises not to"))},
    Category.TRAINING_CHOICE: {"permitted": (Tone.PROTECTION, msg("offers a choice"))},
    Category.TRAINING_RESTRICTION: {"denied": (Tone.PROTECTION, msg("forbids others"))},
    Category.VOICE_LIKENESS: {"required": _RULES, "permitted": _PERMITS, "denied": _FORBIDS},
    Category.AI_GENERATED_CONTENT: {"required": _RULES},
    Category.AI_REMUNERATION: {
        "permitted": (Tone.NEUTRAL, msg("speaks of payment")),
        "denied": (Tone.HARM, msg("rules payment out")),
    },
}
_LICENCE = {"permitted": (Tone.HARM, msg("takes it"))}
_OTHER = {"permitted": (Tone.NEUTRAL, msg("speaks of it"))}

_TONES = (Tone.HARM, Tone.NEUTRAL, Tone.PROTECTION)


@dataclass(frozen=True, slots=True)
class Stance:
    """A position: its tone, the tone's sign, and the word; colour never speaks alone."""

    tone: Tone
    sign: str
    word: str

    @property
    def rank(self) -> int:
        """Which of several positions is shown first: what harms."""
        return _TONES.index(self.tone)


@lru_cache(maxsize=1_024)
def stance(voice: "Voice", category: str, polarity: str) -> Stance:
    """The position that a finding of a category and polarity takes."""
    words = _WORDS.get(category) or (_LICENCE if category.startswith("licence_") else _OTHER)
    tone, word = words.get(polarity) or next(iter(words.values()))
    return Stance(tone, TONES[tone][0], voice.text(word))
