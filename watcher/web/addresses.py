"""Addresses that are nearly one of the site's: which of them lead somewhere, and which cannot be any."""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send


class Broken(BaseRoute):
    """Stands before all other routes and answers 404 to an address that ends in a line break.

    Starlette matches by patterns that end in `$`, which also matches before such a line break: `/search%0a` would be
    taken for `/search`.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Every method is refused alike."""
        there = scope["type"] == "http" and scope["path"].endswith("\n")
        return (Match.FULL if there else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises for the handler of failures, so that the reader gets a page, and a program a problem."""
        raise HTTPException(404)


def near(path: str) -> dict[str, str]:
    """What somebody may have meant who typed an address from memory, with the relative link that leads there.

    `changes` stands for the folder, `matrix` and `matrix/` for the page, `api/` for what has no slash at its end.
    """
    last = quote(path.rstrip("/").rpartition("/")[2])
    if not last:
        return {}
    if path.endswith("/"):
        bare = path.rstrip("/")
        return {bare: f"../{last}", f"{bare}.html": f"../{last}.html"}
    return {f"{path}/": f"{last}/", f"{path}.html": f"{last}.html"}
