"""From a file to the forms in it: read, recognise, extract, check. No register, no inbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pipeline.checking import check, unread
from pipeline.domain import Document, Recognition, Submission
from pipeline.extraction import extract
from pipeline.forms import Forms
from pipeline.reading import read
from pipeline.recognition import recognise
from pipeline.values import PostTowns


def read_forms(
    path: Path, *, source: str, forms: Forms, names: Mapping[str, str], towns: PostTowns, today: date
) -> tuple[Submission, ...]:
    """Return every form in a file, in page order; what no form claims comes as ``form=None`` with its reason.

    ``names`` maps a municipality's printed name to its key. Raises UnreadableError, LockedError or OSError.
    """
    document = read(path, source=source)
    return tuple(_form(document, one, forms, towns, today) for one in recognise(document, forms, names))


def _form(document: Document, found: Recognition, forms: Forms, towns: PostTowns, today: date) -> Submission:
    if found.form is None:
        return unread(found, document)
    spec = forms.of(found.form, found.version)
    return check(extract(document, found, spec), found, document, spec, today=today, towns=towns)
