"""A place and a date that stand in one entry: «Brekstad, 3.3.2027»."""

from __future__ import annotations

import re

_PLACE_DATE = re.compile(
    r"""(?P<place>.*?)[\s,.:]*(?:\bd[ecoaø]n\s+)?(?P<date>
        \d{1,2}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{2,4}\.?
      | \d{1,2}\s?\.?\s?[^\W\d_]{3,9}\.?\s?\d{2,4}
      | \d{4}-\d{2}-\d{2}
      | \d{6} | \d{8}
    )\s*(?P<rest>.*)""",
    re.VERBOSE | re.DOTALL,
)
"""The word between them is «den», though a scan may have blurred its e."""
_BLURRED_DATE = re.compile(r"(?P<place>[^\d,]{2,}),\s*(?:d[ecoaø]n\s+)?(?P<date>\d[\d\s./\-]{3,}\S*)")
"""A place, a comma, and figures that are no date: a scan took the strokes between them for figures."""


def split_place_date(text: str) -> tuple[str, str]:
    """Part «Brekstad, 3.3.2027»: the place, and the date as it stood; no date leaves all as the place."""
    flat = " ".join(text.split())
    match = _PLACE_DATE.search(flat)
    if match is None:
        blurred = _BLURRED_DATE.fullmatch(flat)
        if blurred is not None:
            return blurred["place"].strip(" ,.:"), blurred["date"]
        return (flat, "") if not any(c.isdigit() for c in flat) else ("", flat)
    rest = match["rest"].strip(" ,.")
    place = match["place"].strip(" ,.:")
    return (place or rest, match["date"]) if not (place and rest) else (place, f"{match['date']} {rest}")
