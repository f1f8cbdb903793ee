"""In which language a text is written: small words vote, a character model decides the rest."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
"""BCP 47 for a language that is not known."""

_LANGUAGES = (
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hr", "hu", "id", "it", "ja", "ko",
    "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""Languages in which platforms publish terms; more would only add wrong guesses on short text."""

_SMALL_WORDS = {
    "en": """the and of to you your our we us that this is are be not may with for by or any will shall from on
        which must their they have has can it its if when as do does use who such at own about""",
    "fr": """le la les des du une et vous votre vos nous notre nos que qui est sont ne pas pour par avec sur dans
        ce cette ces au aux ou peut peuvent être il elle ils se si leur leurs ainsi tout toute en d
        l n qu j c afin lorsque sans de un à""",
    "it": """il lo gli della delle dei degli del dello di e che non per con una uno nel nella nelle sono essere
        può possono i tuoi tua tue nostri nostra nostro vostri suo sua si al alla alle ai dal dalla
        da questo questa sul sulla anche tuo noi utente qualsiasi è l dell nell all un la le""",
    "de": """der die das und nicht sie ihre ihr ihren ihrer wir uns unser unsere unseren mit für von zu zur zum
        den dem des ein eine einer eines einen ist sind werden wird kann können dürfen auf im bei
        oder auch als nach durch wenn dass es an aus in sich haben hat keine""",
    "es": """el los las del que y no se por con una para su sus nuestro nuestra nuestros usted ustedes puede
        pueden es son ser al o como este esta estos cualquier nosotros tu tus sobre sin también si
        cuando en lo le un de la podemos podrá""",
    "pt": """o os as do da dos das que e não se por com uma para seu sua seus nosso nossa você pode podem é são
        ser ao ou como este esta qualquer nós no na em um de pelo pela""",
    "nl": """de het een en van niet u uw wij ons onze dat die dit met voor op te zijn is kan kunnen mag mogen of
        door als bij naar aan wordt worden geen je jouw om in er""",
    "ca": """els les amb per una que i no dels del vostre vostres nostre pot poden és són aquest aquesta o més
        als al la de""",
    "pl": """i w na z do nie się że jest są oraz lub przez dla od po o jako może mogą nasze nasz twoje które
        który""",
    "sv": """och att det som en på är av för den till med inte du din vi oss vår våra om eller kan ska i ett från""",
    "da": """og at det som en på er af for den til med ikke du din vi os vores om eller kan skal i et fra""",
}
_VOTERS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000
_SURE = 0.6
_LEAST_LETTERS = 8


def detect_language(text: str) -> str:
    """The language of a text as BCP 47, "und" when the text is too short or unclear to say."""
    sample = text if len(text) <= _SAMPLE else _middle(text)
    found = _WORD.findall(sample)
    if sum(map(len, found)) < _LEAST_LETTERS:
        return UNKNOWN
    # "AI" in capitals is no Italian article; a text all in capitals is read as if it were not.
    words = [word.lower() for word in found if sample.isupper() or len(word) == 1 or not word.isupper()]
    votes = sorted(
        ((sum(word in known for word in words), language) for language, known in _VOTERS.items()),
        reverse=True,
    )
    (best, language), (second, _) = votes[0], votes[1]
    if (
        best >= 2
        and best >= 0.2 * len(words)
        and best > 1.25 * second
        and best - second >= min(2, best // 2 + 1)
    ):
        return language
    guess, certainty = _model().classify(sample)
    if best >= 2 and best > second and guess not in (name for count, name in votes if count == best):
        # The model is weak on short text: it may not overrule what the small words say against it.
        return language if len(words) < 60 else guess
    if certainty < _SURE and len(words) < 4 and best == 0:
        return UNKNOWN
    return str(guess)


def same_language(one: str, other: str) -> bool:
    """Whether two BCP 47 tags name one language, whatever the region; unknown ones might."""
    a, b = (tag.replace("_", "-").split("-")[0].lower() for tag in (one, other))
    return UNKNOWN in (a, b) or not a or not b or a == b


def _middle(text: str) -> str:
    """Three stretches of a long text: its start may be a menu in another language."""
    third = _SAMPLE // 3
    at = len(text) // 2
    return f"{text[:third]} {text[at : at + third]} {text[-third:]}"


@cache
def _model() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_LANGUAGES)
    return model
