"""One call draws one filled form; the same form, carrier and seed always give the same file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.generated.lay_notification import need_notification
from tests.generated.lay_others import group_consent, needs_checklist, stakeholder_map
from tests.generated.lay_own_forms import (
    closure_notice,
    collaboration_consent,
    consent_withdrawal,
    coordinator_designation,
    service_request,
    team_evaluation,
)
from tests.generated.lay_report import group_report
from tests.generated.page import Block, Style, style
from tests.generated.pdf import PdfDrawing
from tests.generated.truth import fill
from tests.generated.word import WordDrawing
from tests.generated.written import Filled, Filling

CARRIERS = ("docx", "pdf-fields", "pdf-text")
SUFFIXES = {"docx": ".docx", "pdf-fields": ".pdf", "pdf-text": ".pdf"}
EMOJI = {"docx": "😀", "pdf-fields": "☺", "pdf-text": "☺"}
LAYOUTS: dict[str, Callable[[Style, Filling], list[Block]]] = {
    "need-notification": need_notification,
    "group-report": group_report,
    "needs-checklist": needs_checklist,
    "stakeholder-map": stakeholder_map,
    "group-consent": group_consent,
    "collaboration-consent": collaboration_consent,
    "consent-withdrawal": consent_withdrawal,
    "coordinator-designation": coordinator_designation,
    "closure-notice": closure_notice,
    "service-request": service_request,
    "team-evaluation": team_evaluation,
}


def generate(
    form: str,
    carrier: str,
    seed: int,
    folder: Path,
    *,
    alter: Callable[[Filling], None] | None = None,
    name: str = "",
) -> Filled:
    """Draws `form` filled in at random as `carrier` into `folder`; `alter` may change the filling first."""
    rng = Random(f"{form}/{carrier}/{seed}")
    filling = fill(form, rng, emoji=EMOJI[carrier])
    if alter:
        alter(filling)
    drawn = style(rng)
    drawn.exclusive = alter is None
    blocks = LAYOUTS[form](drawn, filling)
    path = folder / f"{name or form}-{carrier}-{seed:04}{SUFFIXES[carrier]}"
    put(blocks, drawn, rng, carrier, path)
    return Filled(
        path=path,
        form=form,
        carrier=carrier,
        seed=seed,
        truth=filling.truth,
        problems=filling.problems,
        notes=drawn.notes,
    )


def put(blocks: list[Block], drawn: Style, rng: Random, carrier: str, path: Path) -> None:
    """Writes laid-out blocks to `path` as `carrier`."""
    if carrier == "docx":
        WordDrawing(drawn, rng).save(blocks, path)
    else:
        PdfDrawing(drawn, rng, fields=carrier == "pdf-fields").save(blocks, path)
