"""Concepts in a sentence, found by spaCy: a blank pipeline's tokenizer and PhraseMatcher.

Importing this module imports spaCy, so it is imported only once a clause has passed the gate.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import spacy
from spacy.attrs import NORM  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from watcher.clauses.phrases import Word, expand, phrases, words
from watcher.clauses.schema import Grammar
from watcher.clauses.sentences import signs

GAP = 4
"""Words that `~` may stand for."""

_ATTRIBUTES = ("condition_", "object_", "purpose_", "recipient_")

_FEED = "feed"
"""The verb of putting something into a system; its own words are not what is put in."""

_WHOLE = frozenset({"opt_out", "forbid"})
"""Cues whose words after a gap belong to them, so that no other cue is seen in them ("instruct us not to")."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of tokens, `start` to `end`, and the names of all concepts that it stands for."""

    start: int
    end: int
    labels: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """A sentence with its concepts. `begin` is the first token of the sentence itself, after any lead-in.

    `attributes` are the concepts that describe an act (objects, purposes, ...), also where a longer phrase holds them.
    """

    doc: Doc
    marks: tuple[Mark, ...]
    begin: int
    offset: int
    attributes: tuple[Mark, ...] = ()
    capital_nouns: bool = False
    verb_last: bool = False

    @cached_property
    def labels(self) -> frozenset[str]:
        """All concepts of the sentence itself."""
        return frozenset(label for mark in self.marks if mark.end > self.begin for label in mark.labels)

    @cached_property
    def everything(self) -> frozenset[str]:
        """All concepts of the sentence and its lead-in."""
        return frozenset(label for mark in self.marks for label in mark.labels)

    @cached_property
    def at(self) -> dict[int, Mark]:
        """Marks by each of their tokens."""
        return {place: mark for mark in self.marks for place in range(mark.start, mark.end)}

    def span(self, mark: Mark) -> tuple[int, int]:
        """Characters of a mark within the sentence; negative when it stands in the lead-in."""
        first, last = self.doc[mark.start], self.doc[mark.end - 1]
        return first.idx - self.offset, last.idx + len(last.text) - self.offset


class Matching:
    """The concepts of one language and pack, compiled once.

    `knows`, for those who measure, says whether a concept's words as they stand in a text are known at all.
    """

    def __init__(self, grammar: Grammar, concepts: Mapping[str, Iterable[str]]) -> None:
        self._nlp: Language = spacy.blank(grammar.language)
        self._tails = frozenset(word.strip() for word in grammar.name_tail.split(",") if word.strip())
        self._capital_nouns = grammar.capital_nouns
        self._verb_last = grammar.verb_last
        self._split: dict[Word, tuple[Word, ...]] = {}
        self.knows: Callable[[str, str], bool] | None = None
        written = {
            label: [words(each) for text in texts for phrase in phrases(text) for each in expand(phrase)]
            for label, texts in concepts.items()
        }
        tokenized = {label: [self._tokens(phrase) for phrase in found] for label, found in written.items()}
        self._vocabulary = _Vocabulary(
            word for found in tokenized.values() for phrase in found for word in phrase
        )
        vocab: Any = self._nlp.vocab
        vocab.lex_attr_getters[NORM] = self._vocabulary.norm
        for lexeme in vocab:
            lexeme.norm_ = self._vocabulary.norm(lexeme.orth_)
        self._phrases = PhraseMatcher(self._nlp.vocab, attr="NORM")
        self._heads: dict[tuple[str, ...], dict[str, set[tuple[str, ...]]]] = {}
        self._tails_of: dict[str, dict[str, set[tuple[str, ...]]]] = {}
        for label, found in tokenized.items():
            self._add(label, found)
        self._add_heads()

    def read(
        self, sentence: str, lead: str = "", extra: Mapping[str, Iterable[str]] | None = None
    ) -> Reading:
        """A sentence after its lead-in. `extra` are further words by concept, such as the platform's names."""
        text = signs(f"{lead} {sentence}" if lead else sentence)
        offset = len(lead) + 1 if lead else 0
        doc = self._nlp.make_doc(text)
        found = [
            (end - start, -start, label)
            for label, start, end in self._matches(doc)
            if self.knows is None or self.knows(label, doc[start:end].text)
        ]
        named = [
            (end - start, -start, label)
            for label, names in (extra or {}).items()
            for start, end in _named(doc, names)
        ]
        found += named
        if self._tails:
            found = _with_names(doc, found, self._tails)
        begin = next((token.i for token in doc if token.idx >= offset), 0) if offset else 0
        marks = _longest(found)
        described = _described(found, marks, named)
        return Reading(doc, marks, begin, offset, described, self._capital_nouns, self._verb_last)

    def names(self, text: str) -> frozenset[str]:
        """All concepts whose words stand in a text, also inside longer phrases."""
        return frozenset(label for label, _, _ in self._matches(self._nlp.make_doc(signs(text))))

    def _matches(self, doc: Doc) -> list[tuple[str, int, int]]:
        strings = self._nlp.vocab.strings
        found: list[tuple[str, int, int]] = []
        norms: list[str] = []
        for key, start, end in self._phrases(doc):
            label = strings[key]
            tails = self._tails_of.get(label)
            if tails is None:
                found.append((label, start, end))
                continue
            norms = norms or [token.norm_ for token in doc]
            found.extend(_with_tail(norms, start, end, tails))
        return found

    def _tokens(self, phrase: tuple[Word, ...]) -> tuple[Word, ...]:
        """A phrase as this language's tokenizer cuts it; a * stays with the outer pieces."""
        return tuple(piece for word in phrase for piece in self._pieces(word))

    def _pieces(self, word: Word) -> tuple[Word, ...]:
        if word not in self._split:
            self._split[word] = (word,) if word.kind == "gap" else tuple(self._cut(word))
        return self._split[word]

    def _cut(self, word: Word) -> Iterator[Word]:
        """Tokens as this tokenizer's own exceptions write them ("won't" is "will not"); runs before norms are ours."""
        cased = word.kind == "cased"
        # An elided article is a token of its own only before its word.
        elided = word.text.endswith("'") and len(word.text) > 1
        tokens = list(self._nlp.tokenizer(signs(f"{word.text}arte" if elided else word.text)))
        tokens = tokens[:-1] if elided and len(tokens) > 1 else tokens
        for at, token in enumerate(tokens):
            piece = token.text if cased else token.norm_.casefold()
            kind = _piece_kind(word.kind, at, len(tokens))
            # Only what is written with capitals asks for them: "=AI-generated".
            yield Word(piece, "exact" if kind == "cased" and piece == piece.casefold() else kind)

    def _add(self, label: str, found: list[tuple[Word, ...]]) -> None:
        whole: set[tuple[str, ...]] = set()
        for phrase in found:
            if any(word.kind == "gap" for word in phrase):
                self._note_tail(label, phrase)
            else:
                whole.update(self._vocabulary.spellings(phrase))
        if whole:
            self._look_for(label, whole)

    def _note_tail(self, label: str, phrase: tuple[Word, ...]) -> None:
        """A phrase with a gap is looked for by its head; the tail is checked once the head is found.

        spaCy's Matcher could do both, at fifteen times the cost with as many patterns as a lexicon has.
        """
        at = next(place for place, word in enumerate(phrase) if word.kind == "gap")
        for head in self._vocabulary.spellings(phrase[:at]):
            tails = self._heads.setdefault(head, {}).setdefault(label, set())
            tails.update(self._vocabulary.spellings(phrase[at + 1 :]))

    def _add_heads(self) -> None:
        for number, (head, tails) in enumerate(self._heads.items()):
            name = f"~{number}"
            self._tails_of[name] = tails
            self._look_for(name, [head])

    def _look_for(self, label: str, spelt: Iterable[tuple[str, ...]]) -> None:
        """Phrases by the norms of their tokens, as spaCy adds a pickled matcher's: a Doc for each costs seconds."""
        strings: Any = self._nlp.vocab.strings
        phrases: Any = [[strings.add(key) for key in keys] for keys in spelt if keys]
        self._phrases.add(label, phrases)


def _with_tail(
    norms: list[str], start: int, end: int, tails: Mapping[str, set[tuple[str, ...]]]
) -> Iterable[tuple[str, int, int]]:
    """The concepts of a head whose tail follows within the gap. A cue in `_WHOLE` owns its tail as well."""
    for label, wanted in tails.items():
        sizes = {len(tail) for tail in wanted}
        place = next(
            (
                (at, size)
                for at in range(end, min(end + GAP, len(norms)) + 1)
                for size in sizes
                if tuple(norms[at : at + size]) in wanted
            ),
            None,
        )
        if place is not None:
            yield label, start, end
            if label in _WHOLE and place[1]:
                yield label, place[0], place[0] + place[1]


class _Vocabulary:
    """Which pattern word a token counts as: itself when listed, else the longest fitting stem."""

    def __init__(self, listed: Iterable[Word]) -> None:
        every = set(listed)
        self._exact = {word.text for word in every if word.kind == "exact"}
        self._cased = {word.text for word in every if word.kind == "cased"}
        self._capitals: dict[str, list[str]] = {}
        for text in sorted(self._cased):
            self._capitals.setdefault(text.casefold(), []).append(f"={text}")
        self._prefixes: dict[str, list[str]] = {}
        for word in every:
            if word.kind == "prefix":
                self._prefixes.setdefault(word.text[:2], []).append(word.text)
        for stems in self._prefixes.values():
            stems.sort(key=len, reverse=True)
        self._inner = sorted(
            (word for word in every if word.kind in ("suffix", "infix")),
            key=lambda word: (-len(word.text), word.key),
        )
        self._all = sorted(every - {word for word in every if word.kind == "gap"}, key=lambda word: word.key)
        self._keys: dict[Word, tuple[str, ...]] = {}

    def norm(self, text: str) -> str:
        """The key of a token's text."""
        if text in self._cased:
            return f"={text}"
        low = text.casefold()
        if low in self._exact:
            return low
        for stem in self._prefixes.get(low[:2], ()):
            if low.startswith(stem):
                return f"{stem}*"
        for word in self._inner:
            if low.endswith(word.text) if word.kind == "suffix" else word.text in low:
                return word.key
        return low

    def keys_for(self, word: Word) -> tuple[str, ...]:
        """All keys whose tokens a pattern word accepts."""
        keys = self._keys.get(word)
        if keys is None:
            keys = self._keys[word] = (word.key, *self._others(word))
        return keys

    def _others(self, word: Word) -> Iterable[str]:
        if word.kind == "cased":
            return ()
        if word.kind == "exact":
            return self._capitals.get(word.text, ())
        return (other.key for other in self._all if other != word and _covers(word, other))

    def spellings(self, phrase: tuple[Word, ...]) -> list[tuple[str, ...]]:
        """A phrase with every key that each of its words accepts."""
        return list(product(*(self.keys_for(word) for word in phrase)))


def _covers(word: Word, other: Word) -> bool:
    """Whether every token that counts as `other` also fits `word`."""
    text = other.text.casefold()
    if word.kind == "prefix":
        return other.kind in ("exact", "cased", "prefix") and text.startswith(word.text)
    if word.kind == "suffix":
        return other.kind in ("exact", "cased", "suffix") and text.endswith(word.text)
    return word.text in text


def _piece_kind(kind: str, at: int, count: int) -> str:
    if count == 1 or kind in ("exact", "cased"):
        return kind
    if at == 0 and kind in ("suffix", "infix"):
        return "suffix"
    if at == count - 1 and kind in ("prefix", "infix"):
        return "prefix"
    return "exact"


def _named(doc: Doc, names: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Where names stand, whatever their case; but a platform called Wise is not meant by "wise"."""
    low = [token.lower_ for token in doc]
    for name in names:
        wanted = name.casefold().split()
        size, capital = len(wanted), name[:1].isupper()
        for at in range(len(low) - size + 1):
            if low[at : at + size] == wanted and not (capital and doc[at].is_lower):
                yield at, at + size


def _with_names(
    doc: Doc, found: list[tuple[int, int, str]], tails: frozenset[str]
) -> list[tuple[int, int, str]]:
    """Names such as "Mira AI": an unknown capitalised word before a tail. They take the tail from other concepts."""
    marked = {place for size, minus, _ in found for place in range(-minus, -minus + size)}
    names = [
        at
        for at in range(1, len(doc))
        if doc[at].text in tails
        and at - 1 not in marked
        and doc[at - 1].text[:1].isupper()
        and doc[at - 1].is_alpha
        and not doc[at - 1].is_stop
    ]
    if not names:
        return found
    kept = [each for each in found if not any(-each[1] <= at < -each[1] + each[0] for at in names)]
    return kept + [(2, -(at - 1), "provider") for at in names]


def _described(
    found: list[tuple[int, int, str]], marks: tuple[Mark, ...], named: list[tuple[int, int, str]]
) -> tuple[Mark, ...]:
    """What describes an act. "As input to" says what songs serve as; a platform called Open Chat names no chats."""
    fed = {at for mark in marks if _FEED in mark.labels for at in range(mark.start, mark.end)}
    fed |= {at for size, minus, _ in named for at in range(-minus, -minus + size)}
    return tuple(
        Mark(-minus, -minus + size, frozenset({label}))
        for size, minus, label in sorted(found, key=lambda each: -each[1])
        if label.startswith(_ATTRIBUTES) and not fed.issuperset(range(-minus, -minus + size))
    )


def _rank(found: tuple[int, int, str]) -> tuple[int, bool, int]:
    size, minus, label = found
    return -size, label != "pseudo", -minus


def _longest(found: list[tuple[int, int, str]]) -> tuple[Mark, ...]:
    """Longest wins, then pseudo cues, then the earlier one; concepts of the very same words stay together."""
    taken: set[int] = set()
    kept: dict[tuple[int, int], set[str]] = {}
    for size, minus, label in sorted(found, key=_rank):
        start, end = -minus, -minus + size
        if (start, end) in kept:
            kept[start, end].add(label)
        elif taken.isdisjoint(range(start, end)):
            kept[start, end] = {label}
            taken.update(range(start, end))
    return tuple(Mark(start, end, frozenset(labels)) for (start, end), labels in sorted(kept.items()))
