"""What the files of `rules/` may say, as pydantic models. Unknown keys are refused.

`languages/<code>.yaml` is a `Grammar`: how a language says who, may, must not, unless. `<pack>/pack.yaml` is a
`PackFile`: acts and rules. `<pack>/<code>.yaml` is a `Lexicon`: the pack's own words and examples in one language.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from watcher.model.finding import ChangeKind, Severity

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Polarity = Literal["permitted", "denied", "required", "choice"]
Actor = Literal["provider", "user", "third_party", "supplier", "unknown"]
Owner = Literal["user", "provider", "unknown"]

ACTORS: dict[str, str] = {
    "provider": "the platform as the one who acts: we, the company",
    "user": "the reader or another user as the one who acts: you, the customer",
    "third_party": "anyone else: third parties, others, partners",
    "supplier": "who works for the platform: service providers, processors",
}
CUES: dict[str, str] = {
    "deny": "negation of what follows: not, never",
    "forbid": "prohibition of what follows: may not, must not",
    "exclude": "negation of the next few words only: excluding",
    "disallow": "a refusal to let somebody do what follows: do not allow, prohibit",
    "permit": "permission of what follows: may, can, will",
    "grant": "somebody lets another do what follows: grant, allow, authorise",
    "require": "duty to do what follows: must, are required to",
    "deny_back": "negation of what stands before: is not done",
    "forbid_back": "prohibition of what stands before: is prohibited",
    "opt_out": "a way to refuse: opt out, object, switch off",
    "opt_out_back": "a way to refuse what stands before: can be withdrawn",
    "choice": "a way to choose either way: control whether, in your settings",
}
OPTIONAL = frozenset({"possessive", "provider_object", "user_object"})
"""Marks that a language without such words leaves out."""
GRAMMAR: dict[str, str] = {
    **ACTORS,
    **CUES,
    "provider_object": "the platform as the one acted upon: us",
    "user_object": "the reader as the one acted upon, where the language has a form for it: dir, ti",
    "ours": "of the platform: our",
    "yours": "of the reader or user: your, users'",
    "pseudo": "words that look like a cue and are none: not only, may 2024",
    "terminator": "where the scope of a cue ends: but, however",
    "condition": "opens a condition; a negation in it denies the condition, not the act: if, when",
    "exception": "what turns the meaning round: except, unless",
    "tool": "what follows is a means, not an aim: using, through",
    "preposition": "an actor right after it does not act: of, to, with",
    "agent": "an actor right after it acts in the passive: by",
    "passive": "the verb is passive: be, been",
    "relative": "takes up the one just named as the one who acts: who, which",
    "joint": "joins two actors or clauses: and, or",
    "only": "nothing else than: only, solely",
    "anaphor": "what was spoken of before: this, these, it",
    "consent": "agreement of the person: consent, permission",
    "opt_in": "an active yes: opt in, switch on",
    "possessive": "the owner ends here: 's",
}


class Strict(BaseModel):
    """Nothing unknown, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Grammar(Strict):
    """How one language says who acts, what is allowed and what is not. `marks` are phrases by name.

    `name_tail` are words that end a name after an unknown capitalised word ("Mira AI" is a firm, no technology).
    `capital_nouns` says that capitals do not mark names, `verb_last` that verbs may stand behind what they act on.
    """

    language: LanguageCode
    name: Text
    abbreviations: Text
    name_tail: str = ""
    capital_nouns: bool = False
    verb_last: bool = False
    marks: dict[Name, Text]


class Link(Strict):
    """A `first` word joined to a `second` makes an act; without `second` the first alone does.

    `order` says where the second stands, `gap` how many words may stand between, `barrier` what must not. `needs`
    are concepts of which one must stand in the sentence, `context` also before it; `unless` must not stand in it.
    """

    first: list[Name] = Field(min_length=1)
    second: list[Name] = []
    order: Literal["after", "before", "any"] = "any"
    gap: Annotated[int, Field(ge=0, le=60)] = 6
    barrier: list[Name] = []
    needs: list[Name] = []
    context: bool = False
    unless: list[Name] = []
    certainty: Annotated[float, Field(gt=0, le=1)] = 1.0


class When(Strict):
    """What must hold of an act, each key any of its values.

    `strict` tells "must not" from "do not"; `direct` acts are what a subject simply does, without a cue ("we build").
    `announced` ones are more than the topic of a title ("AI features, training").
    `after` are acts that stand before this one in the sentence. `has` and `lacks` are concepts of the sentence.
    """

    polarity: list[Polarity] = []
    actor: list[Actor] = []
    owner: list[Owner] = []
    conditions: list[Name] = []
    without: list[Name] = []
    strict: bool | None = None
    direct: bool | None = None
    announced: bool | None = None
    after: list[Name] = []
    has: list[Name] = []
    lacks: list[Name] = []


class RuleWords(Strict):
    """What a rule says to people in one language; `{service}` is filled in."""

    title: Text
    meaning: Text
    advice: Text


class RuleFile(Strict):
    """One rule: which acts give which category, and what to tell about it."""

    id: RuleId
    category: Name
    status: Literal["experimental", "stable", "deprecated"]
    act: list[Name] = Field(min_length=1)
    when: list[When] = Field(min_length=1)
    severity: dict[ChangeKind | Literal["default"], Severity]
    text: dict[LanguageCode, RuleWords]
    references: list[Text] = []


class PackFile(Strict):
    """A rule pack. `acts` are what can be said; `rules` turn them into categories."""

    id: Name
    version: Annotated[int, Field(ge=1)]
    title: Text
    acts: dict[Name, list[Link]] = Field(min_length=1)
    rules: list[RuleFile] = Field(min_length=1)


class Says(Strict):
    """What a finding of an example must say besides its category; each listed value must be among those found."""

    actor: Actor | None = None
    polarity: Polarity | None = None
    conditions: list[Name] = []
    objects: list[Name] = []
    purposes: list[Name] = []
    recipients: list[Name] = []


class ExampleFile(Strict):
    """An example with what stands before it, the platform's name, and what else the finding must say."""

    text: Text
    says: Says | None = None
    context: str = ""
    service: str = ""
    reason: str = ""


class Examples(Strict):
    """Sentences that a rule must find, must leave alone, and is known to get wrong."""

    yes: list[Text | ExampleFile] = []
    no: list[Text | ExampleFile] = []
    misses: list[Text | ExampleFile] = []


class Lexicon(Strict):
    """A pack's words and examples in one language. `gate` are words one of which every relevant clause holds."""

    language: LanguageCode
    gate: Text
    follow: str = ""
    concepts: dict[Name, Text] = Field(min_length=1)
    examples: dict[RuleId, Examples]
