"""The judge: what a text says, and what a new version changes about it.

spaCy is imported once something is relevant.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from watcher.clauses.change import changes
from watcher.clauses.enumerations import pieces
from watcher.clauses.packs import Pack, Packs
from watcher.clauses.sentences import plain, sentences
from watcher.model.comparison import Comparison
from watcher.model.finding import ChangeKind, Finding, Judgement
from watcher.model.folding import fold
from watcher.model.standing import Says
from watcher.model.text import Clause, DocumentText

if TYPE_CHECKING:
    from watcher.clauses.rules import Frame, PackReader

CONTEXT = 600
"""Characters of what stands before that are looked at."""
_MARKUP = re.compile(r"[*_`\\\[]")
_INITIALS = 3
_KIND = re.compile(
    r"\s(?:ai|app|audio|co|company|corp|gmbh|group|inc|labs|llc|ltd|media|music|network|platform|press|radio|records|sa"
    r"|software|spa|srl|studios?|technologies)$",
    re.I,
)
"""Last words of names that a platform's own terms leave out."""


@dataclass(frozen=True, slots=True)
class Classified:
    """What a text says. `unjudged` says why it was not judged, such as "no pack for nl"."""

    language: str
    findings: tuple[Finding, ...] = ()
    unjudged: str | None = None


class Judge:
    """Judges with some packs. Compiles a pack's language when it is first needed, and keeps it."""

    def __init__(self, packs: Packs) -> None:
        self.packs = packs
        self._readers: dict[tuple[str, str], PackReader] = {}

    def trying(self, pack: Pack) -> "Judge":
        """A judge with another state of one pack, whose words are those already compiled here."""
        packs = tuple(pack if each.id == pack.id else each for each in self.packs.packs)
        other = Judge(replace(self.packs, packs=packs))
        other._readers = {
            key: reader.playing(pack) if key[0] == pack.id else reader
            for key, reader in self._readers.items()
        }
        return other

    def unjudged(self, language: str) -> str | None:
        """Why texts of a language cannot be judged, None when they can."""
        code = base(language)
        if code in self.packs.languages:
            return None
        return "the language is not known" if code in ("", "und") else f"no pack for {code}"

    def classify(self, text: str, *, context: str = "", language: str, service: str = "") -> Classified:
        """What a clause says, sentence by sentence; `context` is what stands just before it."""
        code = base(language)
        why = self.unjudged(code)
        if why is not None:
            return Classified(code, (), why)
        cheap = text if text.isascii() and not _MARKUP.search(text) else plain(text)
        if not any(
            self.relevant(pack, code, cheap, context, context)
            for pack in self.packs.packs
            if code in pack.languages
        ):
            return Classified(code)
        lead, before = opening(plain(context)[-CONTEXT:])
        found = self.sentences(plain(text), lead=lead, before=before, language=code, service=service)
        return Classified(code, tuple(finding for findings in found for finding in findings[1]))

    def judge(
        self, comparison: Comparison, *, service: str, known: Callable[[str], bool] = lambda sentence: False
    ) -> Judgement:
        """What a new version changes. `known` says that a folded sentence stood in an earlier version: no news.

        Sentences that stand on both sides count on neither, wherever they stand.
        """
        old, new = base(comparison.old.language), base(comparison.new.language)
        why = self.unjudged(new)
        if why is None and old not in {new, "und"}:
            why = f"the old version is in {old}, the new one in {new}"
        if why is not None:
            return Judgement(unjudged=why, rules=self.packs.version)
        before = self._side(
            comparison.old, {p.old_at for p in comparison.changed if p.old_at is not None}, new, service
        )
        after = self._side(
            comparison.new, {p.new_at for p in comparison.changed if p.new_at is not None}, new, service
        )
        words = self._abbreviations(new)
        gone = _missing(before, comparison.new, words) if before else []
        come = _missing(after, comparison.old, words) if after else []
        order = list(dict.fromkeys(finding.category for finding in (*come, *gone)))
        found = [
            change
            for category in order
            for change in changes(
                [each for each in gone if each.category == category],
                [each for each in come if each.category == category],
                self._weigh,
            )
            if change.now is None or not known(fold(change.quote))
        ]
        return Judgement(tuple(found), rules=self.packs.version)

    def says(self, text: DocumentText, *, service: str) -> Says:
        """What a whole text says, clause by clause in reading order."""
        code = base(text.language)
        if why := self.unjudged(code):
            return Says(rules=self.packs.version, unjudged=why)
        findings = self._side(text, set(range(len(text.clauses))), code, service)
        return Says(tuple(findings), self.packs.version)

    def _side(self, text: DocumentText, places: set[int], language: str, service: str) -> list[Finding]:
        """The findings of some clauses of a text, each read with what stands before it."""
        found: list[Finding] = []
        for at in sorted(places):
            clause = text.clauses[at]
            lead, before = _around(text.clauses, at)
            for _, findings in self.sentences(
                plain(clause.text),
                lead=lead,
                before=before,
                language=language,
                service=service,
                clause=clause.key,
                heading=clause.kind == "heading",
            ):
                found.extend(findings)
        return found

    def _abbreviations(self, language: str) -> list[str]:
        return self.packs.grammars[language].abbreviations.replace(",", " ").split()

    def _weigh(self, finding: Finding, kind: ChangeKind) -> Finding:
        rule = self.packs.rule(finding.rule)
        return replace(finding, severity=rule.severity.get(kind, rule.severity["default"]))

    def sentences(
        self,
        text: str,
        *,
        lead: str,
        before: str,
        language: str,
        service: str,
        clause: str = "",
        heading: bool = False,
    ) -> Iterator[tuple[str, tuple[Finding, ...]]]:
        """Every sentence of plain text with its findings."""
        names = names_of(service)
        for sentence, leading, standing in in_order(text, lead, before, self._abbreviations(language)):
            found = tuple(
                finding
                for pack in self.packs.packs
                if language in pack.languages and self.relevant(pack, language, sentence, leading, standing)
                for finding in self.reader(pack, language).findings(
                    sentence, self.frame(sentence, leading, standing, names, clause, heading=heading)
                )
            )
            yield sentence, found

    def frame(
        self,
        sentence: str,
        lead: str,
        before: str,
        names: tuple[str, ...],
        clause: str,
        *,
        heading: bool = False,
    ) -> "Frame":
        """What stands before a sentence, as a pack's reader wants it."""
        from watcher.clauses.rules import Frame

        if lead and not lead.endswith(":") and not _fragment(sentence):
            lead, before = "", before or lead
        return Frame(lead, before, names, clause, heading)

    def relevant(self, pack: Pack, language: str, sentence: str, lead: str, before: str) -> bool:
        """The cheap look: whether a pack can find anything in a sentence after what stands before it."""
        words = pack.languages[language]
        if words.gate.passes(sentence):
            return True
        return words.follow.passes(sentence) and (words.gate.passes(before) or words.gate.passes(lead))

    def reader(self, pack: Pack, language: str) -> "PackReader":
        """A pack's reader in a language, compiled once."""
        from watcher.clauses.rules import PackReader

        key = (pack.id, language)
        if key not in self._readers:
            self._readers[key] = PackReader(pack, self.packs.grammars[language])
        return self._readers[key]


def _around(clauses: tuple[Clause, ...], at: int) -> tuple[str, str]:
    """The lead-in of a clause, and what merely stands before it: its heading and the end of the clause before."""
    clause = clauses[at]
    lead = " ".join(plain(each) for each in clause.lead_in)[-CONTEXT:]
    previous = clauses[at - 1].text if at > 0 and clauses[at - 1].path == clause.path else ""
    heading = clause.path[-1] if clause.path else ""
    return lead, "\n".join(part for part in (plain(heading), plain(previous)[-CONTEXT:]) if part)


def _missing(findings: list[Finding], other: DocumentText, abbreviations: list[str]) -> list[Finding]:
    """Findings whose sentence does not stand in the other text, whatever its punctuation, blanks or place."""
    standing = {_unspaced(clause.text) for clause in other.clauses}
    standing |= {
        _unspaced(piece.text)
        for clause in other.clauses
        for piece in pieces(plain(clause.text), abbreviations)
    }
    return [finding for finding in findings if _unspaced(finding.quote) not in standing]


def _unspaced(text: str) -> str:
    """The words alone without their blanks: a page that loses some ("our newservices") says nothing new."""
    return fold(text).replace(" ", "")


def in_order(
    text: str, lead: str, before: str, abbreviations: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """Every sentence of plain text, with the lead-in that runs on into it and what merely stands before it."""
    headed = before
    for piece in pieces(text, abbreviations):
        yield piece.text, piece.lead or lead, before
        inner, before = lead_of(piece.text)
        lead = lead if piece.lead or piece.opens else inner or lead
        before = before or headed


def base(language: str) -> str:
    """The primary subtag of a BCP 47 tag: "pt-BR" is "pt"."""
    return language.split("-", maxsplit=1)[0].split("_", maxsplit=1)[0].casefold()


def names_of(service: str) -> tuple[str, ...]:
    """How a platform may be called in its own terms: its name, also without ".com", "Inc.", "Labs" or "Music"."""
    name = service.strip()
    short = name.split(".")[0]
    bare = _KIND.sub("", short)
    told = (name, short, bare if len(bare) > _INITIALS else "")
    return tuple(dict.fromkeys(each for each in told if len(each) > 1))


def lead_of(context: str) -> tuple[str, str]:
    """Which end of a context runs on into the next clause (a list's lead-in), and what merely stands before it."""
    last = context.rsplit("\n", 1)[-1].strip()
    if last.endswith(":"):
        return sentences(last)[-1] if last else "", context
    return "", context


def opening(context: str) -> tuple[str, str]:
    """As `lead_of`, for a context that a person gives: there a lead-in may end in a comma or in nothing at all."""
    lead, before = lead_of(context)
    last = context.rsplit("\n", 1)[-1].strip()
    return (last if last.endswith(",") or last[-1:].isalpha() else lead), before


def _fragment(sentence: str) -> bool:
    return sentence[:1].islower() or sentence[:1] in "(•-"
