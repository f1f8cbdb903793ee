"""Answers about made-up platforms, for the description of the API; a test keeps them like the real ones."""

from typing import Any

_SITE = "https://watcher.example"
_API = f"{_SITE}/api/v1"
_QUOTE = "We may use what you upload to train artificial intelligence models."
_OLD, _NEW = "3f" * 32, "b7" * 32
_EVENT, _CLAUSE = "9c41d0e2a7b35f86", "5d0c1e77a9b24f13"

_SERVICE = {
    "id": "wavecrest",
    "url": f"{_API}/services/wavecrest",
    "page": f"{_SITE}/services/wavecrest.html",
    "name": "Wavecrest",
}
_DOCUMENT = {
    "id": "wavecrest/terms-of-use",
    "url": f"{_API}/documents/wavecrest/terms-of-use",
    "page": f"{_SITE}/documents/wavecrest--terms-of-use.html",
    "service": "Wavecrest",
    "name": "Terms of Use",
    "title": "Wavecrest Terms of Use",
}


def _version(number: int, text: str) -> dict[str, Any]:
    return {
        "id": f"wavecrest/terms-of-use/{number}",
        "url": f"{_API}/documents/wavecrest/terms-of-use/versions/{number}",
        "page": f"{_SITE}/documents/wavecrest--terms-of-use/v{number}.html",
        "number": number,
        "text": text,
    }


_READING: dict[str, Any] = {
    "category": "training_grant",
    "severity": "critical",
    "rule": "en-training-grant-1",
    "pack": "ai-en 3",
    "actor": "provider",
    "polarity": "permitted",
    "conditions": [],
    "objects": ["content"],
    "purposes": ["generative"],
    "recipients": [],
    "certainty": 1.0,
    "clause": _CLAUSE,
    "language": "en",
    "quote": _QUOTE,
    "context": "",
    "cues": [{"start": 30, "end": 35, "label": "training"}],
}
_HERE = f"{_SITE}/documents/wavecrest--terms-of-use/v2.html#c-{_CLAUSE}"
_FINDING: dict[str, Any] = {
    "id": "wavecrest/terms-of-use/2/1",
    "url": f"{_API}/documents/wavecrest/terms-of-use/versions/2/findings/1",
    "page": _HERE,
    "document": _DOCUMENT,
    "version": _version(2, _NEW),
    "seen_at": "2026-03-14T06:00:00Z",
    "current": True,
    **_READING,
}
_DATES = {
    "since": "2026-03-14T06:00:00Z",
    "first_seen": "2026-03-14T06:00:00Z",
    "category_since": "2026-03-14T06:00:00Z",
}

EXAMPLES: dict[str, Any] = {
    "Service": {
        **_SERVICE,
        "groups": ["music"],
        "documents": 2,
        "documents_url": f"{_API}/services/wavecrest/documents",
        "feed": f"{_SITE}/feeds/services/wavecrest.atom",
    },
    "Finding": _FINDING,
    "StandingFinding": {**_FINDING, **_DATES},
    "Change": {
        "id": f"{_EVENT}-1",
        "url": f"{_API}/changes/{_EVENT}-1",
        "page": f"{_SITE}/changes/{_EVENT}.html",
        "event": _EVENT,
        "document": _DOCUMENT,
        "seen_at": "2026-03-14T06:00:00Z",
        "updated_at": "2026-03-14T06:00:00Z",
        "old": _version(1, _OLD),
        "new": _version(2, _NEW),
        "category": "training_grant",
        "change": "introduced",
        "matters": True,
        "severity": "critical",
        "tone": "harm",
        "headline": "Wavecrest may now use what you upload to train AI.",
        "rule": "en-training-grant-1",
        "pack": "ai-en 3",
        "language": "en",
        "quote": _QUOTE,
        "previous": None,
        "reasons": [],
        "now": _READING,
        "before": None,
        "evidence": f"{_SITE}/changes/{_EVENT}/evidence.zip",
        "withdrawn": None,
    },
    "Status": {
        **_SERVICE,
        "groups": ["music"],
        "read": True,
        "says": [
            {
                "category": "training_grant",
                "stance": "permits",
                "tone": "harm",
                "polarity": "permitted",
                "document": _DOCUMENT,
                "version": 2,
                "findings": 1,
                "category_since": "2026-03-14T06:00:00Z",
                "since": "2026-03-14T06:00:00Z",
                "clause": _CLAUSE,
                "clause_page": _HERE,
            }
        ],
    },
    "FoundClause": {
        "id": f"wavecrest/terms-of-use/{_CLAUSE}",
        "url": f"{_API}/documents/wavecrest/terms-of-use/versions/2/text",
        "page": _HERE,
        "document": _DOCUMENT,
        "clause": _CLAUSE,
        "path": ["What you upload"],
        "text": _QUOTE,
        "first_seen": "2026-03-14T06:00:00Z",
        "stands": True,
        "stays": [{"version": 2, "since": "2026-03-14T06:00:00Z", "until": None}],
    },
    "Problem": {
        "type": f"{_SITE}/api#wrong-parameter",
        "title": "This cannot be done as asked",
        "status": 400,
        "detail": "since: A date looks like 2026-03-14.",
        "instance": "/api/v1/changes",
        "errors": [{"parameter": "since", "detail": "A date looks like 2026-03-14."}],
    },
}
