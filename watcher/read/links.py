"""Link targets that stay the same from visit to visit: absolute, without tracking, session ids or nonces."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit, urlunsplit

_NOISE = re.compile(
    r"""^(?:utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid
    |_ga|_gl|_hs(?:enc|mi)|mkt_tok|vero_id|oly_(?:anon|enc)_id|__cft__.*|__tn__|__xts__.*|_rdr|ref_src|ref_url
    |(?:php|asp|j)?sess(?:ion)?_?id|sid|cfid|cftoken|s_cid|cid|nonce|_?csrf(?:_?token)?|xsrf|_?token|state
    |timestamp|ts|_t|cache_?bust(?:er)?|rand(?:om)?|trk|trackingid|wt\.mc_id|icid|intcmp|spm|scm)$""",
    re.I | re.X,
)
_REDIRECTOR = re.compile(r"/(?:l\.php|url|redirect|redir|away(?:\.php)?|out|link|leave)/?$", re.I)
_SESSION_PATH = re.compile(r";(?:jsessionid|sid|phpsessid)=[^/?#]*", re.I)
_EMAIL_PATH = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]+)$", re.I)


@lru_cache(maxsize=4096)
def clean_link(href: str, base: str) -> str:
    """`href` absolute against `base`, or empty when it leads nowhere (scripts, data, broken addresses)."""
    href = re.sub(r"[\t\n\r]", "", href).strip()
    if not href or href.lower().startswith(("javascript:", "data:", "blob:", "about:", "vbscript:")):
        return ""
    obfuscated = _EMAIL_PATH.search(href)
    if obfuscated:
        address = decode_email(obfuscated[1])
        return f"mailto:{address}" if address else ""
    try:
        parts = urlsplit(urljoin(base, href))
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return parts.geturl() if parts.scheme in ("mailto", "tel", "ftp") else ("" if parts.scheme else href)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if _REDIRECTOR.search(parts.path):
        for key, value in query:
            if key.lower() in ("u", "url", "q", "to", "target", "dest") and value.startswith(
                ("http://", "https://")
            ):
                return clean_link(value, base)
    kept = [(key, value) for key, value in query if not _NOISE.match(key)]
    text = parts.query if len(kept) == len(query) else urlencode(kept)
    return urlunsplit(
        (parts.scheme, parts.netloc, _SESSION_PATH.sub("", parts.path), text, _fragment(parts.fragment))
    )


def decode_email(code: str) -> str:
    """The address behind Cloudflare's e-mail obfuscation: hexadecimal, XORed with its first byte; empty if broken."""
    try:
        key, *rest = bytes.fromhex(code)
        return bytes(byte ^ key for byte in rest).decode("utf-8")
    except ValueError:
        return ""


def _fragment(fragment: str) -> str:
    # A text fragment (#:~:text=) repeats words of the page and changes with them.
    return unquote(fragment.split(":~:", 1)[0]) if ":~:" in fragment else fragment
