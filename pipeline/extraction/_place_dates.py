"""A place and a date that stand in one entry: «Brekstad, 3.3.2027»."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.domain import Finding
from pipeline.extraction._atoms import Atom
from pipeline.extraction._heights import box_of_line

_PLACE_DATE = re.compile(
    r"""(?P<place>.*?)[\s,.:]*(?:\bd[ecoaø]n\s*)?(?P<date>
        \d{1,2}\s?[./\-]{1,2}\s?\d{1,2}\s?[./\-]{1,2}\s?\d{2,4}\.?
      | \d{1,2}\s?\.?\s?(?!d[ecoaø]n\b)[^\W\d_]{3,9}\.?\s?\d{2,4}
      | \d{4}-\d{2}-\d{2}
      | \d{6} | \d{8}
    )\s*(?P<rest>.*)""",
    re.VERBOSE | re.DOTALL,
)
"""The word between them is «den», though a scan may have blurred its e."""
_BLURRED_DATE = re.compile(r"(?P<place>[^\d,]{2,}),\s*(?:d[ecoaø]n\s+)?(?P<date>\S{0,2}\d[^,]{3,})")
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
    rest = match["rest"].strip(" ,.-–—_")
    place = match["place"].strip(" ,.:")
    return (place or rest, match["date"]) if not (place and rest) else (place, f"{match['date']} {rest}")


def parted_finding(finding: Finding, lines: list[list[Atom]]) -> tuple[Finding, Finding]:
    """Part what was found of a place and a date in one entry: each with its own words' box and confidence.

    What holds figures, and what stands between such words, is the date; where one word holds all, both have its box.
    """
    town, day = split_place_date(finding.raw)
    words = [atom for line in lines for atom in line if atom.written]
    figures = [at for at, atom in enumerate(words) if any(map(str.isdigit, atom.text))]
    dates = words[figures[0] : figures[-1] + 1] if figures else []
    rest = words[: figures[0]] + words[figures[-1] + 1 :] if figures else []
    if not (town and day) or not any(atom.key for atom in rest):
        return replace(finding, raw=town), replace(finding, raw=day)
    return _of(finding, town, rest), _of(finding, day, dates)


def _of(finding: Finding, raw: str, words: list[Atom]) -> Finding:
    sure = min(atom.confidence for atom in words)
    return replace(finding, raw=raw, box=box_of_line(words) or finding.box, confidence=sure)
