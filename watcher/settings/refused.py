"""What must never stand in a config: secrets, and variables that look as if they were filled in."""

import re
from collections.abc import Iterator
from typing import Any, Final

from watcher.errors import Problem
from watcher.yamlfile import Key, YamlFile

_VARIABLE: Final = re.compile(r"\$\{[^}]*\}")
_SECRETS: Final = {
    "password": "set WATCHER_SMTP_PASSWORD in the environment, or name a file with `mail.password_file`",
    "smtp_password": "set WATCHER_SMTP_PASSWORD in the environment, or name a file with `mail.password_file`",
    "signing_key": "set WATCHER_SIGNING_KEY in the environment, or name a file with `site.signing_key_file`",
    "secret_key": "set WATCHER_SIGNING_KEY in the environment, or name a file with `site.signing_key_file`",
}


def without_secrets(file: YamlFile) -> tuple[object, list[Problem]]:
    """The file's data without any secret, and a problem for each and for every `${VARIABLE}`."""
    problems = [
        Problem(
            file.place(keys),
            f"{name} is not filled in here",
            "write the value itself; secrets come from WATCHER_SMTP_PASSWORD and WATCHER_SIGNING_KEY",
        )
        for keys, name in _variables(file.data, ())
    ]
    if not isinstance(file.data, dict):
        return file.data, problems
    data: dict[str, Any] = dict(file.data)
    for section in (None, "mail", "site"):
        holder = data if section is None else data.get(section)
        if not isinstance(holder, dict):
            continue
        for key in _SECRETS.keys() & holder.keys():
            keys = (key,) if section is None else (section, key)
            problems.append(Problem(file.place(keys), "a secret must not stand in this file", _SECRETS[key]))
            holder = {name: value for name, value in holder.items() if name != key}
        data = holder if section is None else {**data, section: holder}
    return data, problems


def _variables(value: object, keys: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], str]]:
    match value:
        case str():
            found = _VARIABLE.search(value)
            if found:
                yield keys, found[0]
        case list():
            for number, item in enumerate(value):
                yield from _variables(item, (*keys, number))
        case dict():
            for key, item in value.items():
                yield from _variables(item, (*keys, key))
