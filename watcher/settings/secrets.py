"""Secrets come from the environment or from files, never from the YAML."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from watcher.errors import Problem
from watcher.yamlfile import Key, YamlFile

KEY_LENGTH: Final = 32


class Environment(BaseSettings):
    """The variables that are looked at, each with WATCHER_ before it. An empty one counts as not set."""

    model_config = SettingsConfigDict(env_prefix="WATCHER_", env_ignore_empty=True, extra="ignore")

    smtp_password: SecretStr | None = None
    smtp_password_file: Path | None = None
    signing_key: SecretStr | None = None
    signing_key_file: Path | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `read` passes: the environment is handed in, never looked up."""
        return (init_settings,)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Environment":
        """From a mapping such as os.environ."""
        source = EnvSettingsSource(cls)
        source.env_vars = {name.lower(): value for name, value in environ.items() if value}
        return cls(**source())


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret: its variable (and its file's), empty where it has none, and the YAML key that may name a file."""

    variable: str
    keys: tuple[Key, ...]


PASSWORD: Final = Secret("smtp_password", ("mail", "password_file"))
SIGNING_KEY: Final = Secret("signing_key", ("site", "signing_key_file"))


def secret(
    which: Secret, environment: Environment, file: YamlFile, named: str | None, problems: list[Problem]
) -> str | None:
    """The secret from its variable, else the file its variable names, else the file the YAML names (`named`).

    Paths in the YAML are relative to the config file. What is wrong is added to `problems`.
    """
    direct: SecretStr | None = getattr(environment, which.variable, None)
    if direct is not None:
        return direct.get_secret_value()
    path: Path | None = getattr(environment, f"{which.variable}_file", None)
    where = f"environment: WATCHER_{which.variable.upper()}_FILE"
    if path is None:
        if named is None:
            return None
        path, where = file.path.parent / Path(named).expanduser(), file.place(which.keys)
    try:
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "it is not UTF-8 text").lower()
        problems.append(
            Problem(where, f"{path} cannot be read: {reason}", "mend the path or its permissions")
        )
        return None
    if not value or "\n" in value:
        problems.append(Problem(where, f"{path} must hold the secret on one line and nothing else"))
    return value
