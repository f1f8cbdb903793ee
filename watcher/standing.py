"""What kept texts say, read where nobody read it yet: in stores older than that, and after rules changed."""

from collections.abc import Callable

from watcher.pipeline import Reader
from watcher.store import Store


def read_unread(
    store: Store,
    says: Reader,
    *,
    rules: str | None = None,
    told: Callable[[], None] = lambda: None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Read every text that was not read yet, or not by `rules`, each once and the latest first; how many were.

    A store in which nothing is missing costs one query and loads no rules. `told` hears of each; `stop` is asked
    before each.
    """
    unread = store.findings.unread(rules)
    for done, one in enumerate(unread):
        if stop():
            return done
        store.findings.keep(one.text, says(store.archive.text(one.text), service=one.service))
        told()
    return len(unread)
