"""Style sheets written into the elements, because many mail programs drop `<style>`."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from css_inline import CSSInliner


def inlined(html: str) -> str:
    """The page with its rules as `style` attributes; `<style data-css-inline="keep">` stays. Nothing is fetched."""
    return _inliner().inline(html)


@cache
def _inliner() -> "CSSInliner":
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, minify_css=True)
