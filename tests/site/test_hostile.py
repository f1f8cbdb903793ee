"""An archive that wants to harm its readers stays words."""

import re
from dataclasses import replace

import pytest

from tests.site.markup import Markup
from tests.site.sample import NOW, change, finding, write
from watcher.model.finding import RuleText
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.model.version import VersionKind
from watcher.site import Frame

SCRIPT = "<script>alert(1)</script>"
ATTACKS = (
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</p></main><iframe src=javascript:alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "%(service)s 100% %s",
    "&lt;b&gt; &amp; <!-- ]]>",
)


@pytest.fixture
def hostile(empty, tmp_path):
    lines = [
        Clause("paragraph", attack, "[x](javascript:alert(1))", (attack,), marker=attack)
        for attack in ATTACKS
    ]
    old = DocumentText(SCRIPT, '"><script>', tuple(lines[:4]))
    new = DocumentText(
        SCRIPT, '"><script>', (*(replace(c, text=f"new {c.text}") for c in lines[:4]), *lines[4:])
    )
    told = finding(
        f"own_{SCRIPT}", f"new {SCRIPT}", {SCRIPT: SCRIPT}, rule=SCRIPT, pack=SCRIPT, language='"><script>'
    )
    empty.document(
        Document(
            f"Wave{SCRIPT}", f"Terms {SCRIPT}", (Page("javascript:alert(1)"),), opt_out="javascript:alert(2)"
        ),
        [(old, VersionKind.FIRST, NOW, {}), (new, VersionKind.CHANGED, NOW, {})],
        events=[(1, 2, [change("introduced", now=told, previous=SCRIPT, reasons=(f"objects+{SCRIPT}",))])],
        failures=1,
        reason=SCRIPT,
        detail=SCRIPT,
    )
    write(
        empty,
        tmp_path,
        frame=Frame(SCRIPT),
        explain=lambda rule, language: RuleText(rule, SCRIPT, f"{SCRIPT} {{service}}", SCRIPT, language),
    )
    return {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.html")}


def own_script(element) -> bool:
    source = element.attributes.get("src", "")
    return (
        source.endswith("../site.js") and not source.strip("./").replace("site.js", "") and not element.text
    )


def test_hostile_words_become_no_element_attribute_or_link(hostile):
    assert len(hostile) == 26
    for html in hostile.values():
        page = Markup(html)
        assert not page.all("img", "iframe", "b")
        assert all(own_script(element) for element in page.all("script"))
        for element in page.elements:
            assert not [name for name in element.attributes if name.startswith("on")]
            assert not element.attributes.get("href", "").lower().startswith(("javascript:", "data:"))


def test_hostile_words_can_be_read_as_they_stand(hostile):
    (comparison,) = (
        html for path, html in hostile.items() if path.startswith("changes/") and "index" not in path
    )
    for attack in ATTACKS:
        assert attack in Markup(comparison).one("main").text


def test_every_page_about_hostile_words_is_well_formed_and_has_one_heading_above_all(hostile):
    for html in hostile.values():
        assert len(Markup(html).all("h1")) == 1


def test_an_address_that_is_not_of_the_web_is_shown_but_not_linked(hostile):
    (document,) = (html for path, html in hostile.items() if re.fullmatch(r"documents/[^/]+\.html", path))
    assert "javascript:alert(1)" in Markup(document).text
