"""Labels that were found inside another field's value."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.domain import Doubt, Finding
from pipeline.forms import FormSpec, Kind

LABEL_INSIDE = Doubt(code="label-as-value", text="Ledeteksten til et annet felt står inne i verdien.")
TEXTS = (
    Kind.TEXT,
    Kind.PERSON,
    Kind.DATE,
    Kind.BIRTH_DATE,
    Kind.PLACE,
    Kind.TOWN,
    Kind.PHONE,
    Kind.EMAIL,
    Kind.CONTACT,
)


def part_labels_inside(spec: FormSpec, fields: dict[str, Finding]) -> dict[str, Finding]:
    """A field whose label wasn't found where labels stand, but inside another's value: both go to a person."""
    for one in spec.fields:
        if fields[one.id].anchored or one.kind not in TEXTS:
            continue
        place = one.places[0]
        for other in spec.fields:
            same = other is not one and other.kind in TEXTS and not other.long
            if not same or other.places[0].within != place.within or not fields[other.id].raw:
                continue
            parts = _parted(fields[other.id].raw, place.texts)
            if parts is not None:
                holder = fields[other.id]
                fields[other.id] = replace(holder, raw=parts[0], doubts=(*holder.doubts, LABEL_INSIDE))
                fields[one.id] = replace(holder, raw=parts[1], doubts=(LABEL_INSIDE,))
                break
    return fields


def _parted(raw: str, texts: tuple[str, ...]) -> tuple[str, str] | None:
    for text in texts:
        match = re.search(rf"(?<!\S){re.escape(text)}(?=[\s:.])[:.]*", raw)
        if match is not None and len(text) > 3:
            return raw[: match.start()].strip(), raw[match.end() :].strip()
    return None
