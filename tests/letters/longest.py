"""The same orders with the longest names, addresses, lists and reasons that a municipality may realistically meet.

``python -m tests.letters.longest FOLDER`` lays every letter there as Word and PDF, in both languages, to be looked at.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.domain import Case, Fact, LetterOrder, Party, Staff
from pipeline.letters import Composed, LetterSpecs, PdfPress, load_letters, render
from tests.letters.world import CASE, LEADER, ORDERS, PROFILE, TEMPLATES, WORKER, composed, order

NAME = "Kristoffer-Alexander Wilhelm Gjæver-Šuoŋa Østensjøvåg Đalvi"
SERVICE = "Forebyggende og lavterskel tjenester for barn, unge og familier i Nordre Fjordvik"
ADDRESS = (
    "c/o Anne-Grethe Margrethe Haugland-Kristoffersen",
    "Nedre Storvollsætervegen 1234 B, leilighet H0304",
    "9990 Fjordvik i Nordre Fjordland",
)
PARAGRAPH = (
    "Vi har lagt vekt på at det er behov for fysioterapi, ergoterapi, avlastning, tilrettelegging på skolen og oppfølging fra "
    "spesialisthelsetjenesten, at tjenestene varer lenge, og at de må ses i sammenheng for at hverdagen skal henge sammen. "
)
REASONS = "\n".join(PARAGRAPH * 4 for _ in range(4))
MEMBERS = tuple(f"{NAME}, {SERVICE}" for _ in range(25))
AGENDA = tuple(
    f"Sak {n}: {what}"
    for n, what in enumerate(
        ("Overgang fra barneskole til ungdomsskole, og hvem som gjør hva fram til høsten",) * 12, 1
    )
)
_LONG: Mapping[str, Fact] = {
    "reasons": REASONS,
    "answer": PARAGRAPH * 4,
    "reason": PARAGRAPH * 2,
    "agenda": AGENDA,
    "new_members": MEMBERS,
    "information": tuple(["opplæring, skole, skolefritidsordning og pedagogisk-psykologisk tjeneste"] * 8),
    "place": "møterom Havblikk i Fjordvik helse- og omsorgssenter, inngang fra parkeringsplassen, 2. etasje til høyre",
    "coordinator_title": "spesialfysioterapeut og fagansvarlig for habilitering",
    "coordinator_email": "kristoffer-alexander.gjaever-ostensjovag@nordre-fjordvik.example",
    "deputy_email": "kristoffer-alexander.gjaever-ostensjovag@nordre-fjordvik.example",
    "subject": "Avslag på søknad om koordinator, individuell plan og ansvarsgruppe for et barn med behov for flere tjenester.",
}
OFFICE = replace(
    PROFILE,
    office=replace(
        PROFILE.office,
        name="Nordre Fjordvik og Øvre Fjordland",
        address="Rådhusgata 1234, inngang fra Kirkebakken",
        website="www.nordre-fjordvik-og-ovre-fjordland.example",
        email="postmottak@nordre-fjordvik-og-ovre-fjordland.example",
    ),
    terms=replace(PROFILE.terms, unit="enhet for tildeling og koordinering av helse- og omsorgstjenester"),
)
OFFICERS = Staff(
    employees=(
        replace(
            WORKER, name=NAME, title="spesialrådgiver og saksbehandler for koordinering og individuell plan"
        ),
        replace(LEADER, name=f"Ann-{NAME}", title="virksomhetsleder for tildeling og koordinerende enhet"),
    )
)


def _fact(name: str, value: Fact) -> Fact:
    if name in _LONG:
        return _LONG[name]
    if name.endswith("_name"):
        return NAME
    return SERVICE if name.endswith("service") and isinstance(value, str) else value


def _party(party: Party) -> Party:
    if not party.name:
        return party
    family = "Foreldrene til " if party.name.startswith("Foreldrene") else ""
    return replace(
        party,
        name=f"{family}{NAME}",
        service=SERVICE if party.service else "",
        address_lines=ADDRESS if party.address_lines else (),
    )


def longest(name: str) -> LetterOrder:
    """An order of ``ORDERS`` with everything as long as it gets."""
    _, party, facts = ORDERS[name]
    return order(name, to=_party(party), facts={key: _fact(key, value) for key, value in facts.items()})


def case() -> Case:
    """The case with the longest name and address."""
    return replace(CASE, person=replace(CASE.person, name=NAME, address=ADDRESS[1], postal_place=ADDRESS[2]))


def every(specs: LetterSpecs, folder: Path) -> dict[str, Path]:
    """Each letter that says all it can, as Word, in both languages; one of a kind and recipient."""
    files = {}
    for language in ("nb", "nn"):
        for name, (kind, _, _) in ORDERS.items():
            spec = specs.of(kind, language)
            if name.endswith("-least") or spec is None:
                continue
            made = composed(
                specs, longest(name), case=case(), profile=OFFICE, staff=OFFICERS, language=language
            )
            assert isinstance(made, Composed), (name, made)
            files[f"{name}.{language}"] = folder / f"{name}.{language}.docx"
            files[f"{name}.{language}"].write_bytes(render(spec, made.data))
    return files


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    written = every(load_letters(TEMPLATES), out)
    print(PdfPress(out / "profiles", time_limit=300).print(list(written.values()), out))
