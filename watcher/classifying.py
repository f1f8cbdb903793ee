"""Single clauses judged, as rule authors do."""

from typing import TYPE_CHECKING, Any

from watcher.read import detect_language

if TYPE_CHECKING:
    from watcher.assembly import Rules


def classify_row(row: dict[str, Any], rules: "Rules") -> dict[str, Any]:
    """The answer to one `{"id", "text", "context"?, "lang"?, "service"?}`; a bad row gets an `error`."""
    answer: dict[str, Any] = {"id": row.get("id"), "lang": row.get("lang"), "findings": []}
    if "error" in row:
        return answer | {"error": row["error"]}
    text, context = row.get("text"), row.get("context") or ""
    if not isinstance(text, str) or not isinstance(context, str):
        return answer | {"error": 'a row needs "text", and "context" must be text too'}
    language = row.get("lang") or language_of(text, context)
    classified = rules.bench.classify(
        text, context=context, language=language, service=str(row.get("service") or "")
    )
    answer |= {
        "lang": classified.language,
        "findings": [
            {
                "category": finding.category,
                "rule": finding.rule,
                "severity": finding.severity,
                "quote": finding.quote,
                "actor": finding.actor,
                "polarity": finding.polarity,
                "conditions": finding.conditions,
                "objects": finding.objects,
                "purposes": finding.purposes,
                "recipients": finding.recipients,
                "cues": [{"start": c.start, "end": c.end, "label": c.label} for c in finding.cues],
            }
            for finding in classified.findings
        ],
    }
    return answer | ({"unjudged": classified.unjudged} if classified.unjudged else {})


def language_of(text: str, context: str) -> str:
    """The language of a clause, with the help of what stands before it when it is short."""
    found = detect_language(text)
    return detect_language(f"{context} {text}") if found == "und" and context else found
