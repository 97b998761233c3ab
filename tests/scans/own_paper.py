"""The project's own forms on paper: the real blank, filled in by a viewer or by pen, with the case's code on a pre-filled one."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pypdfium2
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.domain import FormCode
from pipeline.letters import code_picture
from tests.generated.page import Sign
from tests.generated.pdf_flow import Atom, covering, width
from tests.generated.written import Entry, Filling
from tests.scans import pen
from tests.scans.filler import OFFICE, Filler, filler
from tests.scans.paper import DIGITS, Paper
from tests.scans.people import fill
from tests.scans.place import Places
from tools.blank_forms.code import CODE, code_of
from tools.blank_forms.fill import fill_pdf

BLANKS = Path(__file__).parents[2] / "templates/forms"
MILLIMETRE = 72 / 25.4
TOP = 297 * MILLIMETRE
PREFILLED = ("recipient.name", "recipient.birth_date", "case.number")
"""What the register knows of a case and writes on its own copies of a form."""
SMALLEST = 8.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """A field of a blank: its lower left corner, its size, in points; `kind`: `line`, `lines`, `tick` or `signature`."""

    name: str
    kind: str
    x: float
    y: float
    wide: float
    tall: float


class NoRoomError(ValueError):
    """A value is longer than the blank has room for."""


def places(form: str) -> list[Place]:
    """Where the fields of a blank are, its signature lines too."""
    reader = PdfReader(BLANKS / f"{form}.pdf")
    found = []
    for widget in (one.get_object() for one in reader.pages[0].get("/Annots", [])):
        names, node = [], widget
        while node is not None:
            names.append(str(node["/T"]))
            node = node["/Parent"].get_object() if "/Parent" in node else None
        kind = "tick" if widget["/FT"] == "/Btn" else "lines" if int(widget.get("/Ff", 0)) else "line"
        found.append(placed(".".join(reversed(names)), kind, [float(side) for side in widget["/Rect"]]))
    for name, there in reader.named_destinations.items():
        found.append(placed(name, "signature", [float(side) for side in there.dest_array[2:6]]))
    return found


def placed(name: str, kind: str, rect: list[float]) -> Place:
    x, y, right, top = rect
    return Place(name=name, kind=kind, x=x, y=y, wide=right - x, tall=top - y)


def by_control(filling: Filling, names: set[str]) -> dict[str, Entry]:
    """What is to stand at each control: rows by number, yes and no apart."""
    found: dict[str, Entry] = {}
    for key, entry in filling.entries.items():
        if entry.rows:
            for number, row in enumerate(entry.rows, 1):
                found |= {f"{key}.{number}.{column}": cell for column, cell in row.items()}
        elif f"{key}.yes" in names:
            if entry.value is not None:
                found[f"{key}.{'yes' if entry.value else 'no'}"] = Entry(value=True)
        elif key == "recipient.due_date":
            if entry.written:
                found["recipient.birth_date"] = entry
        elif key not in found:
            found[key] = entry
    return {name: entry for name, entry in found.items() if name in names}


class OwnPaper(Paper):
    """One blank of ours with what was written on it."""

    def __init__(self, form: str, filler: Filler, rng: Random) -> None:  # no layout of its own
        self.form, self.filler, self.rng = form, filler, rng
        self.places = Places()
        self.page, self.field = 0, ""
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(210 * MILLIMETRE, TOP))

    def filled(self, filling: Filling, *, case: str) -> bytes:
        """The paper as a PDF; with `case` what the register knows is printed. Raises NoRoomError."""
        spots = places(self.form)
        wanted = by_control(filling, {spot.name for spot in spots})
        typed: dict[str, str | bool] = {}
        for spot in spots:
            entry = wanted.get(spot.name, Entry())
            self.field = field_of(spot.name)
            if spot.kind == "tick":
                if self.ticked(spot, on=bool(entry.value)):
                    typed[spot.name] = True
            elif spot.kind == "signature":
                self.signed(spot, entry)
            elif entry.written:
                lines = "\n".join(entry.written)
                by_pen = self.filler.by_pen(spot.name) and not (case and spot.name in PREFILLED)
                if by_pen:
                    self.handwritten(spot, lines)
                else:
                    typed[spot.name] = lines if spot.kind == "lines" else ", ".join(entry.written)
                    self.note("typed", spot.x + 2, spot.y + 2, spot.wide - 4, 10, lines.replace("\n", " "))
        if case:
            code = FormCode(form=self.form, version=code_of(self.form).version, case=case)
            side = CODE.side * MILLIMETRE
            image = ImageReader(io.BytesIO(code_picture(code)))
            low = TOP - (CODE.top + CODE.side) * MILLIMETRE
            self.canvas.setFillGray(1)
            self.canvas.rect(CODE.left * MILLIMETRE, low, side, side, stroke=0, fill=1)
            self.canvas.drawImage(image, CODE.left * MILLIMETRE, low, side, side)
        self.canvas.showPage()
        self.canvas.save()
        return self.laid(typed)

    def laid(self, typed: Mapping[str, str | bool]) -> bytes:
        """What was typed as the viewer prints it, and the pen over it."""
        with tempfile.TemporaryDirectory() as folder:
            shown = Path(folder, "filled.pdf")
            try:
                fill_pdf(BLANKS / f"{self.form}.pdf", typed, shown)
            except ValueError as fault:
                raise NoRoomError(str(fault)) from None
            flat = pypdfium2.PdfDocument(shown.read_bytes())
        flat.init_forms()
        page = flat[0]
        page.flatten()
        self.note_print(page)
        out = io.BytesIO()
        flat.save(out)
        flat.close()
        writer = PdfWriter(clone_from=PdfReader(out))
        self.stream.seek(0)
        writer.pages[0].merge_page(PdfReader(self.stream).pages[0])
        whole = io.BytesIO()
        writer.write(whole)
        return whole.getvalue()

    def note_print(self, page: pypdfium2.PdfPage) -> None:
        """The words that the blank prints, for a text layer."""
        text = page.get_textpage()
        for number in range(text.count_rects()):
            x0, low, x1, high = text.get_rect(number)
            said = text.get_text_bounded(x0, low, x1, high).strip()
            if said:
                self.note("print", x0, low, x1 - x0, high - low, said)

    def ticked(self, spot: Place, *, on: bool) -> bool:
        """Whether the viewer ticks the box; else the pen has done what it does there."""
        if not self.filler.pen_ticks:
            self.note("tick", spot.x, spot.y, spot.wide, spot.tall, manner="typed" if on else "off")
            return on
        manner = self.manner(on=on, bare=False)
        self.note("tick", spot.x, spot.y, spot.wide, spot.tall, manner=manner)
        if manner == "dot":
            dot = pen.Pen(ink=self.filler.pen.ink, width=self.rng.uniform(0.5, 1.1), mark="")
            at = (spot.x + spot.wide * self.rng.random(), spot.y + spot.tall * self.rng.random())
            pen.stroke(self.canvas, [at, (at[0] + 0.2, at[1])], dot, self.rng)
        elif manner == "corrected":
            pen.black(self.canvas, spot.x, spot.y, spot.wide, self.filler.pen, self.rng, full=True)
        elif manner != "off":
            pen.mark(self.canvas, manner, spot.x, spot.y, spot.wide, self.filler.pen, self.rng)
        return False

    def handwritten(self, spot: Place, text: str) -> None:
        """A value in a hand's size, smaller where there is less room. Raises NoRoomError."""
        font = covering(text.replace("\n", ""), self.filler.hand)
        size = min(11 * self.filler.large, spot.tall * 1.1 if spot.kind == "line" else 99)
        while size >= SMALLEST:
            lines = wrapped(text, font, size, spot.wide - 6)
            high = len(lines) * size * 1.25
            if high <= spot.tall + size * 0.45 and (spot.kind == "lines" or len(lines) == 1):
                break
            size -= 0.5
        else:
            raise NoRoomError(spot.name)
        self.places.smallest = min(self.places.smallest, size)
        low = spot.y + spot.tall - size if spot.kind == "lines" else spot.y + max(2.0, (spot.tall - size) / 2)
        for line in lines:
            kind = "digits" if set(line) <= DIGITS else "hand"
            self.note(kind, spot.x + 3, low - size * 0.25, width(line, font, size), size, line)
            atom = Atom(width=0, text=line, font=font, size=size, ink="hand", field=spot.name)
            self.by_pen(line, atom, spot.x + 3 + self.rng.uniform(0, 3), low)
            low -= size * 1.2

    def signed(self, spot: Place, entry: Entry) -> None:
        """A line to sign: signed, left empty, or with a name typed on it."""
        if entry.mark != "typed":
            atom = Atom(width=spot.wide, size=10)
            self.sign(Sign(field=spot.name, mark=entry.mark, rule=0), atom, spot.x, spot.y + 2)
            return
        name = " ".join(entry.written)
        self.canvas.setFont(covering(name, OFFICE), 10)
        self.canvas.drawString(spot.x + 3, spot.y + 3, name)
        self.note("typed", spot.x + 3, spot.y + 1, width(name, OFFICE, 10), 10, name)


def field_of(control: str) -> str:
    """The field a control belongs to."""
    head, _, last = control.rpartition(".")
    return head if last in ("yes", "no") else control


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    lines = []
    for said in text.split("\n"):
        line = ""
        for word in said.split():
            longer = f"{line} {word}".strip()
            if line and width(longer, font, size) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines if all(width(line, font, size) <= room for line in lines) else ["", *lines, ""] * 9


def own_sheets(form: str, seed: int, *, by_hand: float) -> tuple[OwnPaper, bytes, Filling, str]:
    """The form of this seed, with the case it was pre-filled for, if any; what has no room is drawn anew."""
    for attempt in range(99):
        rng = Random(f"scan/{form}/{seed}/{attempt}")
        person = filler(rng, by_hand=by_hand)
        filling = fill(form, rng, by_hand=person.mode == "hand")
        case = f"{rng.randint(2024, 2026)}-{rng.randint(1, 9999):04}" if rng.random() < 0.4 else ""
        drawn = OwnPaper(form, person, rng)
        try:
            return drawn, drawn.filled(filling, case=case), filling, case
        except NoRoomError:
            continue
    raise NoRoomError(form)
