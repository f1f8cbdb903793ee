"""The report as a whole: pages that hold together, in both languages, from disk."""

import hashlib
import posixpath
import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest

from tests.site.markup import Markup
from tests.site.sample import NOW, between, change, files, finding, text
from watcher.errors import UsageError
from watcher.model.source import Document, Page
from watcher.model.version import VersionKind
from watcher.voice import environment


def change_about(pages: dict[str, str], words: str, folder: str = "") -> str:
    (path,) = (
        path
        for path, html in pages.items()
        if re.fullmatch(rf"{folder}changes/[0-9a-f]{{16}}\.html", path)
        and words in Markup(html).one("h1").text
    )
    return path


def test_every_link_and_every_anchor_leads_somewhere_on_disk(report, pages):
    ids = {path: set(Markup(html).ids) for path, html in pages.items()}
    followed = 0
    for path, html in pages.items():
        for element in Markup(html).elements:
            for name in {"href", "src"} & set(element.attributes):
                link = urlsplit(element.attributes[name])
                if link.scheme in ("http", "https"):
                    assert element.attributes.get("rel") in ("noreferrer nofollow", "canonical")
                    continue
                assert not link.scheme
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.path)))
                target = path if not link.path else target
                assert (report / target).is_file(), f"{path} links to {target}"
                assert not link.fragment or link.fragment in ids[target], (
                    f"{path} links to {element.attributes}"
                )
                followed += 1
            for name in ("aria-labelledby",):
                assert element.attributes.get(name, next(iter(ids[path]))) in ids[path]
    assert followed > 400


def test_every_page_can_be_reached_from_the_first_one(pages):
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for element in Markup(pages[path]).all("a"):
            link = element.attributes["href"].partition("#")[0]
            if link.endswith(".html") and "://" not in link:
                waiting.append(posixpath.normpath(posixpath.join(posixpath.dirname(path), link)))
    assert reached == set(pages)


def test_pages_load_nothing_but_their_stylesheet_and_run_nothing(pages):
    for path, html in pages.items():
        page = Markup(html)
        assert {e.attributes.get("src", "").rpartition("/")[2] for e in page.all("script")} <= {"site.js"}
        assert {e.tag for e in page.elements} & {
            "style",
            "iframe",
            "img",
            "object",
            "form",
        } == set()
        for element in page.elements:
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        (sheet,) = (e for e in page.all("link") if e.attributes["rel"] == "stylesheet")
        assert sheet.attributes["href"] == "../" * path.count("/") + "style.css"
        (policy,) = (
            e for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.attributes["content"].startswith("default-src 'none'; style-src 'self'")


def test_both_languages_hold_the_same_pages_and_link_to_each_other(pages):
    english = {path for path in pages if not path.startswith("it/")}
    assert {f"it/{path}" for path in english} == set(pages) - english
    for path, html in pages.items():
        page, language = Markup(html), "it" if path.startswith("it/") else "en"
        assert page.one("html").attributes["lang"] == language
        (other,) = (e for e in page.all("a") if "hreflang" in e.attributes)
        twin = posixpath.normpath(posixpath.join(posixpath.dirname(path), other.attributes["href"]))
        assert twin == (path.removeprefix("it/") if language == "it" else f"it/{path}")
    assert "What it means for you" not in "".join(html for p, html in pages.items() if p.startswith("it/"))


def test_the_same_input_gives_the_same_bytes_and_nothing_is_written_twice(archive, tmp_path, publish):
    first = publish(archive, tmp_path / "a")
    again = publish(archive, tmp_path / "a")
    publish(archive, tmp_path / "b")
    assert (again.written, again.kept) == (0, first.written)
    files = {
        p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*") if p.is_file()
    }
    assert files == {
        p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file()
    }
    assert not [path for path in files if path.suffix == ".tmp"]


def test_a_week_later_only_what_tells_of_the_reading_is_another(archive, tmp_path, publish, now):
    """The first page, and what says of a document that it was read; what was published stays as it is."""
    publish(archive, tmp_path)
    before = files(tmp_path)
    assert publish(archive, tmp_path, now=now + timedelta(hours=1)).written == 0
    publish(archive, tmp_path, now=now + timedelta(days=8))
    changed = {path.removeprefix("it/") for path, html in files(tmp_path).items() if html != before[path]}
    read = (
        "wavecrest--terms-of-use",
        "wavecrest--privacy-policy",
        "canzoniere--condizioni-d-uso",
        "lumalia--community-rules",
    )
    assert changed == {
        *("index.html", "platforms.html"),
        *(f"documents/{name}.html" for name in read),
        *(f"services/{name}.html" for name in ("wavecrest", "canzoniere", "lumalia")),
    }


def test_a_document_that_is_no_longer_watched_keeps_its_pages(archive, tmp_path, publish):
    publish(archive, tmp_path)
    archive.histories = [h for h in archive.histories if h.document.service != "Lumalia"]
    publish(archive, tmp_path)
    assert (tmp_path / "documents/lumalia--community-rules.html").is_file()
    assert "Lumalia" not in (tmp_path / "index.html").read_text()


def test_addresses_depend_on_lasting_names_only(archive, pages):
    for history in archive.histories:
        key = history.document.key.replace("/", "--")
        assert f"documents/{key}.html" in pages
        assert f"services/{history.document.key.partition('/')[0]}.html" in pages
        told = {(event.old, event.new) for event in history.events}
        for event in history.events:
            assert f"changes/{event.id}.html" in pages
        for old, new in zip(history.versions, history.versions[1:], strict=False):
            if (old.number, new.number) not in told:
                path = between(f"documents/{key}", old.number, new.number, pages)
                assert old.text[:12] in path and new.text[:12] in path


def test_the_plain_text_of_a_version_has_the_hash_that_its_pages_show(report, archive):
    for history in archive.histories:
        for version in history.versions:
            kept = (report / f"texts/{version.text}.txt").read_bytes()
            assert hashlib.sha256(kept).hexdigest() == version.text


def test_the_first_page_tells_the_latest_change_first_with_its_words_and_what_it_means(pages):
    page = Markup(pages["index.html"])
    first = page.all("article")[0]
    assert "▲ Permission to train AI: new (worse for you)" in " ".join(first.text.split())
    assert "Wavecrest may now use what you upload to train AI." in first.text
    assert "seen on 14 March 2026" in " ".join(first.text.split())
    assert "Whatever you upload can become training material" in first.text
    assert "Wavecrest no longer promises to ask before training AI." in first.text
    marked = [e.text for e in page.all("ins") if "article" in e.within]
    assert any("train and develop machine learning models" in words for words in marked)


def test_the_quote_on_a_card_has_at_most_forty_words(pages):
    for element in Markup(pages["index.html"]).all("blockquote"):
        assert 0 < len(element.text.replace("…", " ").split()) <= 40


def test_the_first_page_says_what_cannot_be_read_since_when_and_why(pages):
    english, italian = Markup(pages["index.html"]).text, Markup(pages["it/index.html"]).text
    assert "We could not read this document since 10 March 2026: it answers with a bot check." in english
    assert "Dal 10 marzo 2026 non riusciamo a leggere questo documento" in italian


def test_the_strip_of_activity_says_in_words_what_it_draws(pages):
    page = Markup(pages["index.html"])
    assert len(page.all("rect")) == 4
    assert "4 changes that matter in 26 weeks." in page.one("figcaption").text
    assert page.one("svg").attributes["aria-labelledby"] == page.one("figcaption").attributes["id"]


def test_a_quiet_week_is_news_too(archive, tmp_path, publish, now):
    publish(archive, tmp_path, now=now + timedelta(days=6))
    heading = Markup((tmp_path / "index.html").read_text()).one("h1").text
    assert heading == "Nothing that matters changed this week on the 3 platforms that were read"


def test_an_empty_archive_makes_a_report_that_says_so(archive, tmp_path, publish):
    archive.histories = []
    publish(archive, tmp_path)
    assert Markup((tmp_path / "index.html").read_text()).one("h1").text == "No platform is watched yet"
    assert "No change that matters in 26 weeks." in (tmp_path / "index.html").read_text()


def test_a_change_is_told_in_the_order_people_need_it(pages):
    page = Markup(pages[change_about(pages, "Wavecrest")])
    order = [
        "Wavecrest may now use what you upload to train AI.",
        "What it means for you",
        "What you can do",
        "The words",
        "Why it was flagged",
        "Wavecrest no longer promises to ask before training AI.",
        "Clause by clause: version 2 and version 3",
        "Proof",
        "How to verify",
        "To cite",
    ]
    headings = [" ".join(e.text.split()) for e in page.all("h1", "h2", "h3")]
    places = [headings.index(words) for words in order]
    assert places == sorted(places)


def test_the_words_that_led_to_a_finding_are_marked_and_explained(pages):
    page = Markup(pages[change_about(pages, "Wavecrest")])
    assert {"machine learning models", "asking you first"} <= {e.text for e in page.all("mark")}
    meanings = dict(zip((e.text for e in page.all("dt")), (e.text for e in page.all("dd")), strict=True))
    assert meanings["“machine learning models”"] == "names AI"


def test_a_finding_stands_at_its_clause_and_the_clause_is_one_jump_away(pages):
    page = Markup(pages[change_about(pages, "Wavecrest")])
    jumps = [e for e in page.all("a") if e.text == "See it in its place in the document"]
    assert len(jumps) == 3
    for number, jump in enumerate(jumps, start=1):
        place = jump.attributes["href"].removeprefix("#")
        (clause,) = (e for e in page.all("div") if e.attributes.get("id") == place)
        assert "noted" in clause.attributes["class"].split()
        back = [e for e in page.all("a") if e.attributes["href"] == f"#change-{number}" and "div" in e.within]
        assert back and back[-1].text in clause.text


def test_a_comparison_shows_what_moved_and_folds_what_stayed(pages):
    page = Markup(pages[change_about(pages, "Wavecrest")])
    assert "Moved, same words, moved from “1. Your account”" in page.text
    assert next(e.text for e in page.all("summary")) == "6 clauses with the same words"
    sides = [e for e in page.all("div") if e.attributes.get("class") == "sides"]
    assert len(sides) == 1
    assert "for as long as it stays there" in sides[0].text and "machine learning models" in sides[0].text


def test_clauses_stay_in_their_own_language(pages):
    page = Markup(pages[change_about(pages, "Canzoniere")])
    italian = [e.language for e in page.all("p", "mark") if "opporti" in e.text]
    assert len(italian) >= 3 and set(italian) == {"it"}
    german = Markup(pages[between("it/documents/tonhafen--nutzungsbedingungen", 1, 2, pages)])
    assert {e.language for e in german.all("p") if "speichern" in e.text} == {"de"}


def test_a_citation_names_both_hashes_and_where_to_find_them(pages, archive):
    path = change_about(pages, "Wavecrest")
    (citation,) = (e.text for e in Markup(pages[path]).all("p") if e.attributes.get("class") == "citation")
    versions = next(h for h in archive.histories if h.document.key == "wavecrest/terms-of-use").versions
    assert versions[1].text in citation and versions[2].text in citation
    assert f"https://watch.example/report/{path}" in citation
    assert "seen on 14 March 2026" in citation


def test_a_document_tells_its_versions_by_kind(pages):
    english = Markup(pages["documents/wavecrest--terms-of-use.html"]).text
    assert "Version 3 · 14 March 2026 changed words, confirmed by a later visit on 14 March 2026" in english
    assert "Version 2 · 16 December 2025 cosmetic: punctuation, numbering or dates only" in english
    canzoniere = Markup(pages["documents/canzoniere--condizioni-d-uso.html"]).text
    assert "return to the text of version 1" in canzoniere
    assert "Where you can object: https://canzoniere.example/opposizione" in canzoniere


def test_a_version_that_only_returns_is_not_said_to_change_nothing(pages):
    back = Markup(pages[between("documents/canzoniere--condizioni-d-uso", 2, 3, pages)]).text
    assert "This text stood before, as version 1." in back
    assert "No change that matters" not in back


def test_a_cosmetic_version_says_that_the_words_did_not_change_and_shows_the_difference(pages):
    page = Markup(pages[between("documents/wavecrest--terms-of-use", 1, 2, pages)])
    assert "Only punctuation or numbering changed; the words did not." in page.text
    assert "’" in [e.text for e in page.all("ins")] and "'" in [e.text for e in page.all("del")]


def test_refused_pages_are_listed_with_their_reason_and_fingerprint(pages, archive):
    page = Markup(pages["documents/wavecrest--terms-of-use.html"])
    refused = next(h for h in archive.histories if h.document.key == "wavecrest/terms-of-use").quarantined
    assert "it shows an error page instead of the document." in page.text
    assert refused[0].evidence[0].sha256 in page.text


def test_hundreds_of_refused_pages_are_counted_instead_of_listed(archive, tmp_path, publish):
    history = archive.histories[0]
    archive.histories[0] = type(history)(
        history.status, history.versions, history.events, history.quarantined * 300
    )
    publish(archive, tmp_path)
    page = Markup((tmp_path / "documents/wavecrest--terms-of-use.html").read_text())
    assert "580 earlier pages are not listed here." in page.text


def test_a_document_without_versions_has_a_page_that_says_so(pages):
    page = Markup(pages["documents/nordlicht--terms.html"]).text
    assert (
        "Not checked yet." in page
        and "We have not read this document yet." in page
        and "No version is kept yet." in page
    )


def test_a_folder_that_cannot_be_written_is_named(archive, tmp_path, publish):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UsageError, match="taken") as caught:
        publish(archive, tmp_path / "taken")
    assert "--out" in caught.value.remedy


@pytest.mark.parametrize("kind", list(VersionKind))
def test_every_kind_of_version_has_words_in_both_languages(kind):
    words = {
        "first": ("first reading", "prima lettura"),
        "changed": ("changed words", "parole cambiate"),
        "absent": ("not there yet", "non c'era ancora"),
        "cosmetic": ("cosmetic: punctuation", "ritocco: solo punteggiatura"),
        "return": ("return to the text of version 2", "ritorno al testo"),
        "technical": ("technical: other pages", "tecnica: ora"),
    }
    page = '{% import "site/parts.html" as parts with context %}{{ parts.kind(version) }}'
    for language, expected in zip(("en", "it"), words[kind.value], strict=True):
        shown = (
            environment(language).from_string(page).render(version=SimpleNamespace(kind=kind, returns_to=2))
        )
        assert expected in shown


@pytest.mark.parametrize(
    "name",
    [
        *("index", "it/index", "change", "it/change", "document", "service", "versions", "version", "method"),
        *("matrix", "it/matrix", "platforms", "contact"),
    ],
)
def test_the_main_pages_look_as_they_did(name, pages, snapshot):
    known = {
        "change": change_about(pages, "Wavecrest"),
        "it/change": change_about(pages, "Wavecrest", "it/"),
        "document": "documents/canzoniere--condizioni-d-uso.html",
        "service": "services/wavecrest.html",
        "versions": between("documents/tonhafen--nutzungsbedingungen", 1, 2, pages),
        "matrix": "matrix.html",
        "version": "documents/lumalia--community-rules/v3.html",
    }
    assert pages[known.get(name, f"{name}.html")] == snapshot


def test_a_headline_that_many_clauses_share_stands_once_on_a_card(empty, tmp_path, publish):
    lines = [f"We may use what you upload to train AI, case {n}." for n in range(9)]
    objects = ["content"] * 4 + ["personal", "inputs", "feedback", "public", "other"]
    changes = [
        change("introduced", now=finding("training_grant", line, {"train": "train"}, objects=(what,)))
        for line, what in zip(lines, objects, strict=True)
    ]
    empty.document(
        Document("Wavecrest", "Terms", (Page("https://wavecrest.example/terms"),)),
        [
            (text("Hello."), VersionKind.FIRST, NOW, {}),
            (text("\n".join(lines)), VersionKind.CHANGED, NOW, {}),
        ],
        events=[(1, 2, changes)],
    )
    publish(empty, tmp_path)
    card = " ".join(Markup((tmp_path / "index.html").read_text()).one("article").text.split())
    assert card.count("Wavecrest may now use what you upload to train AI.") == 1
    assert "your feedback to train AI. (worse for you)" in card and card.endswith("case 0.")
    assert "1 more" in card
    (event,) = empty.histories[0].events
    whole = Markup((tmp_path / f"changes/{event.id}.html").read_text())
    assert len(whole.all("article")) == 9
    assert {f"#change-{n}" for n in range(2, 10)} <= {e.attributes["href"] for e in whole.all("a")}
