"""Commands for those who write and read rules."""

import typer

app = typer.Typer(
    help="Rule packs: what is judged, and why.", no_args_is_help=True, rich_markup_mode="markdown"
)


@app.command("list")
def list_rules() -> None:
    """List every rule with its languages and status."""
