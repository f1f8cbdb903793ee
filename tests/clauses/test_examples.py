from watcher.clauses import Judge
from watcher.clauses.examples import run


def test_every_example_beside_the_rules_is_judged_as_it_says(judge: Judge):
    result = run(judge)
    assert not result.failures, "\n".join(map(str, result.failures))
    assert {"en", "it"} <= set(result.counts)
