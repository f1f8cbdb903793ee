"""Commands about single pages and texts: extract, compare, classify, replay. The contract fixes their JSON."""

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from watcher.cli import screen
from watcher.errors import InputError, ReadError

PANEL = "Reading and judging"

RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", help="A folder of rule packs to use beside the shipped ones.", file_okay=False, exists=True
    ),
]


class ExtractFormat(StrEnum):
    """How `extract` answers."""

    markdown = "markdown"
    json = "json"
    jsonl = "jsonl"


class CompareFormat(StrEnum):
    """How `compare` answers."""

    text = "text"
    json = "json"
    html = "html"
    jsonl = "jsonl"


class ReplayFormat(StrEnum):
    """How `replay` answers."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (extract, compare, classify, replay):
        app.command(rich_help_panel=PANEL)(command)


def extract(
    page: Annotated[Path | None, typer.Argument(help="A saved page: .html, .pdf, .md or .txt.")] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(help="CSS of what to read; may be given several times. Default: found by itself."),
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option(help="CSS of what to leave out; may be given several times.")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option(help='A JSON array of {"id", "page", "url"?, "select"?, "remove"?}.')
    ] = None,
    output: Annotated[
        ExtractFormat, typer.Option("--format", help="What to print.")
    ] = ExtractFormat.markdown,
) -> None:
    """Print the document that stands on a page: the terms, without menus and banners.

    Try selectors here before writing them into config.yaml: `watcher extract page.html --select main`.
    """
    from watcher.extracting import extract_batch, extract_page

    if (page is None) == (batch is None):
        raise InputError("give either one PAGE or --batch FILE", remedy="See `watcher extract --help`.")
    if batch is not None:
        entries = _json_array(batch)
        with screen.progress("reading", len(entries)) as on:
            for answer in extract_batch(entries, batch.parent):
                screen.put_json(answer)
                on()
        return
    assert page is not None
    try:
        text = extract_page(page, tuple(select or ()), tuple(remove or ()))
    except ReadError as error:
        raise InputError(error.what, where=str(page), remedy=error.remedy) from error
    if output is ExtractFormat.markdown:
        sys.stdout.write(text.markdown)
        return
    answer = {
        "title": text.title,
        "lang": text.language,
        "markdown": text.markdown,
        "clauses": [
            {
                "kind": c.kind,
                "text": c.text,
                "path": c.path,
                "lead_in": c.lead_in,
                "level": c.level,
                "key": c.key,
            }
            for c in text.clauses
        ],
    }
    screen.put_json(answer, pretty=output is ExtractFormat.json)


def compare(
    old: Annotated[Path | None, typer.Argument(help="The earlier text: .md, .txt, .html or .pdf.")] = None,
    new: Annotated[Path | None, typer.Argument(help="The later text.")] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(help='JSON lines {"id", "old", "new", "service"?}, paths relative to this file.'),
    ] = None,
    service: Annotated[
        str, typer.Option(help='The platform\'s name, so that its own name counts as "we".')
    ] = "",
    language: Annotated[str, typer.Option(help="Language of the explanations: en or it.")] = "en",
    rules: RulesOption = None,
    torn: Annotated[
        bool,
        typer.Option(
            "--even-if-torn",
            help="Judge a new text that is but a small piece of the old one; else it counts as half-loaded.",
        ),
    ] = False,
    output: Annotated[CompareFormat, typer.Option("--format", help="What to print.")] = CompareFormat.text,
) -> None:
    """Compare two texts clause by clause and say what the changes mean.

    `watcher compare before.md after.md` for the terminal, `--format html > change.html` for a page to keep.
    """
    from watcher.assembly import Rules
    from watcher.cli import comparison
    from watcher.comparing import compare_files
    from watcher.resources import shipped

    bench = Rules((shipped("rules"), *(rules or ())))
    if pairs is not None:
        if old is not None:
            raise InputError(
                "give either OLD and NEW or --pairs FILE", remedy="See `watcher compare --help`."
            )
        rows = list(_json_lines(pairs, pairs.read_bytes() if pairs.is_file() else None))
        with screen.progress("comparing", len(rows)) as on:
            for row in rows:
                screen.put_json(comparison.pair(row, pairs.parent, bench, torn=torn))
                on()
        return
    if old is None or new is None:
        raise InputError("give OLD and NEW, or --pairs FILE", remedy="See `watcher compare --help`.")
    compared = compare_files(old, new, service=service, judge=bench.judge, torn=torn)
    match output:
        case CompareFormat.text:
            comparison.show(compared, bench, service=service, language=language)
        case CompareFormat.html:
            sys.stdout.write(
                comparison.page(compared, bench, service=service, old=old, new=new, language=language)
            )
        case _:
            screen.put_json(comparison.as_json(compared), pretty=output is CompareFormat.json)


def classify(
    file: Annotated[
        str,
        typer.Argument(
            help='JSON lines {"id", "text", "context"?, "lang"?, "service"?}; - reads standard input.'
        ),
    ] = "-",
    rules: RulesOption = None,
) -> None:
    """Say what each clause means: one line of JSON in, one line of findings out.

    `echo '{"id": 1, "text": "We may use your uploads to train AI."}' | watcher classify`
    """
    from watcher.assembly import Rules
    from watcher.classifying import classify_row
    from watcher.resources import shipped

    bench = Rules((shipped("rules"), *(rules or ())))
    if file == "-":
        raw: bytes | None = sys.stdin.buffer.read()
    else:
        raw = Path(file).read_bytes() if Path(file).is_file() else None
    for row in _json_lines(Path("standard input" if file == "-" else file), raw):
        screen.put_json(classify_row(row, bench))


def replay(
    archive: Annotated[Path, typer.Argument(help="A tar or tar.xz of pages with a manifest.json.")],
    store: Annotated[
        Path | None,
        typer.Option(help="Keep the store in this folder, for `report`; several archives may share one."),
    ] = None,
    rules: RulesOption = None,
    output: Annotated[ReplayFormat, typer.Option("--format", help="What to print.")] = ReplayFormat.text,
) -> None:
    """Feed a recorded fetch history through the pipeline and tell its versions and alerts.

    The recorded times are the clock, so this shows what `watcher run` would have told, and when.
    """
    from watcher.cli import replaying

    replaying.run(archive, store, rules or [], as_json=output is ReplayFormat.json)


def _json_array(path: Path) -> list[dict[str, Any]]:
    try:
        entries = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"this is no readable JSON ({error})", where=str(path)) from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError("this must be a JSON array of objects", where=str(path))
    return entries


def _json_lines(path: Path, raw: bytes | None) -> Iterator[dict[str, Any]]:
    """Objects, one a line; a line that is none becomes an object with an `error`."""
    if raw is None:
        raise InputError("there is no such file", where=str(path))
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                row = {"id": None, "error": f"line {number} is no JSON: {error}"}
            yield row if isinstance(row, dict) else {"id": None, "error": f"line {number} is no JSON object"}
