"""What the operator should hear, and where pages stand that moved."""

from dataclasses import replace
from datetime import UTC, datetime

from watcher.model.sighting import Move, Sighting

DAY = datetime(2026, 3, 10, tzinfo=UTC)


def test_sightings_are_kept_in_order_with_the_moves_that_they_tell_of(store):
    first = Sighting(
        "document_appeared", "Wavecrest", "wavecrest/legal-hub", "AI Terms", "https://w.example/ai", DAY
    )
    moved = replace(first, kind="page_moved", document="wavecrest/terms", before="https://w.example/t")
    move = Move(
        "wavecrest/terms", "https://w.example/t", "https://w.example/ai", "redirect", DAY, settled=True
    )
    store.moves.keep(move, [moved])
    store.moves.keep(
        Move("wavecrest/legal-hub", "https://w.example/x", "https://w.example/y", "hub", DAY), [first]
    )
    assert [one.kind for one in store.sightings.all()] == ["page_moved", "document_appeared"]
    assert [one.title for one in store.sightings.appeared("Wavecrest")] == ["AI Terms"]
    assert store.archive.addresses("wavecrest/terms") == {"https://w.example/t": "https://w.example/ai"}
    assert store.archive.addresses("wavecrest/legal-hub") == {}
    store.moves.forget(move)
    assert store.moves.of("wavecrest/terms") == ()
