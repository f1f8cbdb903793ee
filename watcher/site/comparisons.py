"""Two versions clause by clause: of an event, with what it means, or of any two; and a version's whole text."""

from watcher.model.alert import Event
from watcher.model.comparison import Comparison
from watcher.model.finding import Finding
from watcher.model.standing import Says
from watcher.model.version import Version
from watcher.site.health import unjudged
from watcher.site.library import Asked, Room
from watcher.site.paths import change_page, document_page, service_page, versions_page
from watcher.site.rows import Findings, by_clause, table, whole
from watcher.site.story import Story, noted, story


def change(room: Room, asked: Asked, event: str) -> str | None:
    """An event: what happened, what it means, why it was flagged, and both versions clause by clause."""
    found = room.library.event(event)
    if found is None or not found.changes:
        return None
    versions = {version.number: version for version in room.library.versions(found.document.key)}
    comparison = room.tools.compare(room.tools.text_of(found.old_text), room.tools.text_of(found.new_text))
    told = story(found, asked.voice, room.tools, comparison)
    return _compared(room, asked, versions[found.old], versions[found.new], comparison, found, told)


def versions(room: Room, asked: Asked, folder: str, old: str, new: str) -> str | None:
    """Any two versions of a document; the digests in the address must be those of the versions."""
    key = folder.replace("--", "/", 1)
    by_number = {version.number: version for version in room.library.versions(key)}
    before, after = by_number.get(int(old)), by_number.get(int(new))
    if before is None or after is None or versions_page(before, after) != asked.path:
        return None
    comparison = room.tools.compare(room.tools.text_of(before.text), room.tools.text_of(after.text))
    return _compared(room, asked, before, after, comparison, None, None)


def version(room: Room, asked: Asked, folder: str, number: str) -> str | None:
    """The whole text of a version, with what its clauses say."""
    key = folder.replace("--", "/", 1)
    document = room.library.documents().get(key)
    by_number = {version.number: version for version in room.library.versions(key)}
    found = by_number.get(int(number))
    if document is None or found is None:
        return None
    text = room.tools.text_of(found.text)
    says = room.library.says(found.text)
    return room.print(
        asked,
        "version.html",
        document=document,
        service=service_page(document.service),
        home=document_page(key),
        version=found,
        before=by_number.get(found.number - 1),
        after=by_number.get(found.number + 1),
        text=text,
        read=says is not None,
        silent=says is not None and not says.findings,
        unjudged=unjudged(asked.voice, says.unjudged) if says and says.unjudged else "",
        table=whole(text, _standing(room, key, says)),
        language=_language(text.language, document.language),
    )


def _compared(
    room: Room,
    asked: Asked,
    old: Version,
    new: Version,
    comparison: Comparison,
    event: Event | None,
    told: Story | None,
) -> str | None:
    document = room.library.documents().get(old.document)
    if document is None:
        return None
    says, said = (room.library.says(text.digest) for text in (comparison.new, comparison.old))
    laid = table(
        comparison,
        noted(event) if event else None,
        says=_standing(room, document.key, says),
        said=_standing(room, document.key, said),
    )
    other = room.library.event_between(old.document, old.number, new.number) if event is None else None
    return room.print(
        asked,
        "change.html" if told else "versions.html",
        document=document,
        service=service_page(document.service),
        home=document_page(document.key),
        old=old,
        new=new,
        event=change_page(other) if other else "",
        untold=room.library.count_changes(event.id) - len(told.told) if event and told else 0,
        withdrawn=room.library.withdrawn(event.id) if event else (),
        pair=versions_page(old, new),
        story=told,
        table=laid,
        rules=", ".join(dict.fromkeys(one.rules for one in (said, says) if one is not None)),
        language=_language(comparison.new.language, comparison.old.language, document.language),
        drafts=((old, comparison.old), (new, comparison.new)),
    )


def _standing(room: Room, document: str, says: Says | None) -> Findings:
    """What a text says, without readings that were withdrawn."""
    withdrawn = room.library.ledger().withdrawn
    findings: tuple[Finding, ...] = says.findings if says else ()
    return by_clause(one for one in findings if (document, one.clause, one.category) not in withdrawn)


def _language(*wanted: str) -> str:
    """BCP 47 has "und" for an unknown language; in HTML an empty `lang` says so."""
    return next((language for language in wanted if language and language != "und"), "")
