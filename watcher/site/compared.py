"""Two texts compared, as one page that stands alone."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from watcher.model.alert import Event
from watcher.model.comparison import Comparison, Segment
from watcher.model.finding import Change, RuleText
from watcher.model.source import Document
from watcher.site.frame import web
from watcher.site.library import Tools
from watcher.site.rows import table
from watcher.site.story import noted, story
from watcher.voice import Voice, environment


def comparison_page(
    comparison: Comparison,
    changes: Sequence[Change],
    *,
    title: str,
    service: str,
    mark: Callable[[str, str], Sequence[Segment]],
    explain: Callable[[str, str], RuleText],
    language: str,
    problem: str = "",
) -> str:
    """The HTML of a comparison with what it means, its style within, for a file that is sent or kept.

    `title` names both sides; `problem` says why nothing could be judged.
    """
    voice = Voice.of(language)
    templates = environment(voice.language)
    document = Document(service or voice.text("The platform"), title, (), language=comparison.new.language)
    # An event that is told on no other page: its numbers and its time are never shown.
    event = Event(document, 1, 2, "", "", datetime.fromtimestamp(0, UTC), tuple(changes))
    tools = Tools(lambda _: comparison.new, lambda _, __: comparison, mark, explain)
    return templates.get_template("site/compared.html").render(
        title=title,
        story=story(event, voice, tools, comparison),
        table=table(comparison, noted(event)),
        language=comparison.new.language,
        problem=problem,
        style=environment("en").get_template("site/style.css.jinja").render(),
        web=web,
    )
