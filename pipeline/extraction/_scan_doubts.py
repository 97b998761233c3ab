"""What a scan may have lost of a value, told from the form's other fields: such a field is doubted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.domain import Doubt, Finding, Page
from pipeline.extraction._answers import ROW_BOXED, ROW_EMPTY
from pipeline.extraction._inside import LABEL_INSIDE
from pipeline.extraction._ticks import NO_BOX
from pipeline.forms import FormSpec, Kind

SINGLE = Doubt(code="unclear-text", text="Det mangler kanskje et anførselstegn eller en parentes i teksten.")
GONE = Doubt(code="worn-page", text="Siden er skannet så svakt at det som sto her, kan være borte.")
_QUOTES = frozenset('"“”„«»″')
_LABEL = re.compile(r"^[^\W\d][^\d:]*:", re.MULTILINE)
"""A line that begins as labels are printed."""


def doubted_as_scanned(
    fields: dict[str, Finding], spec: FormSpec, region: Sequence[Page]
) -> dict[str, Finding]:
    """The fields of a scanned form, those doubted that may lack something; one that is doubted already stays as it is."""
    worn = {page.number for page in region if page.worn}
    kinds = {one.id: one.kind for one in spec.fields}
    long = {one.id for one in spec.fields if one.long}
    boxed = any(one.found_by == ROW_BOXED for one in fields.values())
    lost = any(not one.anchored for one in fields.values())
    out = dict(fields)
    for name, found in fields.items():
        doubt: Doubt | None = None
        if found.page in worn and _may_lack(found):
            doubt = GONE
        elif boxed and kinds[name] is Kind.YES_NO and found.anchored and _is_unmarked(found):
            doubt = NO_BOX
        elif lost and name not in long and _LABEL.search(found.raw.partition("\n")[2]):
            doubt = LABEL_INSIDE
        elif _is_single(found):
            doubt = SINGLE
        if doubt is not None and not found.doubts:
            confidence = 0.0 if doubt is GONE else found.confidence
            out[name] = replace(found, doubts=(doubt,), confidence=confidence)
    return out


def _may_lack(found: Finding) -> bool:
    """Whether something that vanished may be missing: a box that was seen stays a box."""
    boxed = found.yes is not None or (found.state is not None and found.found_by != "no-box")
    return not (found.raw or found.inked or boxed) or bool(found.rows)


def _is_unmarked(found: Finding) -> bool:
    return found.found_by == ROW_EMPTY or (found.yes is None and found.no is None and not found.raw)


def _is_single(found: Finding) -> bool:
    """Whether a text has an odd number of quotation marks, or a bracket that opens and doesn't close."""
    texts = [cell.raw for row in found.rows for cell in row.values()] or [found.raw]
    return any(
        sum(char in _QUOTES for char in text) % 2 == 1 or text.count("(") > text.count(")") for text in texts
    )
