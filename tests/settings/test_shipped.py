"""What comes with the program: a config that teaches, and a catalogue that is right."""

import json
import re
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pytest
import soupsieve
from pydantic import BaseModel

from watcher.model.options import FetchOptions, MailOptions
from watcher.resources import shipped
from watcher.settings import Settings, entries, load, starter
from watcher.yamlfile import load as load_yaml

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "../shared/catalogue.json"


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(shipped("config.yaml"), environ={})


def test_the_shipped_config_watches_the_whole_catalogue(settings):
    assert len(settings.documents) >= 174 + 60
    assert len({document.service for document in settings.documents}) >= 53 + 30
    checked = [document for document in settings.documents if document.source == "catalogue"]
    assert len(checked) >= 174
    assert len({document.service for document in checked}) == 53
    assert not settings.mail.enabled


def test_no_two_documents_share_a_key(settings):
    keys = [document.key for document in settings.documents]
    assert len(set(keys)) == len(keys)


def test_every_selector_and_address_of_the_catalogue_is_usable(settings):
    for document in settings.documents:
        assert document.groups, document.key
        for page in document.pages:
            parts = urlsplit(page.url)
            assert parts.scheme in ("http", "https")
            assert parts.hostname
            assert "." in parts.hostname
            for selector in (*page.select, *page.remove):
                soupsieve.compile(selector)


def test_the_catalogue_holds_no_variables():
    assert "${" not in shipped("catalogue.yaml").read_text(encoding="utf-8")


def test_what_artists_live_on_comes_first_and_unchecked_addresses_are_marked(settings):
    first = list(dict.fromkeys(document.service for document in settings.documents))[:8]
    assert first[:3] == ["SoundCloud", "Bandcamp", "Spotify"]
    unverified = {document.service for document in settings.documents if document.source == "unverified"}
    assert {"Audiomack", "TuneCore", "Apple Music", "Suno", "Udio", "Patreon", "Adobe", "Canva"} <= unverified


@pytest.mark.skipif(not FACTS.exists(), reason="the facts of ../shared are not here")
def test_every_page_of_the_facts_is_in_the_catalogue(settings):
    have = {
        (document.service, document.name, document.language, page.url)
        for document in settings.documents
        for page in document.pages
    }
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    assert {(each["service"], each["document"], each["language"], each["url"]) for each in facts} <= have


def test_the_starter_is_the_shipped_config_and_teaches_every_section():
    text = starter()
    assert text == (ROOT / "config.yaml").read_text(encoding="utf-8")
    for key in entries.ConfigFile.model_fields:
        assert re.search(rf"^#?{key}:", text, re.M), key


def test_every_example_in_the_starter_works_once_its_mark_is_removed(tmp_path):
    text = re.sub(r"(?m)^#(?=  [ -]*[a-z_]+:|ping: )", "", starter())
    assert not re.search(r"(?m)^#(  |\w)", text)
    (tmp_path / "smtp-password").write_text("secret\n")
    (tmp_path / "newsroom-slack").write_text("slack://token\n")
    (tmp_path / "webhook-secret").write_text("s" * 40 + "\n")
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    settings = load(path, environ={})
    assert settings.mail.enabled
    terms = [document.key for document in settings.documents if document.kind == "terms"]
    assert terms[-1] == "wavecrest/terms-of-service"
    assert "wavecrest/legal-hub" in {document.key for document in settings.documents}
    assert settings.ping
    assert [one.name for one in settings.channels] == ["newsroom", "archive"]
    assert (settings.channels[0].url, settings.channels[1].secret) == ("slack://token", "s" * 40)
    assert settings.alerts.gather == timedelta(minutes=10)
    assert "Zoom" not in {document.service for document in settings.documents}


def models() -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = [entries.ConfigFile]

    def walk(annotation: object) -> None:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in found:
            found.append(annotation)
            for info in annotation.model_fields.values():
                walk(info.annotation)
        for each in get_args(annotation):
            walk(each)

    for info in entries.ConfigFile.model_fields.values():
        walk(info.annotation)
    return found


def test_every_key_stands_in_the_documentation():
    text = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    assert len(models()) >= 8
    missing = [
        f"{model.__name__}.{key}"
        for model in models()
        for key in model.model_fields
        if f"`{key}`" not in text
    ]
    assert missing == []
    for variable in ("CONFIG", "SMTP_PASSWORD", "SMTP_PASSWORD_FILE", "SIGNING_KEY", "SIGNING_KEY_FILE"):
        assert f"`WATCHER_{variable}`" in text


def test_every_option_of_the_rooms_can_be_set():
    assert {each.name for each in fields(FetchOptions)} == set(entries.FetchEntry.model_fields)
    mail = {each.name for each in fields(MailOptions)} - {"password"}
    assert mail == set(entries.MailEntry.model_fields) - {"password_file"}


def test_the_documented_examples_load(tmp_path):
    text = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.S)
    assert len(examples) >= 2
    for number, example in enumerate(examples):
        path = tmp_path / f"{number}.yaml"
        path.write_text(example, encoding="utf-8")
        (tmp_path / "our-catalogue.yaml").write_text(shipped("catalogue.yaml").read_text(encoding="utf-8"))
        assert load(path, environ={}).documents


def test_the_catalogue_is_read_with_the_place_of_its_entries():
    file = load_yaml(shipped("catalogue.yaml"))
    assert file.place(("services", 0, "documents", 0, "url")).endswith("services[0].documents[0].url")
    assert file.line(("services", 0)) > 10


def test_robots_txt_is_asked_for_where_the_work_stands(settings):
    robots = {one.service: one.pages[0].url for one in settings.documents if one.kind == "robots"}
    assert robots["SoundCloud"] == "https://soundcloud.com/robots.txt"
    assert robots["Spotify"] == "https://open.spotify.com/robots.txt"
    assert robots["DeviantArt"] == "https://www.deviantart.com/robots.txt"
    assert len(robots) == len({one.service for one in settings.documents})
