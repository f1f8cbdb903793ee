"""Every command and every option stands in docs/commands.md, and explains itself."""

from pathlib import Path

import pytest
import typer

from watcher.cli.app import app

DOCS = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")


def commands(group, path=("watcher",)):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


ALL = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_is_documented(name):
    assert f"`{name}" in DOCS
    row = next(line for line in DOCS.splitlines() if f"`{name}" in line)
    for parameter in ALL[name].params:
        if parameter.param_type_name == "option":
            assert parameter.opts[0] in row, f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_explains_itself(name):
    command = ALL[name]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name} {parameter.name} has no help"
