"""What an operator should hear at once, beside what subscribers are told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SightingKind = Literal["document_appeared", "document_moved", "document_gone", "page_moved"]

How = Literal["redirect", "canonical", "hub"]
"""How a page is known to stand at another address now: by a lasting redirect (301, 308), by what the page calls its
own address (RFC 6596), or because the hub links there."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A document that appeared on a hub, moved there or is gone, or a watched page that moved for good.

    `document` is the key of the hub, or of the document whose page moved. `concerns`: it seems to be about AI or
    content licences. `before` is the address before a move. `id` is 0 before it is kept.
    """

    kind: SightingKind
    service: str
    document: str
    title: str
    url: str
    at: datetime
    before: str = ""
    concerns: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A page of a document, by the address in the config, and where it stands now.

    `settled`: the document was seen there, and is asked for there; `tried`: a guess that proved wrong.
    """

    document: str
    url: str
    address: str
    how: How
    at: datetime
    settled: bool = False
    tried: bool = False
