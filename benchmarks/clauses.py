"""How fast and how well clauses are judged: `python benchmarks/clauses.py [--corpus FILE]`.

Prints packs' load time, irrelevant and relevant clauses a second on one core, and, where a labelled corpus is given,
the figure with everything known and with services left out.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

from watcher.classifying import language_of
from watcher.clauses import Judge, load_packs
from watcher.clauses.examples import cases
from watcher.resources import shipped

CORE = {
    "training": {"training_grant", "third_party_training"},
    "commitment": {"training_commitment"},
    "choice": {"training_choice"},
    "restriction": {"training_restriction"},
}
OWN = "the packs' own examples"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "clauses.jsonl"
IRRELEVANT = (
    "We may update these terms from time to time and will tell you by email before the changes take effect.",
    "You can cancel your subscription at any time; it then ends with the period you have paid for.",
    "If any provision is held invalid, the remaining provisions stay in force.",
)
RELEVANT = (
    "We may use the recordings you upload to train our AI models, unless you opt out in your settings.",
    "You may not use the service or any output to develop machine learning models that compete with us.",
    "Tonhafen will not use your private messages to train artificial intelligence without your express consent.",
    "We use artificial intelligence to recommend music and to find fraud, and review its results by hand.",
)


def rate(judge: Judge, texts: tuple[str, ...], count: int) -> float:
    """Clauses a second of processor time."""
    start = time.process_time()
    for at in range(count):
        judge.classify(texts[at % len(texts)], language="en")
    return count / (time.process_time() - start)


def macro_f1(rows: list[dict], answers: dict[str, set[str]]) -> float:
    """Mean F1 over the four core groups."""
    figures = []
    for members in CORE.values():
        pairs = [(bool(answers[row["id"]] & members), bool(set(row["labels"]) & members)) for row in rows]
        hits = sum(found and wanted for found, wanted in pairs)
        wrong = sum(found != wanted for found, wanted in pairs)
        figures.append(2 * hits / (2 * hits + wrong) if hits or wrong else 1.0)
    return sum(figures) / len(figures)


class LeftOut:
    """A judge that forgets what only some services taught it.

    Every phrase of the packs that stands in clauses counts as learnt from the services whose clauses have it, and from
    the packs' own examples. Whoever wrote the rules had read some of the corpus, so a service is judged fairly only
    without the words that nothing but its own clauses speaks for. Gates and rules stay as they are.
    """

    def __init__(self, judge: Judge, rows: list[dict]) -> None:
        self._judge = judge
        self._rows = rows
        self._taught: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            self._learn(row["service"], row["text"], row["context"], row["lang"], row["service"])
        for case in cases(judge):
            self._learn(OWN, case.example.text, case.example.context, case.language, "")

    def answers(self, services: frozenset[str], *, examples: bool = True) -> dict[str, set[str]]:
        """What is found in the clauses of some services without the words that only they taught."""
        apart = services if examples else services | {OWN}
        self._know(
            lambda label, words: bool(self._taught.get((label, words.casefold()), frozenset()) - apart)
        )
        try:
            return found_in(self._judge, [row for row in self._rows if row["service"] in services])
        finally:
            self._know(None)

    def _learn(self, source: str, text: str, context: str, language: str, service: str) -> None:
        def note(label: str, words: str) -> bool:
            self._taught.setdefault((label, words.casefold()), set()).add(source)
            return True

        self._know(note)
        self._judge.classify(text, context=context, language=language, service=service)
        self._know(None)

    def _know(self, known: Callable[[str, str], bool] | None) -> None:
        for pack in self._judge.packs.packs:
            for language in pack.languages:
                self._judge.reader(pack, language).know(known)


def found_in(judge: Judge, rows: list[dict]) -> dict[str, set[str]]:
    """The categories found in each clause, by its id."""
    return {
        row["id"]: {
            finding.category
            for finding in judge.classify(
                row["text"], context=row["context"], language=row["lang"], service=row["service"]
            ).findings
        }
        for row in rows
    }


def services_left_out(judge: Judge, corpus: Path, rounds: int = 5, folds: int = 5) -> None:
    """Figures with everything known, and with services left out: one at a time, and a fifth of them at a time."""
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row.get("confidence", 3) > 1]
    for row in rows:
        row["lang"] = language_of(row["text"], row["context"])
    services = sorted({row["service"] for row in rows})
    print(
        f"macro-F1 on {len(rows)} clauses of {len(services)} services: {macro_f1(rows, found_in(judge, rows)):.3f}"
    )
    left = LeftOut(judge, rows)
    for examples, told in ((True, "own examples still teach"), (False, "nor what own examples teach")):
        alone = {
            key: value
            for each in services
            for key, value in left.answers(frozenset([each]), examples=examples).items()
        }
        print(f"  without the words that only the judged service uses ({told}): {macro_f1(rows, alone):.3f}")
        figures = []
        for number in range(rounds):
            order = random.Random(number).sample(services, len(services))
            parts = [frozenset(order[at::folds]) for at in range(folds)]
            answers = {
                key: value for part in parts for key, value in left.answers(part, examples=examples).items()
            }
            figures.append(macro_f1(rows, answers))
        print(
            f"  the same, a fifth of the services at a time, {rounds} times: "
            f"lowest {min(figures):.3f}, mean {sum(figures) / rounds:.3f}, highest {max(figures):.3f}"
        )


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    corpus = parser.parse_args().corpus
    start = time.process_time()
    judge = Judge(load_packs([shipped("rules")]))
    print(f"packs loaded in {1000 * (time.process_time() - start):.0f} ms")
    print(f"irrelevant clauses a second: {rate(judge, IRRELEVANT, 20_000):,.0f}")
    start = time.process_time()
    judge.classify(RELEVANT[0], language="en")
    print(f"spaCy imported and English compiled in {time.process_time() - start:.2f} s")
    print(f"relevant clauses a second: {rate(judge, RELEVANT, 6_000):,.0f}")
    if corpus.exists():
        services_left_out(judge, corpus)
    else:
        print(f"no corpus at {corpus}: accuracy not measured")


if __name__ == "__main__":
    main()
