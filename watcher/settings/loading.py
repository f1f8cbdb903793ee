"""From files and environment to `Settings`, or one error with every mistake."""

import re
from collections.abc import Iterator, Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Final

from watcher.errors import ConfigError, Problem, ProblemsError
from watcher.model.options import AlertOptions, BrowserOptions, ChannelOptions, FetchOptions, MailOptions
from watcher.model.source import Document
from watcher.resources import shipped
from watcher.settings import checks
from watcher.settings.entries import (
    CatalogueFile,
    ConfigFile,
    DocumentEntry,
    MailEntry,
    PageEntry,
    ServiceEntry,
)
from watcher.settings.merging import Layer, Services, Shelf
from watcher.settings.refused import without_secrets
from watcher.settings.result import Settings, Site
from watcher.settings.secrets import KEY_LENGTH, PASSWORD, SIGNING_KEY, Environment, Secret, secret
from watcher.yamlfile import Key, YamlFile, validate
from watcher.yamlfile import load as load_yaml

SHIPPED: Final = "shipped"
_LINE: Final = re.compile(r"(.+?):(\d+)(?:$|: )")
_NO_CATALOGUE: Final = f"write `{SHIPPED}` for the one that comes with the program, or mend the path"
_NO_DOCUMENT: Final = f"add `catalogues: [{SHIPPED}]`, or documents under `services`, or widen `follow`"
_SELECTOR: Final = "try it with `watcher extract PAGE --select`"


def find(path: Path | None, environ: Mapping[str, str]) -> Path:
    """Which config is meant: the one given, else $WATCHER_CONFIG, else config.yaml in the current folder."""
    return path or Path(environ.get("WATCHER_CONFIG") or "config.yaml")


def load(path: Path | None = None, *, environ: Mapping[str, str]) -> Settings:
    """Everything an operator set, checked as a whole. Raises ConfigError with every mistake that was found."""
    path = find(path, environ)
    if not path.exists():
        remedy = "write one with `watcher init`, or name yours with --config or WATCHER_CONFIG"
        raise ConfigError("there is no config file", [Problem(str(path), "no such file", remedy)])
    try:
        file = load_yaml(path)
    except ProblemsError as error:
        raise ConfigError(error.what, error.problems) from None
    problems: list[Problem] = []
    settings = _settings(file, environ, problems)
    if problems:
        several = "one mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        raise ConfigError(f"{path} cannot be used: {several}", sorted(problems, key=_place))
    return settings


def _place(problem: Problem) -> tuple[str, int]:
    """File and line, so that mistakes are told in the order in which one meets them."""
    match = _LINE.match(problem.where)
    return (match[1], int(match[2])) if match else (problem.where, 0)


def _settings(file: YamlFile, environ: Mapping[str, str], problems: list[Problem]) -> Settings:
    data, refused = without_secrets(file)
    problems += refused
    config, whole = _config(file, data, problems)
    environment = Environment.read(environ)
    here = file.path.parent
    return Settings(
        path=file.path,
        data=here / Path(config.data).expanduser(),
        documents=_documents(file, config, _services(file, whole), problems),
        fetch=FetchOptions(**config.fetch.model_dump()),
        browser=BrowserOptions(**config.browser.model_dump()),
        mail=_mail(config.mail, secret(PASSWORD, environment, file, config.mail.password_file, problems)),
        alerts=AlertOptions(config.alerts.hold, config.alerts.gather),
        channels=_channels(environment, file, config, problems),
        rules=(shipped("rules"), *_rules(file, config, problems)),
        site=Site(config.site.base_url, config.site.title, config.site.contact),
        schedule=config.schedule,
        timezone=config.timezone,
        ping=config.ping,
        signing_key=_signing_key(environment, file, config, problems),
    )


def _config(file: YamlFile, data: object, problems: list[Problem]) -> tuple[ConfigFile, ConfigFile | None]:
    """What of the config is right, so that the rest is checked even so; and the config when all of it is right."""
    config, found = validate(ConfigFile, file, data)
    problems += found
    if config is not None:
        return config, config
    keys = data if isinstance(data, dict) else {}
    right = {key: value for key, value in keys.items() if validate(ConfigFile, file, {key: value})[0]}
    return ConfigFile.model_validate(right), None


def _documents(
    file: YamlFile, config: ConfigFile, own: Services, problems: list[Problem]
) -> tuple[Document, ...]:
    shelf = Shelf()
    for number, name in enumerate(config.catalogues):
        path = shipped("catalogue.yaml") if name == SHIPPED else file.path.parent / Path(name).expanduser()
        try:
            catalogue = load_yaml(path)
        except ProblemsError as error:
            missing = Problem(
                file.place(("catalogues", number)), f"there is no catalogue {path}", _NO_CATALOGUE
            )
            problems += error.problems if path.exists() else [missing]
            shelf.complete = False
            continue
        data, refused = (catalogue.data, []) if name == SHIPPED else without_secrets(catalogue)
        whole, found = validate(CatalogueFile, catalogue, data)
        problems += refused + found
        services = _services(catalogue, whole)
        if name != SHIPPED:
            problems += _selectors(catalogue, services)
        shelf.lay(Layer(catalogue, services, shipped=name == SHIPPED))
    problems += _selectors(file, own)
    shelf.lay(Layer(file, own, pins=True))
    problems += shelf.problems
    problems += [
        Problem(file.place(keys), what, remedy) for keys, what, remedy in shelf.unknown(config.follow)
    ]
    documents = shelf.documents(config.follow, config.schedule, config.timezone, config.signals)
    if not documents and not problems:
        problems.append(Problem(file.place(), "there is no document to watch", _NO_DOCUMENT))
    return documents


def _services(file: YamlFile, whole: ConfigFile | CatalogueFile | None) -> Services:
    """The services of a file, each with its place. Broken ones, whose problems are known already, are None."""
    if whole is not None:
        return [(("services", number), service) for number, service in enumerate(whole.services)]
    raw = file.at(("services",))
    places: list[tuple[Key, ...]] = [
        ("services", number) for number in range(len(raw) if isinstance(raw, list) else 0)
    ]
    return [(at, validate(ServiceEntry, file, at=at)[0]) for at in places]


def _selectors(file: YamlFile, services: Services) -> Iterator[Problem]:
    for at, service in services:
        for keys, holder in _holders(service):
            for key in ("select", "remove"):
                for each, selector in enumerate(getattr(holder, key) or ()):
                    try:
                        checks.selector(selector)
                    except ValueError as error:
                        yield Problem(file.place((*at, *keys, key, each)), str(error), _SELECTOR)


def _holders(service: ServiceEntry | None) -> Iterator[tuple[tuple[Key, ...], DocumentEntry | PageEntry]]:
    """What of a service may have selectors, with its place."""
    if service is None:
        return
    for number, document in enumerate(service.documents):
        yield ("documents", number), document
        yield from ((("documents", number, "pages", n), page) for n, page in enumerate(document.pages or ()))
    if service.hub is not None:
        yield ("hub",), service.hub


def _mail(entry: MailEntry, password: str | None) -> MailOptions:
    """A Message-ID ends in the sender's domain unless another is set."""
    values = entry.model_dump(exclude={"password_file", "domain"})
    domain = entry.domain or parseaddr(entry.sender)[1].rpartition("@")[2] or MailOptions().domain
    return MailOptions(**values, password=password, domain=domain)


def _channels(
    environment: Environment, file: YamlFile, config: ConfigFile, problems: list[Problem]
) -> tuple[ChannelOptions, ...]:
    """The channels with what their files hold; no two may share a name."""
    made: dict[str, ChannelOptions] = {}
    for number, entry in enumerate(config.channels):
        if entry.name in made:
            where = file.place(("channels", number, "name"))
            problems.append(Problem(where, f"two channels are called {entry.name!r}", "rename one"))
        held = {
            key: secret(Secret("", ("channels", number, f"{key}_file")), environment, file, named, problems)
            for key, named in (("url", entry.url_file), ("secret", entry.secret_file))
        }
        key = held["secret"]
        if key is not None and len(key) < KEY_LENGTH:
            where = file.place(("channels", number, "secret_file"))
            what = f"the secret is shorter than {KEY_LENGTH} characters"
            problems.append(Problem(where, what, "make one with `openssl rand -hex 32`"))
        values = entry.model_dump(exclude={"url", "url_file", "secret_file"})
        made[entry.name] = ChannelOptions(**values, url=entry.url or held["url"] or "", secret=key or "")
    return tuple(made.values())


def _rules(file: YamlFile, config: ConfigFile, problems: list[Problem]) -> Iterator[Path]:
    for number, name in enumerate(config.rules):
        folder = file.path.parent / Path(name).expanduser()
        if not folder.is_dir():
            where = file.place(("rules", number))
            problems.append(Problem(where, f"there is no folder {folder}", "make it, or mend the path"))
        yield folder


def _signing_key(
    environment: Environment, file: YamlFile, config: ConfigFile, problems: list[Problem]
) -> str | None:
    key = secret(SIGNING_KEY, environment, file, config.site.signing_key_file, problems)
    if key is not None and len(key) < KEY_LENGTH:
        what = f"the signing key is shorter than {KEY_LENGTH} characters"
        problems.append(Problem("WATCHER_SIGNING_KEY", what, "make one with `openssl rand -hex 32`"))
    return key
