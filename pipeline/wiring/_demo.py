"""``demo``: the main job on the sample forms, in a home of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import flow
from pipeline.domain import Measure
from pipeline.flow import Desk
from pipeline.settings import load_settings
from pipeline.wiring._desks import open_desk, runner
from pipeline.wiring._homes import make_home, shipped

Listing = tuple[str, Mapping[str, str], list[Mapping[str, object]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What the demo has to show: titled tables (columns, rows), and the home they lie in."""

    home: Path
    tables: tuple[Listing, ...]


def play_demo() -> Shown:
    """Make a temporary home, drop the sample forms into its inbox, and run to the end."""
    home = Path(tempfile.mkdtemp(prefix="skjemaflyt-demo-"))
    make_home(home)
    samples = shipped() / "templates" / "forms" / "samples"
    inbox = load_settings(home).inbox
    forms = sorted(f for f in samples.iterdir() if f.suffix in {".docx", ".pdf"})
    with open_desk(home, working=True) as desk:
        flow.import_staff(desk, shipped() / "templates" / "staff-example.csv", municipality="")
        running = runner(desk)
        shutil.copy(forms[0], inbox)
        running.once()
        _appoint(desk)
        for form in forms[1:]:
            shutil.copy(form, inbox)
        running.once()
        return Shown(
            home=home,
            tables=(
                ("Dette kom inn", CAME, list(flow.document_rows(desk))),
                ("Dette ble lest inn i registeret", READ, [_short(r) for r in flow.case_rows(desk)]),
                ("Dette venter på et menneske", WAITS, list(flow.review_rows(desk))),
                ("Disse brevene er klare til underskrift", LETTERS, list(flow.letter_rows(desk))),
            ),
        )


def _appoint(desk: Desk) -> None:
    """The unit's decision in the first case, so that the demo shows the letters of an appointment too."""
    case = next(iter(flow.case_rows(desk)))
    flow.appoint(
        desk,
        str(case["id"]),
        measure=Measure.CHILD_COORDINATOR,
        service="Fysioterapi",
        name="Siri Brandvoll",
        from_date=desk.today(),
        deputy_name="Ragnhild Øyen",
        deputy_contact="40 00 00 23",
        reasons=(
            "Vi har lagt vekt på at barnet vil ha behov for tjenester fra skole, fysioterapeut og avlastning over lang tid, "
            "og at de må ses i sammenheng."
        ),
        say=lambda _: None,
    )


def _short(row: Mapping[str, object]) -> Mapping[str, object]:
    person = row["person"]
    return {**row, "person": person["name"] if isinstance(person, Mapping) else person}


CAME = {"id": "Dokument", "source": "Fil", "status": "Status", "reason": "Årsak"}
READ = {
    "id": "Sak",
    "municipality": "Kommune",
    "person": "Gjelder",
    "state": "Tilstand",
    "requested": "Meldt behov for",
}
WAITS = {"id": "Id", "document": "Dokument", "field": "Felt", "value": "Verdi", "reason": "Hvorfor"}
LETTERS = {
    "id": "Brev",
    "case": "Sak",
    "kind": "Slag",
    "to": "Til",
    "signer": "Underskriver",
    "docx": "Fil",
    "pdf": "PDF",
}
