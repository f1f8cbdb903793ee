"""The life of a clause: where it came from, how it was reworded from version to version, when it left."""

from watcher.model.life import Lineage, lineage
from watcher.site.library import Asked, Room
from watcher.site.paths import clause_page, document_page, service_page, version_page
from watcher.voice import stance

_ELSEWHERE = 50


def clause(room: Room, asked: Asked, folder: str, key: str) -> str | None:
    """Every wording that a clause had, and where else the same words stand."""
    document_key = folder.replace("--", "/", 1)
    document = room.library.documents().get(document_key)
    if document is None:
        return None
    versions = room.library.versions(document_key)
    found = lineage(versions, key, room.tools.text_of, room.tools.compare)
    if found is None:
        return None
    last = found.wordings[-1]
    says = room.library.says(last.version.text)
    mine = [one for one in says.findings if one.clause == last.clause.key] if says else []
    return room.print(
        asked,
        "clause.html",
        document=document,
        service=service_page(document.service),
        home=document_page(document_key),
        life=found,
        language=room.tools.text_of(last.version.text).language,
        findings=dict.fromkeys(
            (stance(asked.voice, one.category, one.polarity), asked.voice.category(one.category))
            for one in mine
        ),
        elsewhere=_elsewhere(room, document_key, found),
        version_page=version_page,
    )


def _elsewhere(room: Room, mine: str, life: Lineage) -> list[tuple[str, str]]:
    """Title and page of other documents in which the same words stand now or stood, where they are about AI."""
    ledger, documents = room.library.ledger(), room.library.documents()
    texts = {text for one in life.wordings for text in room.library.same_clause(one.clause.key)}
    keys = {step.document: step for step in ledger.steps if step.text in texts}
    wordings = [one.clause.key for one in life.wordings]
    found = []
    for key, step in sorted(keys.items()):
        if key == mine or key not in documents:
            continue
        entries = ledger.entries.get(step.text, ())
        shared = next((entry.clause for entry in entries if entry.clause in wordings), None)
        if shared:
            found.append((documents[key].title, clause_page(key, shared)))
    return found[:_ELSEWHERE]
