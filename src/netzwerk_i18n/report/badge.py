"""A badge as an SVG file: a language's name, and how much of it is published.

The image loads nothing. Every text says its own length, so that it fits its box in whatever font is there.
"""

from html import escape
from pathlib import Path
from unicodedata import east_asian_width

from netzwerk_i18n.catalog import write_bytes_atomically
from netzwerk_i18n.errors import OutputError
from netzwerk_i18n.report.status_grid import language_name
from netzwerk_i18n.report.text import one_line, whole_percent
from netzwerk_i18n.status import Status

BADGE_MARK = "<!-- netzwerk-i18n badge -->"
"""How a badge's file is known for one of ours."""

_HEIGHT = 20
_SIZE = 11
_GAP = 6  # pixels beside a text
_LEFT = "#4a4f57"

_WIDTHS = {
    # Verdana's advance widths (DejaVu Sans's are nearly these), in thousandths of the font's size.
    **dict.fromkeys("ijl", 274),
    **dict.fromkeys(" fIt.,:;!'()[]-", 400),
    **dict.fromkeys("r", 427),
    **dict.fromkeys("Jcsz", 525),
    **dict.fromkeys("Lkvxya", 598),
    **dict.fromkeys("Febdghnopqu0123456789", 630),
    **dict.fromkeys("ABCEKPRSTVXYZ", 688),
    **dict.fromkeys("DGHNOQU", 775),
    **dict.fromkeys("Mw", 835),
    **dict.fromkeys("mW%", 1000),
}
_OTHER = 650
_WIDE = 1000


def badges(status: Status) -> dict[str, str]:
    """A badge for each locale of a status, by its file's name."""
    return {
        f"{name}.svg": badge(language_name(name), locale.total.coverage)
        for name, locale in status.locales.items()
    }


def write_badges(status: Status, folder: Path) -> tuple[int, int]:
    """Write a badge for each locale into a folder; how many they are, and how many of them are new or changed.

    Raises:
        OutputError: if a file of that name is there and no badge, or cannot be written.
    """
    made = badges(status)
    if folder.exists() and not folder.is_dir():
        raise OutputError("is no folder", str(folder), remedy="name a folder for the badges")
    for name in made:
        file = folder / name
        if file.exists() and (not file.is_file() or BADGE_MARK.encode() not in file.read_bytes()):
            raise OutputError("is no badge of ours", str(file), remedy="move it away")
    changed = [
        write_bytes_atomically(folder / name, text.encode(), durable=False) for name, text in made.items()
    ]
    return len(made), sum(changed)


def badge(label: str, coverage: float) -> str:
    """A badge for `coverage` (from 0 to 1); its text is white on colours with a contrast of 4.5 to 1 or more."""
    label = one_line(label, width=40)
    value = f"{whole_percent(coverage)} %"
    left, right = text_width(label), text_width(value)
    split, whole = left + 2 * _GAP, left + right + 4 * _GAP
    said = escape(f"{label}: {value} translated")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{_HEIGHT}" role="img" aria-label="{said}">\n'
        f"{BADGE_MARK}\n<title>{said}</title>\n"
        f'<clipPath id="r"><rect width="{whole}" height="{_HEIGHT}" rx="3"/></clipPath>\n'
        f'<g clip-path="url(#r)"><rect width="{split}" height="{_HEIGHT}" fill="{_LEFT}"/>'
        f'<rect x="{split}" width="{whole - split}" height="{_HEIGHT}" fill="{colour(coverage)}"/></g>\n'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="{_SIZE}">'
        f'<text x="{_GAP}" y="14" textLength="{left}">{escape(label)}</text>'
        f'<text x="{split + _GAP}" y="14" textLength="{right}">{escape(value)}</text></g>\n</svg>\n'
    )


def colour(coverage: float) -> str:
    """The colour of a coverage: green for all, over yellow to red.

    >>> colour(1.0), colour(0.0)
    ('#2a7a3b', '#b3352a')
    """
    steps = ((1.0, "#2a7a3b"), (0.8, "#4b7a1f"), (0.5, "#8a6a00"), (0.25, "#a85412"))
    return next((found for least, found in steps if coverage >= least), "#b3352a")


def text_width(text: str) -> int:
    """The width of a text in pixels, in Verdana of 11 pixels."""
    wide = {"W", "F"}
    units = sum(_WIDE if east_asian_width(c) in wide else _WIDTHS.get(c, _OTHER) for c in text)
    return round(units * _SIZE / 1000)
