"""Whether the demo did what it promises."""

from collections import Counter
from collections.abc import Iterable, Iterator

from demo.platforms import DAYS, Told
from demo.play import SUBSCRIBERS, Played, Seen


def mistakes(played: Played) -> tuple[str, ...]:
    """What went otherwise than expected, a sentence each; none when all is well."""
    found = [problem for seen in played.seen for problem in _of(seen)]
    due = Counter(
        (subscriber.address, subscriber.language)
        for seen in played.seen
        if seen.platform.told
        for subscriber in SUBSCRIBERS
    )
    came = Counter((letter["To"], letter["Content-Language"]) for letter in played.letters)
    found += [
        f"{who[0]} was to get {due[who]} letters in {who[1]} and got {came[who]}"
        for who in sorted(due | came)
        if due[who] != came[who]
    ]
    ids = Counter(letter["Message-ID"] for letter in played.letters)
    found += [f"the letter {one} came {times} times" for one, times in ids.items() if times > 1]
    if not played.report.is_file():
        found.append(f"there is no report at {played.report}")
    return tuple(found)


def _of(seen: Seen) -> Iterator[str]:
    platform = seen.platform
    outcomes = tuple(check.outcome for check in seen.checks)
    for day, expected, outcome, check in zip(DAYS, platform.expected, outcomes, seen.checks, strict=True):
        if outcome is not expected:
            why = f" ({check.detail})" if check.detail else ""
            yield f"{platform.service} on {day:%d %B} was to be {expected.value} and was {outcome.value}{why}"
    events = [check.event for check in seen.checks if check.event]
    told = Counter((c.category, c.change.value) for e in events for c in e.changes if c.change.matters)
    if told != Counter(platform.told):
        yield f"{platform.service} was to tell {_list(platform.told)} and told {_list(told.elements())}"


def _list(told: Iterable[Told]) -> str:
    return ", ".join(sorted(" ".join(one) for one in told)) or "nothing"
