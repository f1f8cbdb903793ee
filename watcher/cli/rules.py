"""Commands for those who write and read rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli import screen
from watcher.cli.documents import RulesOption
from watcher.cli.options import ConfigOption, open_store, read_settings
from watcher.errors import InputError

if TYPE_CHECKING:
    from watcher.assembly import Rules

app = typer.Typer(
    help="Rule packs: what is judged, and why.", no_args_is_help=True, rich_markup_mode="markdown"
)


@app.command("list")
def list_rules(
    language: Annotated[str, typer.Option(help="Language of the titles: en or it.")] = "en",
    rules: RulesOption = None,
) -> None:
    """List every rule: id, what it says, its languages and status."""
    from rich.markup import escape

    bench = _bench(rules)
    table = screen.table("rule", "says", "languages", "status")
    for one in bench.packs.rules:
        title = bench.explain(one.rule.id, language).title
        table.add_row(escape(one.rule.id), escape(title), " ".join(sorted(one.languages)), one.rule.status)
    screen.out().print(table)


@app.command()
def lint(rules: RulesOption = None) -> None:
    """Check that every pack is well formed: unknown keys, empty languages, dead patterns, missing examples.

    Every mistake is named with file, line and rule; exit status 2 when there is one.
    """
    from watcher.clauses.lint import lint as look
    from watcher.errors import PackError

    bench = _bench(rules).bench
    problems = look(bench)
    if problems:
        raise PackError("the packs load, but parts of them do nothing", problems)
    packs = bench.packs
    screen.say(
        f"{len(packs.rules)} rules in {', '.join(sorted(packs.languages))}: well formed (version {packs.version})"
    )


@app.command("test")
def test_examples(rules: RulesOption = None) -> None:
    """Judge the examples beside each rule; exit status 1 when one does not do what it says."""
    from watcher.clauses.examples import run

    done = run(_bench(rules).bench)
    screen.lines(str(failure) for failure in done.failures)
    counts = ", ".join(f"{count} in {language}" for language, count in done.counts.items())
    screen.say(f"{sum(done.counts.values())} examples ({counts}), {len(done.failures)} failed")
    raise typer.Exit(1 if done.failures else 0)


@app.command()
def mutate(rules: RulesOption = None) -> None:
    """Take away one list of words or one rule at a time, and name every one that no example would miss.

    What is named is not proved: write an example that fails without it, or delete it. Exit status 1 when there is one.
    """
    from watcher.clauses.mutation import unproved_lists, unproved_rules

    bench = _bench(rules).bench
    packs = bench.packs
    found = [each for code in sorted(packs.languages) for each in unproved_lists(bench, code)]
    found += [each for pack in packs.packs for each in unproved_rules(bench, pack)]
    screen.lines(str(each) for each in found)
    screen.say(f"{len(found)} parts of the packs could be lost without any example noticing")
    raise typer.Exit(1 if found else 0)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="A clause, between quotation marks.")],
    context: Annotated[str, typer.Option(help="What stands just before it: a heading, a lead-in.")] = "",
    language: Annotated[
        str, typer.Option(help="Its language, such as en or it. Default: found by itself.")
    ] = "",
    service: Annotated[str, typer.Option(help="The platform's name.")] = "",
    rules: RulesOption = None,
) -> None:
    """Show how a clause is read: concepts, who acts, under which condition, and the rules that fit.

    `watcher rules explain "We may use your uploads to train AI, unless you opt out."`
    """
    from watcher.classifying import language_of
    from watcher.clauses.explain import explain as read
    from watcher.cli.explaining import show

    bench = _bench(rules).bench
    code = language or language_of(text, context)
    if why := bench.unjudged(code):
        raise InputError(f"this cannot be judged: {why}", remedy="Name its language with --language.")
    for one in read(bench, text, context=context, language=code, service=service):
        show(one)


@app.command()
def rejudge(config: ConfigOption = None) -> None:
    """Judge everything recorded once more with today's rules. Reports follow; nobody is mailed.

    Both what each version says and what it changed. Texts that today's rules have read are not read again.
    """
    from watcher.assembly import Rules
    from watcher.lock import hold
    from watcher.rejudging import rejudge as again
    from watcher.standing import read_unread

    settings = read_settings(config)
    with hold(settings.data), open_store(settings) as store:
        documents = len(store.reports.statuses())
        rules = Rules(settings.rules)
        with screen.progress("judging", documents) as on:
            differ = again(store, rules.judge, told=on)
        unread = len(store.findings.unread(rules.packs.version))
        with screen.progress("reading", unread) as on:
            read_unread(store, rules.says, rules=rules.packs.version, told=on)
    screen.say(f"{documents} documents judged once more, {differ} read differently now; nobody was mailed")


def _bench(rules: list[Path] | None) -> "Rules":
    from watcher.assembly import Rules
    from watcher.resources import shipped

    return Rules((shipped("rules"), *(rules or ())))
