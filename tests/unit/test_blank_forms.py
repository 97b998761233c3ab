"""The project's own blank forms: both carriers ask for everything, say the same, leave room to answer."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pdfplumber
import pypdf
import pypdfium2
import pytest
from lxml import etree

from tools.blank_forms.declaration import FORM_IDS
from tools.blank_forms.word import draw

BLANKS = Path(__file__).parents[2] / "templates" / "forms"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def rows(group: str, count: int, *columns: str) -> set[str]:
    return {f"{group}.{number}.{column}" for number in range(1, count + 1) for column in columns}


def both(*names: str) -> set[str]:
    return {f"{name}.{answer}" for name in names for answer in ("yes", "no")}


PERSON = ("name", "service", "contact")
ITEMS = (
    {f"items.{number}.coordination" for number in (*range(1, 11), 26, 27, 28)}
    | {f"items.{number}.child_coordinator" for number in range(10, 29)}
    | {f"items.{number}.coordinator" for number in range(10, 29)}
)
# Written from the list of field ids, not from the declarations. `recipient.due_date` has no line of its own:
# it is written as «termin …» in the birth date's.
FIELDS = {
    "need-notification": {
        *(
            f"requested.{what}"
            for what in ("individual_plan", "coordinator", "care_group", "child_coordinator", "other")
        ),
        *("reported_by", "date", "needs", "proposed_coordinator", "gp.name", "gp.office", "guardian.name"),
        *(
            f"recipient.{what}"
            for what in ("name", "birth_date", "address", "postal_place", "phone", "email")
        ),
        *("next_of_kin.name", "next_of_kin.phone", "next_of_kin.relation"),
        *rows("services", 4, "service", "contact"),
        *rows("consent.signatures", 2, "place", "date", "name"),
        *("oral_consent.date", "oral_consent.service", "oral_consent.contact"),
    },
    "group-report": {
        *("kind.dissolution", "kind.change", "kind.annual"),
        *("recipient.name", "recipient.birth_date", "recipient.address", "recipient.phone"),
        *("next_of_kin.name", "next_of_kin.phone", "other_plans", "completed_by"),
        *(f"coordinator.{part}" for part in PERSON),
        *(f"deputy.{part}" for part in PERSON),
        *rows("members", 6, *PERSON),
        *rows("on_call_members", 3, *PERSON),
        *both("plan.exists", "plan.active", "plan.informed", "plan.needed"),
        *(f"plan.{what}_note" for what in ("exists", "active", "informed", "needed", "not_today")),
        "plan.not_today",
    },
    "needs-checklist": {
        *both(*ITEMS),
        *("items.27.item", "items.28.item", "items_other", "items_annet"),
        *both("plan.entitled", "plan.wanted", "plan.consented"),
        *("plan.entitled_note", "plan.wanted_note", "plan.consented_note"),
    },
    "stakeholder-map": {"welfare_services", "family_network", "health_services", "leisure"},
    "group-consent": {
        *("subject", "place", "date"),
        *(f"consents.{what}" for what in ("establish", "share", "register", "voluntary")),
    },
}
SIGNATURES = {
    "need-notification": {
        "oral_consent.signed",
        "consent.signatures.1.signed",
        "consent.signatures.2.signed",
    },
    "group-consent": {"signed"},
}
ON_RULES = rows("consent.signatures", 2, "place", "date", "name") | {"subject", "place", "date"}

forms = pytest.mark.parametrize("form_id", FORM_IDS)


def document_xml(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def controls(path: Path) -> dict[str, etree._Element]:
    found = [
        (control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"), control)
        for control in document_xml(path).iter(f"{W}sdt")
    ]
    assert len(dict(found)) == len(found), "a tag stands twice"
    return dict(found)


def widgets(path: Path) -> dict[str, tuple[int, pypdf.generic.DictionaryObject]]:
    found = {}
    for index, page in enumerate(pypdf.PdfReader(path).pages):
        for reference in page.get("/Annots", []):
            widget = node = reference.get_object()
            names = [node["/T"]]
            while "/Parent" in node:
                node = node["/Parent"].get_object()
                names.insert(0, node["/T"])
            assert not any("." in name for name in names), "a partial name holds a period"
            assert ".".join(names) not in found
            found[".".join(names)] = (index, widget)
    return found


def words(text: str) -> list[str]:
    """Printed words; list marks, rules, boxes and the places where lines break don't count."""
    return re.sub(r"[•_☐\ufffe\u00ad-]", "", text).replace("\u2002", "").split()


@forms
def test_word_asks_for_every_field(form_id: str) -> None:
    tagged = controls(BLANKS / f"{form_id}.docx")
    beside = {name for name in SIGNATURES.get(form_id, set()) if name.startswith("consent.signatures")}
    assert set(tagged) == FIELDS[form_id] | (SIGNATURES.get(form_id, set()) - beside)


@forms
def test_pdf_asks_for_every_field(form_id: str) -> None:
    assert set(widgets(BLANKS / f"{form_id}.pdf")) == FIELDS[form_id]


@forms
def test_pdf_names_where_signatures_go(form_id: str) -> None:
    reader = pypdf.PdfReader(BLANKS / f"{form_id}.pdf")
    assert set(reader.named_destinations) == SIGNATURES.get(form_id, set())


@forms
def test_both_carriers_say_the_same(form_id: str) -> None:
    root = document_xml(BLANKS / f"{form_id}.docx")
    for control in list(root.iter(f"{W}sdtContent")):
        control.clear()
    written = []
    for paragraph in root.iter(f"{W}p"):
        parts = [node.text if node.tag == f"{W}t" else " " for node in paragraph.iter(f"{W}t", f"{W}tab")]
        written += words("".join(part or "" for part in parts))
    pdf = pypdfium2.PdfDocument(BLANKS / f"{form_id}.pdf")
    printed = words(" ".join(page.get_textpage().get_text_range() for page in pdf))
    pdf.close()
    assert sorted("".join(written)) == sorted("".join(printed))
    assert set(written) - {"Barnekoordinator"} <= {*printed, "koordinator"}


@forms
def test_word_file_opens_and_is_empty(form_id: str) -> None:
    path = BLANKS / f"{form_id}.docx"
    assert docx.Document(str(path)).element.body is not None
    for name, control in controls(path).items():
        box = control.find(f".//{W14}checkbox")
        if box is not None:
            assert box.find(f"{W14}checked").get(f"{W14}val") == "0", name
        else:
            held = "".join(node.text or "" for node in control.iter(f"{W}t"))
            assert not held.strip("_\u2002"), name
            assert control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None, name


@forms
def test_fields_lie_in_their_cells_and_off_the_print(form_id: str) -> None:
    path = BLANKS / f"{form_id}.pdf"
    placed = widgets(path)
    with pdfplumber.open(path) as pdf:
        for index, page in enumerate(pdf.pages):
            height = float(page.height)
            cells = page.debug_tablefinder().cells
            here = {name: box(widget, height) for name, (number, widget) in placed.items() if number == index}
            letters = [
                (
                    char["x0"],
                    height - char["matrix"][5] - 0.7 * char["size"],
                    char["x1"],
                    height - char["matrix"][5],
                )
                for char in page.chars
                if char["text"].strip("_ \u00a0\u2002")
            ]
            for name, (x0, top, x1, bottom) in here.items():
                assert x1 - x0 >= 8, name
                assert bottom - top >= 8, name
                inside = any(c[0] <= x0 and c[1] <= top and c[2] >= x1 and c[3] >= bottom for c in cells)
                assert inside or name in ON_RULES or name.startswith("consents."), name
                others = [*letters, *(rect for other, rect in here.items() if other != name)]
                assert not [r for r in others if r[0] < x1 and r[2] > x0 and r[1] < bottom and r[3] > top], (
                    name
                )


def box(widget: pypdf.generic.DictionaryObject, height: float) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(side) for side in widget["/Rect"])
    return x0, height - y1, x1, height - y0


@forms
def test_boxes_and_lines_are_ready_to_fill(form_id: str) -> None:
    path = BLANKS / f"{form_id}.pdf"
    form = pypdf.PdfReader(path).trailer["/Root"]["/AcroForm"]
    assert form["/NeedAppearances"]
    assert "/FontFile2" in form["/DR"]["/Font"]["/Skjema"]["/FontDescriptor"]
    for name, (_, widget) in widgets(path).items():
        assert widget["/TU"].strip(), name
        assert int(widget["/F"]) == 4, name
        if widget["/FT"] == "/Btn":
            assert (widget["/V"], widget["/AS"]) == ("/Off", "/Off"), name
            assert set(widget["/AP"]["/N"]) == {"/Ja", "/Off"}, name
        else:
            assert "/V" not in widget, name
            assert "/N" in widget["/AP"], name


@forms
def test_word_blank_is_what_its_declaration_draws(form_id: str) -> None:
    drawn = draw([form_id])
    assert drawn == draw([form_id]), "two runs differ"
    with zipfile.ZipFile(io.BytesIO(drawn)) as new, zipfile.ZipFile(BLANKS / f"{form_id}.docx") as old:
        assert {name: new.read(name) for name in new.namelist()} == {
            name: old.read(name) for name in old.namelist()
        }


@forms
def test_pdf_is_tagged_and_dated_nowhere(form_id: str) -> None:
    reader = pypdf.PdfReader(BLANKS / f"{form_id}.pdf")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nb-NO"
    assert set(reader.metadata or {}) <= {"/Title", "/Producer"}
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"][::2]
    assert len(set(numbers)) == len(numbers)
    assert {int(widget["/StructParent"]) for _, widget in widgets(BLANKS / f"{form_id}.pdf").values()} <= {
        int(number) for number in numbers
    }
