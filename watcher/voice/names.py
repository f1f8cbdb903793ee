"""Names and short words: categories, kinds of change, tones, reasons, cues."""

from typing import TYPE_CHECKING

from watcher.model.finding import ChangeKind, Severity, Tone
from watcher.voice.msg import msg

if TYPE_CHECKING:
    from watcher.voice.voice import Voice

CATEGORIES: dict[str, str] = {
    "training_grant": msg("Permission to train AI"),
    "third_party_training": msg("AI training by other companies"),
    "training_commitment": msg("Promise about AI training"),
    "training_choice": msg("Choice about AI training"),
    "training_restriction": msg("Ban on AI training by others"),
    "voice_likeness": msg("AI imitation of voice and likeness"),
    "ai_generated_content": msg("AI-generated content"),
    "ai_remuneration": msg("Payment for use with AI"),
    "licence_perpetual": msg("Licence without end"),
    "licence_irrevocable": msg("Licence that cannot be taken back"),
    "licence_sublicensable": msg("Licence that can be passed on"),
    "licence_royalty_free": msg("Licence without payment"),
    "licence_derivative": msg("Right to change your work"),
    "licence_derivative_works": msg("Right to change your work"),
    "licence_moral_rights": msg("Moral rights given up"),
}

CHANGES: dict[ChangeKind, str] = {
    ChangeKind.INTRODUCED: msg("new"),
    ChangeKind.EXPANDED: msg("wider"),
    ChangeKind.NARROWED: msg("narrower"),
    ChangeKind.MIXED: msg("wider and narrower"),
    ChangeKind.REMOVED: msg("gone"),
    ChangeKind.REWORDED: msg("reworded"),
}

TONES: dict[Tone, tuple[str, str]] = {
    Tone.HARM: ("▲", msg("worse for you")),
    Tone.PROTECTION: ("●", msg("better for you")),
    Tone.NEUTRAL: ("◆", msg("good to know")),
}

SEVERITIES: dict[Severity | str, str] = {
    "low": msg("minor"),
    "medium": msg("medium"),
    "high": msg("serious"),
    "critical": msg("very serious"),
}

OBJECTS: dict[str, str] = {
    "content": msg("what you upload"),
    "inputs": msg("your prompts and their results"),
    "personal": msg("your personal data"),
    "feedback": msg("your feedback"),
    "public": msg("publicly available information"),
    "unspecified": msg("your content or data"),
}

_PURPOSES: dict[str, str] = {
    "generative": msg("generative AI"),
    "recommendation": msg("recommendations"),
    "discovery": msg("music discovery"),
    "fraud": msg("fraud detection"),
    "identification": msg("recognising content"),
    "safety": msg("safety"),
}

_RECIPIENTS: dict[str, str] = {
    "third_party": msg("third parties"),
    "affiliate": msg("affiliated companies"),
    "affiliates": msg("affiliated companies"),
    "partner": msg("partners"),
    "partners": msg("partners"),
    "supplier": msg("service providers"),
}

_REASONS: dict[str, str] = {
    "conditions+opt_out": msg("you can now opt out"),
    "conditions-opt_out": msg("the opt-out is gone"),
    "conditions+opt_in": msg("only if you opt in is new"),
    "conditions-opt_in": msg("no opt-in is needed any more"),
    "conditions+consent": msg("only with your consent is new"),
    "conditions-consent": msg("your consent is no longer needed"),
    "conditions+minors": msg("minors are now left out"),
    "conditions-minors": msg("minors are no longer left out"),
    "conditions+separate_agreement": msg("only under a separate agreement is new"),
    "conditions-separate_agreement": msg("no separate agreement is needed any more"),
    "polarity+permitted": msg("now allowed"),
    "polarity-permitted": msg("no longer allowed"),
    "polarity+denied": msg("now ruled out"),
    "polarity-denied": msg("no longer ruled out"),
    "polarity+required": msg("now required"),
    "polarity-required": msg("no longer required"),
}

# What a gained (+) or lost (-) word of an attribute means, around the word's own name.
_FRAMES: dict[str, tuple[dict[str, str], str, str]] = {
    "objects": (OBJECTS, msg("now also with %(word)s"), msg("no longer with %(word)s")),
    "purposes": (_PURPOSES, msg("now also for %(word)s"), msg("no longer for %(word)s")),
    "recipients": (_RECIPIENTS, msg("now also for %(word)s"), msg("no longer for %(word)s")),
    "actor": (_RECIPIENTS, msg("now also by %(word)s"), msg("no longer by %(word)s")),
}

_CUES: dict[str, str] = {
    "ai": msg("names AI"),
    "training": msg("names training"),
    "train": msg("names training"),
    "content": msg("names your content"),
    "data": msg("names your data"),
    "provider": msg("the platform acts"),
    "user": msg("users act"),
    "third_party": msg("others act"),
    "permission": msg("allows it"),
    "permitted": msg("allows it"),
    "denied": msg("rules it out"),
    "negation": msg("rules it out"),
    "prohibition": msg("forbids it"),
    "required": msg("requires it"),
    "consent": msg("asks for consent"),
    "opt_in": msg("asks you to opt in"),
    "opt_out": msg("lets you opt out"),
    "choice": msg("gives a choice"),
    "exception": msg("makes an exception"),
    "recipients": msg("names who receives it"),
    "purpose": msg("names the purpose"),
}


def category(voice: "Voice", name: str) -> str:
    """The name for people; of a category unknown here its own words."""
    known = CATEGORIES.get(name)
    return voice.text(known) if known else _words(name).capitalize()


def reason(voice: "Voice", word: str) -> str:
    """The meaning of "attribute+word" or "attribute-word"; of anything unknown its own words."""
    if known := _REASONS.get(word):
        return voice.text(known)
    sign = next((s for s in word if s in "+-"), "")
    attribute, _, value = word.partition(sign) if sign else ("", "", word)
    if not sign:
        return _words(value)
    if framed := _FRAMES.get(attribute):
        names, gained, lost = framed
        plain = voice.text(names[value]) if value in names else _words(value)
    else:
        gained, lost, plain = msg("new: %(word)s"), msg("gone: %(word)s"), _words(value)
    sentence = gained if sign == "+" else lost
    return voice.text(sentence, word=plain)


def certainty(voice: "Voice", value: float) -> str:
    """Three steps, because a rule's figure is no measurement."""
    if value >= 0.85:
        return voice.text("The rule is sure.")
    if value >= 0.6:
        return voice.text("The rule is fairly sure.")
    return voice.text("The rule is not sure: please read the clause yourself.")


def cue(voice: "Voice", label: str) -> str:
    """What the words were taken for; of a label unknown here its own words."""
    known = _CUES.get(label)
    return voice.text(known) if known else _words(label)


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").replace(":", " ").strip()
