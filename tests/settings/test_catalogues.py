"""Catalogues, what is followed of them, and what operators change about single documents."""

import pytest

from watcher.model.source import Page


def keys(settings) -> list[str]:
    return [document.key for document in settings.documents]


def by_key(settings):
    return {document.key: document for document in settings.documents}


def test_a_catalogue_brings_its_documents_in_order(folder):
    settings = folder.load("catalogues: [own.yaml]")
    assert keys(settings) == [
        "wavecrest/terms-of-service",
        "wavecrest/terms-of-service.fr",
        "wavecrest/community-guidelines",
        "lumalia/terms-of-service",
    ]
    documents = by_key(settings)
    assert documents["wavecrest/terms-of-service.fr"].language == "fr"
    assert documents["lumalia/terms-of-service"].source == "unverified"
    assert documents["lumalia/terms-of-service"].groups == ("images", "tools")


def test_several_pages_are_one_document_and_share_what_they_do_not_say_themselves(folder):
    document = by_key(folder.load("catalogues: own.yaml"))["wavecrest/community-guidelines"]
    assert document.pages == (
        Page("https://wavecrest.example/rules", ("main",)),
        Page("https://wavecrest.example/rules/music", ("article",)),
    )


@pytest.mark.parametrize(
    ("follow", "expected"),
    [
        ("{groups: [music]}", {"wavecrest"}),
        ("{services: [lumalia]}", {"lumalia"}),
        ("{groups: images, services: Wavecrest}", {"wavecrest", "lumalia"}),
        ("{}", {"wavecrest", "lumalia"}),
    ],
)
def test_follow_takes_groups_and_services(folder, follow, expected):
    settings = folder.load(f"catalogues: [own.yaml]\nfollow: {follow}")
    assert {key.split("/")[0] for key in keys(settings)} == expected


def test_follow_takes_languages_on_top(folder):
    settings = folder.load("catalogues: [own.yaml]\nfollow: {groups: [music], languages: [fr]}")
    assert keys(settings) == ["wavecrest/terms-of-service.fr"]


def test_follow_names_only_what_is_there(folder):
    text = "catalogues: [own.yaml]\nfollow:\n  groups: [musik]\n  services: [Wavecrst]\n  languages: [de]"
    assert folder.mistakes(text) == [
        "config.yaml:3: follow.groups[0]: no document of the catalogues has the group 'musik' "
        "(did you mean 'music'?)",
        "config.yaml:4: follow.services[0]: no document of the catalogues has the service 'Wavecrst' "
        "(did you mean 'Wavecrest'?)",
        "config.yaml:5: follow.languages[0]: no document of the catalogues has the language 'de' "
        "(known: en, fr)",
    ]


def test_only_the_keys_given_replace_those_of_the_catalogue(folder):
    text = """\
    catalogues: [own.yaml]
    services:
      - name: wavecrest
        documents:
          - name: Terms of Service
            schedule: daily
            opt_out: https://wavecrest.example/settings
    """
    document = by_key(folder.load(text))["wavecrest/terms-of-service"]
    assert document.service == "Wavecrest"
    assert document.schedule == "daily"
    assert document.opt_out == "https://wavecrest.example/settings"
    assert document.pages == (Page("https://wavecrest.example/terms", ("main",), (".menu",)),)
    assert document.groups == ("music",)


def test_a_variant_is_changed_by_naming_it(folder):
    text = """\
    catalogues: [own.yaml]
    services:
      - name: Wavecrest
        documents:
          - {name: Terms of Service, variant: fr, select: .texte}
    """
    documents = by_key(folder.load(text))
    assert documents["wavecrest/terms-of-service.fr"].pages[0].select == (".texte",)
    assert documents["wavecrest/terms-of-service"].pages[0].select == ("main",)


def test_selectors_given_alone_hold_for_every_page(folder):
    text = """\
    catalogues: [own.yaml]
    services: [{name: Wavecrest, documents: [{name: Community Guidelines, select: [.rules]}]}]
    """
    pages = by_key(folder.load(text))["wavecrest/community-guidelines"].pages
    assert [page.select for page in pages] == [(".rules",), (".rules",)]


def test_a_new_address_replaces_all_pages_and_is_the_operators_own(folder, catalogue):
    catalogue(
        "services: [{name: W, verified: false, documents: [{name: T, pages: ['https://w.example/1']}]}]"
    )
    base = "catalogues: [shipped]\n"
    assert folder.load(base).documents[0].source == "unverified"
    moved = folder.load(base + "services: [{name: W, documents: [{name: T, url: 'https://w.example/2'}]}]")
    assert moved.documents[0].source == "operator"
    assert [page.url for page in moved.documents[0].pages] == ["https://w.example/2"]
    vouched = folder.load(base + "services: [{name: W, documents: [{name: T, verified: true}]}]")
    assert vouched.documents[0].source == "operator"
    assert [page.url for page in vouched.documents[0].pages] == ["https://w.example/1"]


def test_a_shipped_document_counts_as_the_catalogues(folder, catalogue):
    catalogue("services: [{name: W, documents: [{name: T, url: 'https://w.example/1'}]}]")
    text = "catalogues: [shipped]\nservices: [{name: W, documents: [{name: T, schedule: daily}]}]"
    assert folder.load(text).documents[0].source == "catalogue"


def test_a_document_or_a_whole_service_is_switched_off(folder):
    text = """\
    catalogues: [own.yaml]
    services:
      - {name: Lumalia, enabled: false}
      - {name: Wavecrest, documents: [{name: Community Guidelines, enabled: no}]}
    """
    assert keys(folder.load(text)) == ["wavecrest/terms-of-service", "wavecrest/terms-of-service.fr"]


def test_what_a_service_says_holds_for_all_its_documents(folder):
    text = "catalogues: [own.yaml]\nservices: [{name: Wavecrest, schedule: weekly, groups: [sound]}]"
    settings = folder.load(text)
    assert {document.schedule for document in settings.documents if document.service == "Wavecrest"} == {
        "weekly"
    }
    assert settings.documents[0].groups == ("sound",)
    assert settings.documents[-1].schedule == "every 6 hours"


def test_a_document_added_to_a_known_service_belongs_to_its_groups_and_is_watched_whatever_is_followed(
    folder,
):
    text = """\
    catalogues: [own.yaml]
    follow: {services: [Lumalia]}
    services: [{name: Wavecrest, documents: [{name: AI Terms, url: "https://wavecrest.example/ai"}]}]
    """
    settings = folder.load(text)
    assert keys(settings) == ["lumalia/terms-of-service", "wavecrest/ai-terms"]
    assert settings.documents[1].groups == ("music",)


def test_later_catalogues_change_and_add_to_earlier_ones(folder):
    folder.write(
        "more.yaml",
        """\
        services:
          - {name: Lumalia, documents: [{name: Terms of Service, select: [article]}]}
          - {name: Tonhafen, documents: [{name: AGB, language: de, url: "https://tonhafen.example/agb"}]}
        """,
    )
    settings = folder.load("catalogues: [own.yaml, more.yaml]")
    assert by_key(settings)["lumalia/terms-of-service"].pages[0].select == ("article",)
    assert keys(settings)[-1] == "tonhafen/agb"


def test_an_override_that_names_nothing_known_says_what_may_be_meant(folder):
    text = """\
    catalogues: [own.yaml]
    services:
      - name: Wavecrest
        documents:
          - {name: Terms of Servise, schedule: daily}
          - {name: Terms of Service, variant: de, schedule: daily}
          - {name: Zoo, enabled: false}
      - {name: Lumalie, enabled: false}
      - {name: Wavecrush, documents: [{name: Terms of Service, enabled: false}]}
    """
    mistakes = folder.mistakes(text)
    assert [each.split(": ", 2)[2] for each in mistakes] == [
        "no catalogue knows Wavecrest 'Terms of Servise' "
        "(did you mean 'Terms of Service'?; or give its `url` to add it)",
        "no catalogue knows Wavecrest 'Terms of Service' with the variant 'de' "
        "(its variants: none, fr; or give its `url` to add it)",
        "no catalogue knows Wavecrest 'Zoo' "
        "(known: Community Guidelines, Terms of Service; or give its `url` to add it)",
        "no catalogue knows a service 'Lumalie' (did you mean 'Lumalia'?)",
        "no catalogue knows Wavecrush 'Terms of Service' (did you mean 'Wavecrest'?; or give its `url` to add it)",
    ]
    assert [each.split(":")[1] for each in mistakes] == ["5", "6", "7", "8", "9"]


def test_the_same_document_twice_in_one_file_is_a_mistake_that_names_both_lines(folder):
    text = """\
    services:
      - name: Wavecrest
        documents:
          - {name: Terms, url: "https://wavecrest.example/a"}
          - {name: terms, url: "https://wavecrest.example/b"}
    """
    assert folder.mistakes(text) == [
        "config.yaml:5: services[0].documents[1].name: Wavecrest 'terms' stands twice, first in line 4 "
        "(give one of them a `variant`, or remove it)"
    ]


def test_mistakes_in_a_catalogue_name_its_own_file_and_line(folder):
    folder.write(
        "mine.yaml",
        "services:\n  - name: W\n    documents:\n      - {name: T, url: w.example, langauge: de}\n",
    )
    mistakes = folder.mistakes("catalogues: [mine.yaml]\ndata: 1")
    assert [each.split(": ")[0] for each in mistakes] == ["config.yaml:2", "mine.yaml:4", "mine.yaml:4"]
    folder.write("mine.yaml", "services:\n- [")
    assert folder.mistakes("catalogues: [mine.yaml]")[0].startswith("mine.yaml:3: is not YAML")


def test_a_broken_entry_raises_no_further_alarm_about_what_it_would_have_brought(folder):
    text = """\
    follow: {services: [Tonhafen]}
    services:
      - name: Tonhafen
        documents: [{name: AGB, url: tonhafen.example}]
    """
    assert len(folder.mistakes(text)) == 1


def test_when_all_is_switched_off_there_is_nothing_to_watch(folder):
    text = "services: [{name: W, enabled: false, documents: [{name: T, url: 'https://w.example'}]}]"
    assert "there is no document to watch" in folder.mistakes(text)[0]
