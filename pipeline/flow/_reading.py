"""From a file to the forms in it: read, recognise, extract, check. No register, no inbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.checking import check
from pipeline.domain import Submission
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
    found = recognise(document, forms, names)
    submissions = [
        check(extract(document, recognition, spec), recognition, document, spec, today=today, towns=towns)
        for recognition in found
        for spec in [forms.spec(recognition)]
    ]
    return tuple(replace(s, source=source) for s in submissions)
