"""Style sheets written into the elements, because many mail programs drop `<style>`."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from css_inline import CSSInliner


_ALONE = re.compile(r'<style class="alone">.*?</style>\n', re.S)


def inlined(html: str) -> str:
    """The page with its rules as `style` attributes. Nothing is fetched.

    `<style data-css-inline="keep">` stays as well; `<style class="alone">` stays and is not written into elements.
    """
    # The library writes every sheet that it keeps into the elements too, so these stand aside meanwhile.
    alone = "".join(_ALONE.findall(html))
    return _inliner().inline(_ALONE.sub("", html)).replace("</head>", alone + "</head>", 1)


@cache
def _inliner() -> "CSSInliner":
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, minify_css=True)
