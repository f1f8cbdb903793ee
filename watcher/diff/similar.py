"""How alike clauses are, without comparing each with each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from watcher.model.text import Clause

# Words that stand in more clauses than this find no candidates of their own; they still count in the score.
_TOO_COMMON = 40


class Similarity:
    """Finds among `clauses` those that share words with another one.

    The score is the Dice coefficient of the word multisets: twice the shared words over all words, 0 to 1.
    """

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._bags = [Counter(clause.folded.split()) for clause in clauses]
        self._kinds = [clause.kind == "heading" for clause in clauses]
        self._where: dict[str, list[int]] = defaultdict(list)
        for i, bag in enumerate(self._bags):
            for word in bag:
                self._where[word].append(i)

    def to(self, clause: Clause) -> Iterator[tuple[int, float]]:
        """Places in the list and their scores; headings are only ever like headings."""
        bag = Counter(clause.folded.split())
        heading = clause.kind == "heading"
        rarest = sorted((len(self._where[word]), word) for word in bag if word in self._where)
        candidates: set[int] = set()
        for count, word in rarest:
            if candidates and count > _TOO_COMMON:
                break
            candidates.update(self._where[word][:_TOO_COMMON])
        for i in sorted(candidates):
            if self._kinds[i] == heading:
                shared = sum((bag & self._bags[i]).values())
                yield i, 2 * shared / (bag.total() + self._bags[i].total())
