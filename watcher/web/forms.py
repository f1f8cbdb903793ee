"""What every form of the site has in common.

There is no login and no cookie, so no form needs a token against forged requests (CSRF): a foreign page that posts one
in a reader's name achieves nothing that its owner could not do from his own machine, and what a signed link allows
can only be posted by whoever knows that link.
"""

import re
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from watcher.site import language_of
from watcher.voice import Voice
from watcher.web.context import Site

# RFC 9110, section 9.3.2: whoever may GET a page may ask for its head alone.
READ = ["GET", "HEAD"]

# A field that nobody sees; only programs that fill in everything fill it in.
TRAP = "subject"

# Characters that steer a terminal or turn the reading direction, and line breaks where one line is meant.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


async def _form(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=1000)


Filled = Annotated[FormData, Depends(_form)]
"""The parameter by which a handler gets what was filled in."""


def line(form: FormData, name: str, most: int = 500) -> str:
    """A field of one line, without blanks around it; "" when it is absent."""
    return " ".join(text(form, name, most).split())


def text(form: FormData, name: str, most: int = 4000) -> str:
    """A field of several lines, without what could harm whoever reads it later."""
    value = form.get(name)
    if not isinstance(value, str):
        return ""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub("", value).encode("utf-8", "ignore").decode("utf-8").strip()[:most]


def chosen(form: FormData, name: str) -> tuple[str, ...]:
    """What was ticked, each once."""
    return tuple(dict.fromkeys(value for value in form.getlist(name) if isinstance(value, str)))


def trapped(form: FormData) -> bool:
    """Whether a program filled this in."""
    return bool(form.get(TRAP))


def network(request: Request) -> str:
    """Where a request comes from, as far as one reader or provider usually controls: /24 of IPv4, /48 of IPv6."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))


def tongue(request: Request) -> str:
    """The language of a page's address."""
    return language_of(request.url.path.lstrip("/"))[0]


def show(
    site: Site, request: Request, template: str, status: int = 200, *, private: bool = True, **context: object
) -> HTMLResponse:
    """A page at the address that was asked for, its query included, so that its twin in another language keeps it.

    What a `private` page shows is for one reader: no cache may keep it, no search engine list it.
    """
    language, path = language_of(request.url.path.lstrip("/"))
    asked = request.query_params.multi_items()
    html = site.frame.render(path, language, template, asked, trap=TRAP, **context)
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"} if private else {}
    return HTMLResponse(html, status_code=status, headers=headers)


def voice_of(request: Request) -> Voice:
    """The voice of a page's address."""
    return Voice.of(tongue(request))
