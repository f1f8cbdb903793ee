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
    "new_document": msg("New legal document"),
    "licence_perpetual": msg("Licence without end"),
    "licence_irrevocable": msg("Licence that cannot be taken back"),
    "licence_sublicensable": msg("Licence that can be passed on"),
    "licence_royalty_free": msg("Licence without payment"),
    "licence_derivative": msg("Right to change your work"),
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
    "advertising": msg("advertising"),
    "research": msg("research"),
}

_CONDITIONS: dict[str, str] = {
    "minors": msg("the age of the person"),
    "private": msg("private messages or accounts"),
    "region": msg("the region"),
    "business": msg("business customers"),
    "separate_agreement": msg("a separate agreement"),
    "anonymised": msg("anonymised data"),
}

_RECIPIENTS: dict[str, str] = {
    "third_party": msg("third parties"),
    "affiliate": msg("affiliated companies"),
    "supplier": msg("service providers"),
    "provider": msg("the platform"),
    "user": msg("users"),
}

_REASONS: dict[str, str] = {
    "covers+list": msg("a list in the clause grew longer"),
    "covers-list": msg("a list in the clause grew shorter"),
    "covers+words": msg("it is worded more broadly"),
    "covers-words": msg("it is worded more narrowly"),
    "clauses+one": msg("one more sentence says so"),
    "clauses-one": msg("a sentence that said so is gone"),
    "conditions+opt_out": msg("you can now opt out"),
    "conditions-opt_out": msg("the opt-out is gone"),
    "conditions+choice": msg("you now have a choice"),
    "conditions-choice": msg("the choice is gone"),
    "conditions+opt_in": msg("only if you opt in is new"),
    "conditions-opt_in": msg("no opt-in is needed any more"),
    "conditions+consent": msg("only with your consent is new"),
    "conditions-consent": msg("your consent is no longer needed"),
    "conditions+exception": msg("there is a new exception"),
    "conditions-exception": msg("an exception is gone"),
    "conditions+only": msg("there is a new limit"),
    "conditions-only": msg("a limit is gone"),
    "acts+train": msg("it now speaks of training"),
    "acts-train": msg("it no longer speaks of training"),
    "polarity+permitted": msg("now allowed"),
    "polarity-permitted": msg("no longer allowed"),
    "polarity+denied": msg("now ruled out"),
    "polarity-denied": msg("no longer ruled out"),
    "polarity+required": msg("now required"),
    "polarity-required": msg("no longer required"),
}

# What a gained (+) or lost (-) word of an attribute means, around the word's own name.
_FRAMES: dict[str, tuple[dict[str, str], str, str]] = {
    "conditions": (_CONDITIONS, msg("new condition: %(word)s"), msg("condition gone: %(word)s")),
    "objects": (OBJECTS, msg("now also with %(word)s"), msg("no longer with %(word)s")),
    "purposes": (_PURPOSES, msg("now also for %(word)s"), msg("no longer for %(word)s")),
    "recipients": (_RECIPIENTS, msg("now also for %(word)s"), msg("no longer for %(word)s")),
    "actor": (_RECIPIENTS, msg("now also by %(word)s"), msg("no longer by %(word)s")),
}

# Labels of cues, their underscores read as blanks: every concept of the packs and every mark of the grammars, because
# words that stand for several go by any of these names, and what the engine made of them.
_CUES: dict[str, str] = {
    "ai": msg("names AI"),
    "model": msg("names AI"),
    "models": msg("names AI"),
    "ai buyer": msg("names those who build AI"),
    "for ai": msg("names use for AI"),
    "output": msg("names what AI makes"),
    "made": msg("says how it is made"),
    "rule on": msg("says what holds for it"),
    "disclaimer": msg("limits liability"),
    "double": msg("names a digital double"),
    "aigc": msg("names AI-generated content"),
    "train": msg("names training"),
    "training": msg("names training"),
    "train ai": msg("names training"),
    "train alone": msg("names training"),
    "train set": msg("names training"),
    "trained": msg("names training"),
    "learn": msg("names learning"),
    "self learning": msg("names learning"),
    "staff": msg("names staff"),
    "create": msg("names building"),
    "better": msg("names improving"),
    "improve": msg("names improving"),
    "improve noun": msg("names improving"),
    "feed": msg("feeds it to AI"),
    "mine": msg("names data mining"),
    "tdm": msg("names data mining"),
    "instrument": msg("names use of the service"),
    "other goal": msg("names another aim"),
    "other topic": msg("names another topic"),
    "pointer": msg("points elsewhere"),
    "pseudo": msg("only looks like a sign"),
    "data": msg("names data"),
    "share": msg("passes it on"),
    "clone": msg("names imitation"),
    "voice": msg("names a voice or likeness"),
    "pay": msg("names payment or credit"),
    "content": msg("names your content"),
    "own": msg("names whose it is"),
    "licence": msg("names a licence"),
    "perpetual": msg("says that it never ends"),
    "irrevocable": msg("says that it cannot be taken back"),
    "sublicensable": msg("says that it can be passed on"),
    "royalty free": msg("says that nothing is paid for it"),
    "derivative": msg("names changes to your work"),
    "moral rights": msg("names moral rights"),
    "waive": msg("gives up rights"),
    "provider": msg("names the platform"),
    "provider object": msg("names the platform"),
    "ours": msg("names the platform"),
    "supplier": msg("names its service providers"),
    "user": msg("names users"),
    "user object": msg("names users"),
    "yours": msg("names what is yours"),
    "third party": msg("names others"),
    "actor provider": msg("the platform acts"),
    "speaker provider": msg("the platform speaks"),
    "actor supplier": msg("its service providers act"),
    "actor user": msg("users act"),
    "speaker user": msg("users speak"),
    "actor third party": msg("others act"),
    "speaker third party": msg("others speak"),
    "speaker supplier": msg("its service providers speak"),
    "actor unknown": msg("leaves open who acts"),
    "speaker unknown": msg("leaves open who speaks"),
    "agent": msg("names who does it"),
    "permit": msg("allows it"),
    "permit back": msg("allows it"),
    "grant": msg("gives permission"),
    "exclude": msg("rules it out"),
    "deny": msg("rules it out"),
    "deny back": msg("rules it out"),
    "forbid": msg("forbids it"),
    "forbid back": msg("forbids it"),
    "disallow": msg("forbids it"),
    "require": msg("requires it"),
    "consent": msg("asks for consent"),
    "opt in": msg("asks you to opt in"),
    "opt out": msg("lets you opt out"),
    "opt out back": msg("lets you opt out"),
    "choice": msg("gives a choice"),
    "exception": msg("makes an exception"),
    "only": msg("sets a limit"),
    "condition": msg("sets a condition"),
    "minors": msg("names an age"),
    "private": msg("names private content"),
    "region": msg("names a region"),
    "business": msg("names business customers"),
    "separate agreement": msg("names a separate agreement"),
    "anonymised": msg("names anonymised data"),
    "anaphor": msg("refers to what was said before"),
    "joint": msg("connects words"),
    "preposition": msg("connects words"),
    "relative": msg("connects words"),
    "terminator": msg("begins another statement"),
    "passive": msg("says that it is done"),
    "possessive": msg("names whose it is"),
    "tool": msg("names a means"),
    "crawler": msg("names an AI crawler"),
    "crawler ai": msg("names an AI crawler"),
    "signal": msg("says it to machines"),
}


# Concepts that come in families, by the first word of their label.
_CUE_FAMILIES: dict[str, str] = {
    "purpose": msg("names the purpose"),
    "recipient": msg("names who receives it"),
    "object": msg("names what is used"),
    "owner": msg("names whose it is"),
    "condition": msg("sets a condition"),
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
    words = _words(label)
    known = _CUES.get(words) or _CUE_FAMILIES.get(words.partition(" ")[0])
    return voice.text(known) if known else words


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").replace(":", " ").strip()
