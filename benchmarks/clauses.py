"""How fast and how well clauses are judged: `python benchmarks/clauses.py [--corpus FILE]`.

Prints packs' load time, irrelevant and relevant clauses a second on one core, and, where a labelled corpus is given,
the figures of random halves of its services: rules are written by people who saw some of them, so the spread between
halves is what to expect on a service that nobody has seen.
"""

import argparse
import json
import random
import time
from pathlib import Path

from watcher.clauses import Judge, load_packs
from watcher.resources import shipped

CORE = {
    "training": {"training_grant", "third_party_training"},
    "commitment": {"training_commitment"},
    "choice": {"training_choice"},
    "restriction": {"training_restriction"},
}
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


def halves(judge: Judge, corpus: Path, rounds: int = 20) -> None:
    """Figures on random halves of the services."""
    rows = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row.get("confidence", 3) > 1]
    french = {" le ", " la ", " les ", " des ", " vos ", " nous "}
    answers = {
        row["id"]: {
            finding.category
            for finding in judge.classify(
                row["text"],
                context=row["context"],
                language="fr" if sum(word in row["text"] for word in french) > 2 else "en",
                service=row["service"],
            ).findings
        }
        for row in rows
    }
    services = sorted({row["service"] for row in rows})
    figures = []
    for number in range(rounds):
        chosen = set(random.Random(number).sample(services, len(services) // 2))
        figures.append(macro_f1([row for row in rows if row["service"] in chosen], answers))
    print(f"macro-F1 on all {len(rows)} clauses: {macro_f1(rows, answers):.3f}")
    print(
        f"macro-F1 on {rounds} random halves of {len(services)} services: "
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
        halves(judge, corpus)
    else:
        print(f"no corpus at {corpus}: accuracy not measured")


if __name__ == "__main__":
    main()
