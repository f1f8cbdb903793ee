"""Concepts in a sentence, found by spaCy: a blank pipeline's tokenizer, PhraseMatcher, and Matcher for gaps.

Importing this module imports spaCy, so it is imported only once a clause has passed the gate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import spacy
from spacy.attrs import NORM  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from watcher.clauses.phrases import Word, expand, phrases, words
from watcher.clauses.schema import Grammar
from watcher.clauses.sentences import signs

GAP = 4
"""Words that `~` may stand for."""

_WHOLE = frozenset({"opt_out"})
"""Cues whose words after a gap belong to them, so that no other cue is seen in them ("instruct us not to")."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of tokens, `start` to `end`, and the names of all concepts that it stands for."""

    start: int
    end: int
    labels: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """A sentence with its concepts. `begin` is the first token of the sentence itself, after any lead-in."""

    doc: Doc
    marks: tuple[Mark, ...]
    begin: int
    offset: int
    capital_nouns: bool = False

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
    """The concepts of one language and pack, compiled once."""

    def __init__(self, grammar: Grammar, concepts: Mapping[str, Iterable[str]]) -> None:
        self._nlp: Language = spacy.blank(grammar.language)
        self._tails = frozenset(word.strip() for word in grammar.name_tail.split(",") if word.strip())
        self._capital_nouns = grammar.capital_nouns
        self._split_cache: dict[str, list[str]] = {}
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
        self._gaps = Matcher(self._nlp.vocab)
        self._gap_heads: dict[str, tuple[str, int]] = {}
        self._gap_tails: dict[str, int] = {}
        for label, found in tokenized.items():
            self._add(label, found)

    def read(
        self, sentence: str, lead: str = "", extra: Mapping[str, Iterable[str]] | None = None
    ) -> Reading:
        """A sentence after its lead-in. `extra` are further words by concept, such as the platform's names."""
        text = signs(f"{lead} {sentence}" if lead else sentence)
        offset = len(lead) + 1 if lead else 0
        doc = self._nlp.make_doc(text)
        found = [(end - start, -start, label) for label, start, end in self._matches(doc)]
        found += [
            (end - start, -start, label)
            for label, names in (extra or {}).items()
            for start, end in _named(doc, names)
        ]
        if self._tails:
            found = _with_names(doc, found, self._tails)
        begin = next((token.i for token in doc if token.idx >= offset), 0) if offset else 0
        return Reading(doc, _longest(found), begin, offset, self._capital_nouns)

    def _matches(self, doc: Doc) -> list[tuple[str, int, int]]:
        strings = self._nlp.vocab.strings
        matches = [(strings[label], start, end) for label, start, end in self._phrases(doc)]
        for key, start, end in self._gaps(doc) if self._gap_heads else ():
            label, size = self._gap_heads[strings[key]]
            matches.append((label, start, start + size))
            if label in _WHOLE:
                matches.append((label, end - self._gap_tails[strings[key]], end))
        return matches

    def _tokens(self, phrase: tuple[Word, ...]) -> tuple[Word, ...]:
        """A phrase as this language's tokenizer cuts it; a * stays with the outer pieces."""
        found: list[Word] = []
        for word in phrase:
            if word.kind == "gap":
                found.append(word)
                continue
            pieces = self._split(word.text, cased=word.kind == "cased")
            for at, piece in enumerate(pieces):
                found.append(Word(piece, _piece_kind(word.kind, at, len(pieces))))
        return tuple(found)

    def _split(self, text: str, *, cased: bool) -> list[str]:
        """Tokens as this tokenizer's own exceptions write them ("won't" is "will not"); runs before norms are ours."""
        key = f"={text}" if cased else text
        if key not in self._split_cache:
            # An elided article is a token of its own only before its word.
            elided = text.endswith("'") and len(text) > 1
            tokens = list(self._nlp.tokenizer(signs(f"{text}arte" if elided else text)))
            tokens = tokens[:-1] if elided and len(tokens) > 1 else tokens
            self._split_cache[key] = [token.text if cased else token.norm_.casefold() for token in tokens]
        return self._split_cache[key]

    def _add(self, label: str, found: list[tuple[Word, ...]]) -> None:
        seen: set[tuple[str, ...]] = set()
        docs: list[Doc] = []
        for phrase in found:
            if any(word.kind == "gap" for word in phrase):
                self._add_gap(label, phrase)
                continue
            for keys in self._vocabulary.spellings(phrase):
                if keys not in seen:
                    seen.add(keys)
                    docs.append(self._doc(keys))
        if docs:
            self._phrases.add(label, docs)

    def _add_gap(self, label: str, phrase: tuple[Word, ...]) -> None:
        """A phrase with gaps marks the words before its first gap; the others only have to follow."""
        size = next(at for at, word in enumerate(phrase) if word.kind == "gap")
        tail = next(at for at, word in enumerate(reversed(phrase)) if word.kind == "gap")
        key = f"{label}:{size}:{tail}"
        self._gap_tails[key] = max(1, tail)
        self._gap_heads[key] = (label, size)
        self._gaps.add(key, [self._gap_pattern(phrase)])

    def _doc(self, keys: tuple[str, ...]) -> Doc:
        doc = Doc(self._nlp.vocab, words=list(keys))
        for token, key in zip(doc, keys, strict=True):
            token.norm_ = key
        return doc

    def _gap_pattern(self, phrase: tuple[Word, ...]) -> list[dict[str, object]]:
        pattern: list[dict[str, object]] = []
        for word in phrase:
            if word.kind == "gap":
                pattern += [{"OP": "?", "IS_PUNCT": False}] * GAP
            else:
                pattern.append({"NORM": {"IN": self._vocabulary.keys_for(word)}})
        return pattern


class _Vocabulary:
    """Which pattern word a token counts as: itself when listed, else the longest fitting stem."""

    def __init__(self, listed: Iterable[Word]) -> None:
        every = set(listed)
        self._exact = {word.text for word in every if word.kind == "exact"}
        self._cased = {word.text for word in every if word.kind == "cased"}
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
        self._keys: dict[Word, list[str]] = {}

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

    def keys_for(self, word: Word) -> list[str]:
        """All keys whose tokens a pattern word accepts."""
        if word.kind in ("exact", "cased"):
            return (
                [word.key, f"={word.text.upper()}"]
                if word.kind == "exact" and word.text.upper() in self._cased
                else [word.key]
            )
        if word not in self._keys:
            self._keys[word] = [
                word.key,
                *(other.key for other in self._all if other != word and _covers(word, other)),
            ]
        return self._keys[word]

    def spellings(self, phrase: tuple[Word, ...]) -> list[tuple[str, ...]]:
        """A phrase with every key that each of its words accepts."""
        found: list[tuple[str, ...]] = [()]
        for word in phrase:
            keys = self.keys_for(word)
            found = [(*before, key) for before in found for key in keys]
        return found


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
    """Where names stand, without regard to case."""
    low = [token.lower_ for token in doc]
    for name in names:
        wanted = name.casefold().split()
        size = len(wanted)
        for at in range(len(low) - size + 1):
            if low[at : at + size] == wanted:
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
    ]
    if not names:
        return found
    kept = [each for each in found if not any(-each[1] <= at < -each[1] + each[0] for at in names)]
    return kept + [(2, -(at - 1), "provider") for at in names]


def _rank(found: tuple[int, int, str]) -> tuple[int, bool, int]:
    size, minus, label = found
    return -size, label != "pseudo", -minus


def _longest(found: list[tuple[int, int, str]]) -> tuple[Mark, ...]:
    """Longest wins, then pseudo cues, then the earlier one; concepts of the very same words stay together."""
    taken: dict[int, tuple[int, int]] = {}
    kept: dict[tuple[int, int], set[str]] = {}
    for size, minus, label in sorted(found, key=_rank):
        start, end = -minus, -minus + size
        if (start, end) in kept:
            kept[start, end].add(label)
        elif not any(place in taken for place in range(start, end)):
            kept[start, end] = {label}
            taken.update(dict.fromkeys(range(start, end), (start, end)))
    return tuple(Mark(start, end, frozenset(labels)) for (start, end), labels in sorted(kept.items()))
