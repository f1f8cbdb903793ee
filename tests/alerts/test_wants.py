"""Who hears of what."""

from dataclasses import replace

import pytest

from tests.alerts.conftest import SEEN, WAVECREST, event, grant, promise_gone
from watcher.alerts import wants
from watcher.model.alert import Subscriber
from watcher.model.finding import Change, ChangeKind

ANN = Subscriber("ann@reader.example")


def heard(subscriber: Subscriber, *changes: Change) -> list[str]:
    return [change.category for change in wants(subscriber, event(*changes))]


def change(category: str, kind: ChangeKind = ChangeKind.INTRODUCED, severity: str = "medium") -> Change:
    return Change(category, kind, severity, "r", "quote", None, "en")


def test_without_limits_every_change_about_ai_is_heard_of():
    told, _ = grant()
    assert wants(ANN, told) == told.changes


def test_licences_and_other_packs_are_heard_of_only_when_asked_for():
    changes = [change("training_grant"), change("licence_perpetual"), change("arbitration")]
    assert heard(ANN, *changes) == ["training_grant"]
    assert heard(replace(ANN, categories=("licence_*", "arbitration")), *changes) == [
        "licence_perpetual",
        "arbitration",
    ]


def test_new_legal_documents_belong_to_what_everybody_hears_of_and_can_be_all_of_it():
    changes = [change("training_grant"), change("new_document"), change("licence_perpetual")]
    assert heard(ANN, *changes) == ["training_grant", "new_document"]
    assert heard(replace(ANN, categories=("new_document",)), *changes) == ["new_document"]
    assert heard(replace(ANN, categories=("training_grant",)), *changes) == ["training_grant"]


def test_new_words_of_the_same_meaning_are_never_mailed():
    assert heard(ANN, change("training_grant", ChangeKind.REWORDED, "critical")) == []


@pytest.mark.parametrize(("floor", "number"), [("low", 3), ("medium", 2), ("high", 1), ("critical", 0)])
def test_changes_below_the_wished_severity_are_left_out(floor, number):
    changes = [change("training_grant", severity=severity) for severity in ("low", "medium", "high")]
    assert len(heard(replace(ANN, severity=floor), *changes)) == number


@pytest.mark.parametrize(
    ("services", "groups", "hears"),
    [
        (("wavecrest",), (), True),
        (("Tonhafen",), (), False),
        ((), ("Music",), True),
        ((), ("video",), False),
        (("Tonhafen",), ("music",), True),
        (("Tonhafen",), ("video",), False),
    ],
)
def test_one_match_of_platform_or_group_is_enough(services, groups, hears):
    told, _ = promise_gone()
    assert bool(wants(replace(ANN, services=services, groups=groups), told)) is hears


def test_a_document_of_no_group_is_not_followed_through_groups():
    bare = event(change("training_grant"), document=replace(WAVECREST, groups=()))
    assert wants(replace(ANN, groups=("music",), since=SEEN), bare) == ()
