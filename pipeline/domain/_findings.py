"""What lies between the page and the typed values: which form it is, and what stood at each field's place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.domain._document import Box, Doubt, MarkState, Page
from pipeline.domain._form_code import FormCode
from pipeline.domain._places import FieldRoom, SigningPlace


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognition:
    """One form found in a document, or pages that belong to none (``form`` None).

    ``region`` holds the pages with only this form's blocks; ``confidence`` is 0 to 1; ``reasons`` say which
    printed cues spoke for it; ``doubts`` make the reading a ``review``. ``municipality`` is a profile's key.
    ``code`` is the project's own code on the form, when it has one that the print doesn't contradict.
    """

    form: str | None
    version: str = ""
    confidence: float = 0.0
    municipality: str | None = None
    region: tuple[Page, ...] = ()
    reasons: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    code: FormCode | None = None

    @property
    def pages(self) -> tuple[int, ...]:
        """The 1-based numbers of its pages."""
        return tuple(page.number for page in self.region)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What stood at one field's place, before it is parsed.

    ``raw`` keeps line breaks. ``state`` is a tick box's; ``yes`` and ``no`` are those of a yes/no pair.
    ``inked``: something that may be a signature stands there. ``anchored`` is False when the page lacks the
    field's label. ``found_by`` names the place that yielded (provenance).
    """

    raw: str = ""
    state: MarkState | None = None
    yes: MarkState | None = None
    no: MarkState | None = None
    inked: bool = False
    rows: tuple[Mapping[str, Finding], ...] = ()
    page: int | None = None
    box: Box | None = None
    confidence: float = 1.0
    anchored: bool = True
    found_by: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """Every field of one form as found; ``doubts`` concern the page as a whole; ``signing``: where a scan may be signed;
    ``rooms``: where on a scan the values stand or would stand.
    """

    form: str
    fields: Mapping[str, Finding] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    signing: tuple[SigningPlace, ...] = ()
    rooms: tuple[FieldRoom, ...] = ()
