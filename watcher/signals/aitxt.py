"""ai.txt of Spawning (site.spawning.ai/spawning-ai-txt): which kinds of file may go into training data."""

from collections.abc import Iterator, Mapping
from typing import Final

from watcher.model.signal import Crawler, Signal
from watcher.model.text import Clause
from watcher.signals.clause import clause
from watcher.signals.groups import ALLOW, DISALLOW, Groups, scan
from watcher.signals.robots import Matcher

FILE = "ai.txt"
_FORBIDS, _ALLOWS = "signal-aitxt-forbids", "signal-aitxt-allows"

KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("txt", "pdf", "doc", "docx", "odt", "rtf", "tex", "html"),
    "images": ("bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"),
    "audio": ("aac", "aiff", "amr", "flac", "m4a", "mp3", "oga", "opus", "wav", "wma"),
    "video": ("mp4", "webm", "ogg", "avi", "mov", "wmv", "flv", "mkv"),
    "code": ("py", "js", "java", "c", "cpp", "cs", "h", "css", "php", "swift", "go", "rb", "pl", "sh", "sql"),
}
"""The media types of Spawning's generator and the endings that it writes for each."""


def read(text: str, crawlers: Mapping[str, Crawler]) -> Iterator[Clause]:
    """What everybody, and each AI crawler that is named, is told about each kind of file. Raises ReadError."""
    groups = scan(text, FILE)
    matcher = Matcher(text, groups)
    for key, agent in sorted(groups.agents.items()):
        if key == "*" or key in crawlers:
            yield from _agent(groups, matcher, agent)


def _agent(groups: Groups, matcher: Matcher, agent: str) -> Iterator[Clause]:
    lines = groups.of(agent)
    if not any(name in (ALLOW, DISALLOW) for name, _ in lines):
        return
    forbidden = {kind: _all(matcher, agent, kind, allowed=False) for kind in KINDS}
    rest = not matcher.permits(agent, "/page")
    if rest and all(forbidden.values()):
        yield _said(agent, "*", _FORBIDS, "Disallow: /")
        return
    expressly = {kind: _expressly(lines, kind) and _all(matcher, agent, kind, allowed=True) for kind in KINDS}
    if not rest and all(expressly.values()):
        yield _said(agent, "*", _ALLOWS, "Allow: /")
        return
    for kind in KINDS:
        if forbidden[kind]:
            yield _said(agent, kind, _FORBIDS, f"Disallow: {kind}")
        elif expressly[kind]:
            yield _said(agent, kind, _ALLOWS, f"Allow: {kind}")


def _said(agent: str, about: str, rule: str, line: str) -> Clause:
    return clause(Signal(about, rule, agent=agent), f"User-agent: {agent}", line, under=FILE)


def _all(matcher: Matcher, agent: str, kind: str, *, allowed: bool) -> bool:
    return all(matcher.permits(agent, f"/file.{ending}") is allowed for ending in KINDS[kind])


def _expressly(lines: list[tuple[str, str]], kind: str) -> bool:
    """Whether an Allow names the kind, or everything: what is merely not forbidden is no offer."""
    wanted = {
        "/",
        "*",
        "/*",
        *(f"{star}*.{ending}{end}" for star in ("", "/") for ending in KINDS[kind] for end in ("", "$")),
    }
    return any(name == ALLOW and value in wanted for name, value in lines)
