"""`--store` replaces the data folder; everything else still comes from the config that is named."""

import json
import zipfile

import pytest

from tests.web.conftest import opened
from tests.web.filling import fill

CONFIG = """\
site: {title: Desk of Lumalia, base_url: "https://terms.lumalia.example", contact: desk@lumalia.example}
services:
  - name: Wavecrest
    documents: [{name: Terms of Use, url: https://wavecrest.example/terms}]
"""
LOST = "site.base_url is not set"


@pytest.fixture
def event(tmp_path):
    with opened(tmp_path / "kept") as store:
        return fill(store)


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "desk.yaml"
    path.write_text(CONFIG)
    return path


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_report_of_a_kept_store_has_the_name_and_address_of_the_config(
    watcher, event, config, tmp_path, by
):
    named = ("--config", str(config)) if by == "option" else ()
    environ = {"WATCHER_CONFIG": str(config)} if by == "environment" else {}
    done = watcher("report", "--store", "kept", "--out", "report", *named, **environ)
    assert done.returncode == 0, done.stderr
    assert LOST not in done.stderr
    page = (tmp_path / "report" / "changes" / f"{event.id}.html").read_text()
    assert "Desk of Lumalia" in page
    assert f"https://terms.lumalia.example/changes/{event.id}.html" in page
    assert "desk@lumalia.example" in (tmp_path / "report" / "contact.html").read_text()
    assert "https://terms.lumalia.example/documents/" in (tmp_path / "report" / "matrix.csv").read_text()


def test_a_report_without_an_address_says_what_is_lost(watcher, event):
    done = watcher("report", "--store", "kept", "--out", "report")
    assert done.returncode == 0 and done.stderr.count(LOST) == 1


def test_the_config_that_lies_here_belongs_to_another_store(watcher, event, config, tmp_path):
    config.rename(tmp_path / "config.yaml")
    assert watcher("report", "--store", "kept", "--out", "report").returncode == 0
    assert "Desk of Lumalia" not in (tmp_path / "report" / "index.html").read_text()


def test_a_config_with_a_mistake_is_told_though_a_store_is_named(watcher, event, config):
    config.write_text("site: {titel: Desk}")
    done = watcher("report", "--store", "kept", "--config", str(config))
    assert done.returncode == 2 and "titel" in done.stderr


def test_evidence_of_a_kept_store_cites_the_address_of_the_config(watcher, event, config, tmp_path):
    done = watcher("evidence", event.id, "--store", "kept", "--config", str(config), "-o", "proof.zip")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "proof.zip") as package:
        told = json.loads(package.read(f"evidence-{event.id}/change.json"))
    assert f"https://terms.lumalia.example/changes/{event.id}.html" in json.dumps(told)
