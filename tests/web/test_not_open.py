"""A site that cannot send mail says so instead of taking addresses that it could not write to."""

from dataclasses import replace

import pytest

from tests.web.test_subscribing import FORM
from watcher.model.options import MailOptions
from watcher.settings.result import Site as SiteSettings
from watcher.subscribing import closed


@pytest.fixture(params=["no mail server", "no address of its own"])
def site(site, request):
    lacking = {"mail": MailOptions()} if request.param == "no mail server" else {"site": SiteSettings()}
    return replace(site, settings=replace(site.settings, **lacking))


@pytest.mark.parametrize("path", ["/subscribe", "/link"])
def test_its_pages_say_that_subscriptions_are_not_open_yet(browse, letters, path):
    assert "Subscriptions are not open yet" in browse.get(path).text
    answer = browse.post(f"/it{path}", data=FORM)
    assert answer.status_code == 503
    assert "Le iscrizioni non sono ancora aperte" in answer.text
    assert letters() == []


def test_the_operator_is_told_what_to_set(site):
    lacking = "mail.host and mail.sender" if not site.settings.mail.enabled else "site.base_url"
    assert closed(site.settings) == f"nobody can subscribe on the site yet: set {lacking}"


def test_suggestions_and_reports_are_taken_all_the_same(browse, store):
    assert browse.post("/suggest", data={"platform": "Tonhafen"}).status_code == 200
    assert len(store.suggestions.listed()) == 1
