"""Usage preferences: Content-Usage of the IETF (draft-ietf-aipref-vocab, -attach), Content-Signal of Cloudflare."""

from collections.abc import Callable, Iterator, Mapping

import http_sf

from watcher.model.signal import Signal
from watcher.model.text import Clause
from watcher.signals.clause import clause, unclear
from watcher.signals.groups import SIGNAL, USAGE, Groups

FORBIDS, ALLOWS = "signal-usage-forbids", "signal-usage-allows"
_FILE = "robots.txt"
_TRAINING = "train-ai"
_LABELS = (_TRAINING, "ai-use", "search")
"""draft-ietf-aipref-vocab, "Usage Category Labels"; unknown labels must be ignored."""
_SIGNALS = ("ai-train", "ai-input", "search")
"""contentsignals.org: `ai-train` is training, `ai-input` grounding answers, `search` an index of links."""


class NotUnderstood(ValueError):
    """A preference that cannot be parsed: everything it says is unknown."""


def preferences(value: str) -> dict[str, str]:
    """The stated preferences, label to "y" or "n"; everything else is unknown (draft-ietf-aipref-vocab, "Processing").

    Raises NotUnderstood when it is no dictionary of structured fields (RFC 9651, section 3.2).
    """
    try:
        found = http_sf.parse(value.encode("utf-8", "surrogatepass"), tltype="dictionary")
    except ValueError as error:
        raise NotUnderstood(str(error)) from None
    assert isinstance(found, dict)
    stated = {}
    for label in _LABELS:
        item = found.get(label)
        word = item[0] if isinstance(item, tuple) else None
        if isinstance(word, http_sf.Token) and str(word) in ("y", "n"):
            stated[label] = str(word)
    return stated


def strictest(every: list[dict[str, str]]) -> dict[str, str]:
    """Several statements of one asset: what any of them disallows is disallowed ("Combining Preferences")."""
    labels = [label for label in _LABELS if any(label in one for one in every)]
    return {label: "n" if any(one.get(label) == "n" for one in every) else "y" for label in labels}


def said(label: str, value: str, *parts: str, under: str, agent: str = "*", where: tuple[str, ...]) -> Clause:
    """The clause for one preference; only training is judged."""
    rule = "" if label != _TRAINING else FORBIDS if value == "n" else ALLOWS
    return clause(Signal(label, rule, agent=agent, where=where), *parts, f"{label}={value}", under=under)


def content_usage(groups: Groups, agent: str, permits: Callable[[str, str], bool]) -> Iterator[Clause]:
    """The rules of one group of a robots.txt; paths that may not be fetched have no preference (-attach, section 3)."""
    by_path: dict[str, list[dict[str, str]]] = {}
    for value in groups.values(agent, USAGE):
        path, _, expression = value.partition(" ")
        line = f"Content-Usage: {value}"
        try:
            if not path.startswith("/"):
                raise NotUnderstood("the rule does not begin with a path")
            stated = preferences(expression.strip())
        except NotUnderstood as error:
            yield unclear("content-usage", str(error), f"User-agent: {agent}", line, under=_FILE, agent=agent)
            continue
        if not stated:
            why = "no known preference of y or n"
            yield unclear("content-usage", why, f"User-agent: {agent}", line, under=_FILE, agent=agent)
        elif permits(agent, path):
            by_path.setdefault(path, []).append(stated)
    for path, every in sorted(by_path.items()):
        for label, value in strictest(every).items():
            head = f"User-agent: {agent}", f"Content-Usage: {path}"
            yield said(label, value, *head, under=_FILE, agent=agent, where=(path,))


def content_signals(groups: Groups, agent: str) -> Iterator[Clause]:
    """The signals of one group; where one is said twice, no wins over yes."""
    stated: dict[str, str] = {}
    for value in groups.values(agent, SIGNAL):
        for part in value.split(","):
            name, _, word = (piece.strip().lower() for piece in part.partition("="))
            if name in _SIGNALS and word in ("yes", "no"):
                stated[name] = "no" if "no" in (word, stated.get(name)) else "yes"
            elif part.strip():
                head = f"User-agent: {agent}", f"Content-Signal: {part.strip()}"
                yield unclear(
                    "content-signal", "not a known signal of yes or no", *head, under=_FILE, agent=agent
                )
    yield from _signals(stated, agent)


def _signals(stated: Mapping[str, str], agent: str) -> Iterator[Clause]:
    for name in _SIGNALS:
        if name in stated:
            rule = "" if name != "ai-train" else FORBIDS if stated[name] == "no" else ALLOWS
            signal = Signal(name, rule, agent=agent)
            line = f"Content-Signal: {name}={stated[name]}"
            yield clause(signal, f"User-agent: {agent}", line, under=_FILE)
