"""Cells of CSV files that people open in spreadsheets."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_cell(value: str) -> str:
    """Spreadsheets run what begins like a formula (OWASP, CSV injection); half surrogates cannot be written."""
    plain = value.encode("utf-8", "replace").decode()
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
