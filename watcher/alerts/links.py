"""Addresses that stand in mails: pages of the site, and signed ones that let a reader change or end what she gets."""

from dataclasses import dataclass

from watcher.model.alert import Subscriber
from watcher.model.reader import Request
from watcher.signing import Signer


@dataclass(frozen=True, slots=True)
class Links:
    """Every address is empty where the site is not on the web (no `base_url`), so that no mail shows a dead link."""

    base_url: str
    signer: Signer

    def page(self, path: str, language: str = "en") -> str:
        """A page of the site; English stands at its root, every other language in a folder of its own."""
        if not self.base_url:
            return ""
        folder = "" if language == "en" else f"{language}/"
        return f"{self.base_url.rstrip('/')}/{folder}{path}"

    def change(self, event: str, language: str) -> str:
        """The full comparison of an event, by its id."""
        return self.page(f"changes/{event}.html", language)

    def text(self, digest: str) -> str:
        """The whole text of a version as it was kept, by its digest; one file for all languages."""
        return self.page(f"texts/{digest}.txt")

    def method(self, language: str) -> str:
        """How it works, and how often it is right."""
        return self.page("method.html", language)

    def wrong(self, event: str, language: str) -> str:
        """Where a reader says that a reading is wrong."""
        return self.page(f"wrong?change={event}", language)

    def confirm(self, request: Request) -> str:
        """Where the mailbox says yes to a subscription that was asked for."""
        token = self.signer.sign("confirm", {"id": request.id})
        return self.page(f"confirm/{token}", request.wishes.language)

    def subscribe(self, language: str) -> str:
        """Where anybody subscribes."""
        return self.page("subscribe", language)

    def preferences(self, subscriber: Subscriber) -> str:
        """Where this subscriber changes or deletes everything."""
        return self._signed("preferences", subscriber)

    def unsubscribe(self, subscriber: Subscriber) -> str:
        """Where a POST ends the subscription at once and a GET shows a button (RFC 8058)."""
        return self._signed("unsubscribe", subscriber)

    def _signed(self, purpose: str, subscriber: Subscriber) -> str:
        if not self.base_url:
            return ""
        token = self.signer.sign(purpose, {"id": subscriber.id})
        return self.page(f"{purpose}/{token}", subscriber.language)
