"""The shared colours can be read by people who see little, in light and in dark."""

import pytest

from watcher.voice import environment

GROUNDED = [
    ("text", "ground"), ("text", "page"), ("quiet", "ground"), ("quiet", "page"), ("accent", "ground"),
    ("accent", "page"), ("on_accent", "accent"), ("harm", "harm_ground"), ("protection", "protection_ground"),
    ("neutral", "neutral_ground"), ("text", "harm_ground"), ("text", "protection_ground"), ("text", "neutral_ground"),
    ("insert", "insert_ground"), ("delete", "delete_ground"), ("text", "insert_ground"), ("text", "delete_ground"),
]  # fmt: skip


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme):
    colours = getattr(environment("en").get_template("tokens.jinja").module, scheme)
    for ink, ground in GROUNDED:
        bright, dim = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 4.5, f"{ink} on {ground}"
