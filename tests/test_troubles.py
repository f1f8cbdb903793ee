"""What readers and the operator hear of documents that cannot be read, once when it begins and once when it is over."""

from dataclasses import replace
from datetime import timedelta

from tests.telling import LUMALIA, PRIVACY, WAVECREST, House, change, document
from watcher.model.sighting import Move, Sighting

OTHER = "Our partners may train AI with your recordings."


def fails(home: House, document, reason: str = "bot-wall") -> None:
    home.store.archive.failed(document.key, at=home.clock(), reason=reason, detail="a check for robots")


def reads(home: House, document) -> None:
    pages = home.store.archive.pages(document.key)
    home.store.archive.unchanged(document.key, at=home.clock(), pages=pages, known=pages, fetched=[])


async def test_followers_of_a_platform_that_falls_silent_are_told_once_and_once_when_it_is_back(home: House):
    home.subscribe("anna", services=("Wavecrest",))
    home.subscribe("bruno", services=("Lumalia",))
    home.subscribe("carla", language="it", rhythm="weekly")
    for _ in range(9):
        home.clock.move(days=1)
        fails(home, WAVECREST)
        fails(home, PRIVACY)
        reads(home, LUMALIA)
        await home.tell()
    mails = home.come()
    assert sorted(mail["To"] for mail in mails) == ["anna@reader.example", "carla@reader.example"]
    assert {mail["Subject"] for mail in mails} == {
        "Wavecrest: we cannot read the terms",
        "Wavecrest: non riusciamo a leggere le condizioni",
    }
    home.subscribe("dora")
    reads(home, PRIVACY)
    home.clock.move(hours=1)
    await home.tell()
    back = home.come()
    assert sorted(mail["To"] for mail in back) == ["anna@reader.example", "carla@reader.example"]
    assert "Still unreadable: Wavecrest Terms of Use." in " ".join(
        next(mail for mail in back if mail["Content-Language"] == "en")
        .get_body(("plain",))
        .get_content()
        .split()
    )
    await home.tell()
    assert home.come() == []


async def test_a_platform_taken_out_of_the_config_while_silent_and_put_back_is_silent_anew(home: House):
    home.subscribe("anna", services=("Wavecrest",))
    watched = home.settings.documents
    for _ in range(8):
        home.clock.move(days=1)
        fails(home, WAVECREST)
        fails(home, PRIVACY)
        await home.tell()
    assert len(home.come()) == 1
    home.set(documents=(LUMALIA,))
    await home.tell()
    home.set(documents=watched)
    home.clock.move(hours=1)
    await home.tell()
    home.happens(LUMALIA, change())
    home.subscribe("bruno")
    home.happens(WAVECREST, change(OTHER))
    await home.tell()
    subjects = [mail["Subject"] for mail in home.come()]
    assert subjects.count("Wavecrest: we cannot read the terms") == 1
    assert (
        len(subjects) == 1 + 1 + 2
    )  # both changes to her who follows all, one of them to her who follows one


async def test_terms_that_cannot_be_read_are_told_though_robots_txt_can(home: House):
    robots = replace(document("Wavecrest", "robots.txt"), kind="robots")
    home.store.archive.remember([*home.settings.documents, robots])
    home.set(documents=(*home.settings.documents, robots))
    home.first(robots)
    home.subscribe("anna", services=("Wavecrest",))
    for _ in range(9):
        home.clock.move(days=1)
        for one in (WAVECREST, PRIVACY):
            fails(home, one)
        reads(home, robots)
        await home.tell()
    assert [mail["Subject"] for mail in home.come()] == ["Wavecrest: we cannot read the terms"]


async def test_a_platform_of_which_one_document_can_be_read_is_not_silent(home: House):
    home.subscribe("anna")
    for _ in range(9):
        home.clock.move(days=1)
        fails(home, WAVECREST)
        for one in (PRIVACY, LUMALIA):
            reads(home, one)
        await home.tell()
    assert home.come() == []


async def test_the_operator_is_told_of_each_cause_once_and_once_when_it_is_well_again(home: House):
    home.mail(operator="desk@watcher.example")
    for _ in range(6):
        home.clock.move(hours=12)
        fails(home, WAVECREST, "http-403")
        await home.tell()
    (note,) = home.come()
    assert note["To"] == "desk@watcher.example"
    assert note["Subject"] == "Watcher: 1 thing needs a look"
    assert note["List-Unsubscribe"] is None
    text = note.get_body(("plain",)).get_content()
    assert "Wavecrest Terms of Use" in text and "The server refuses us." in text
    for _ in range(4):
        home.clock.move(hours=12)
        fails(home, WAVECREST, "timeout")
        await home.tell()
    (other,) = home.come()
    assert "does not answer in time" in other.get_body(("plain",)).get_content()
    reads(home, WAVECREST)
    home.clock.move(days=1)
    await home.tell()
    (well,) = home.come()
    assert well["Subject"] == "Watcher: 1 is resolved"
    home.clock.move(days=1)
    await home.tell()
    assert home.come() == []


async def test_one_failure_that_passes_is_no_news_for_the_operator(home: House):
    home.mail(operator="desk@watcher.example")
    fails(home, WAVECREST, "timeout")
    await home.tell()
    home.clock.move(days=2)
    reads(home, WAVECREST)
    await home.tell()
    assert home.come() == []


async def test_the_operator_hears_at_once_of_what_waits_for_her(home: House):
    home.mail(operator="desk@watcher.example", operator_language="it")
    home.alerts(hold=timedelta(hours=2))
    home.subscribe("anna")
    fails(home, LUMALIA, "bot-wall")
    await home.tell()
    assert len(home.come()) == 1
    event = home.happens(WAVECREST, change())
    await home.tell()
    (note,) = home.come()
    text = note.get_body(("plain",)).get_content()
    assert f"watcher held release {event.id}" in text
    assert "AVVISI CHE ASPETTANO" in text
    await home.tell()
    assert home.come() == []


async def test_the_operator_hears_at_once_and_once_of_a_document_that_is_new_on_a_hub(home: House):
    home.mail(operator="desk@watcher.example")
    await home.tell()
    home.come()
    new = Sighting(
        "document_appeared",
        "Wavecrest",
        "wavecrest/legal-hub",
        "AI Training Terms",
        "https://wavecrest.example/ai",
        home.clock(),
    )
    move = Move("wavecrest/terms-of-use", "https://w.example/a", "https://w.example/b", "hub", home.clock())
    home.store.moves.keep(move, [new])
    home.clock.move(minutes=5)
    await home.tell()
    (note,) = home.come()
    body = note.get_body(("plain",)).get_content()
    assert "NEWS FROM LISTS OF LEGAL DOCUMENTS" in body
    assert "Wavecrest: AI Training Terms" in body
    assert 'watcher suggest --service "Wavecrest"' in body
    home.clock.move(days=2)
    await home.tell()
    assert home.come() == []
