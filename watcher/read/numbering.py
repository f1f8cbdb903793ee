"""The numbers of ordered lists, as a browser would write them (HTML standard, 4.4.8 and the `type` attribute)."""

from bs4.element import Tag

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def marker(parent: Tag, item: Tag, at: int) -> str:
    """The number of the item at place `at` (from 0) of an `<ol>`: "3." or "c."; empty in other lists."""
    if parent.name != "ol" or "list-style-type:none" in str(parent.get("style") or "").replace(" ", ""):
        return ""
    number = _integer(item.get("value"))
    if number is None:
        number = (_integer(parent.get("start")) or 1) + at
    return f"{_written(number, str(item.get('type') or parent.get('type') or '1'))}."


def _written(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26 * 27:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord(kind) + rest) + letters
        return letters
    if kind in ("i", "I") and 1 <= number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman if kind == "i" else roman.upper()
    return str(number)


def _integer(value: object) -> int | None:
    try:
        return int(str(value)) if value is not None and len(str(value)) < 7 else None
    except ValueError:
        return None
