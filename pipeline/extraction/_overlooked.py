"""What no field took: labels inside values, unknown labels, and writing that may belong to a field found empty."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from pipeline.domain import Doubt, Finding
from pipeline.extraction._atoms import Atom, AtomKind, is_bullet, keyed, line_text
from pipeline.extraction._hits import Hit, Strength, covered
from pipeline.extraction._inside import LABEL_INSIDE, TEXTS
from pipeline.extraction._layout import Layout
from pipeline.extraction._sheet import Pane, Strip
from pipeline.extraction._spans import Span
from pipeline.forms import FieldSpec, FormSpec, Kind, PlaceKind

UNCLAIMED = Doubt(
    code="unclaimed-text", text="Det står tekst ved feltet som ikke kunne knyttes til noe felt."
)
FOREIGN = Doubt(code="unknown-label", text="Det står en ukjent ledetekst der verdien skulle stått.")

UNKNOWN_FIELD = Doubt(code="unclaimed-text", text="Skjemaet har et utfylt felt som programmet ikke kjenner.")

_PROSE = 9
"""So many words on a line are a sentence, not a name or a number."""
_LABEL_WORDS = 4
_LEAST_LETTERS = 3
"""So much that no field took on a scan is no speck."""
_APART = re.compile(r"[\s|/,;_.…]+")
_SMALL = ("ja", "nei", "x", "den")


def cut_foreign_labels(span: Span) -> None:
    """End a value where an unknown label begins after a gap («Åse Li   Kjønn: jente»), and say so."""
    seen = False
    for number, line in enumerate(span.lines):
        for start in _label_starts(line):
            if not seen and not any(atom.written for atom in line[:start]):
                if span.how in ("next-line", "cell-below", "box"):
                    span.lines = []
                    span.doubts.append(FOREIGN)
                    return
                continue
            span.lines = [*span.lines[:number], line[:start]]
            span.doubts.append(FOREIGN)
            return
        seen = seen or any(atom.written for atom in line)


def cut_print(layout: Layout, span: Span) -> None:
    """End a value before a line that is nothing but other words the form prints, and say so: the line between was lost."""
    for number, line in enumerate(span.lines):
        words = [atom for atom in line if atom.written and atom.key]
        if len(words) > 1 and "".join(atom.key for atom in words) in layout.wording.vocabulary.keys:
            span.lines = span.lines[:number]
            span.doubts.append(LABEL_INSIDE)
            return


def _label_starts(line: list[Atom]) -> Iterator[int]:
    """Where a few words that end in a colon begin, first on a line or after a gap."""
    for index, atom in enumerate(line):
        first = index == 0 or line[index - 1].kind is not AtomKind.WORD
        if not first or atom.kind is not AtomKind.WORD or not atom.text[:1].isupper():
            continue
        for word in line[index : index + _LABEL_WORDS]:
            if word.kind is not AtomKind.WORD:
                break
            if word.text.endswith(":"):
                yield index
                break


def unclaimed(
    layout: Layout, spec: FormSpec, fields: dict[str, Finding]
) -> tuple[dict[str, Finding], tuple[Doubt, ...]]:
    """Doubt the fields beside writing that no field took and no print explains, or the form that asks for more."""
    anchors = sorted(_anchors(layout, spec), key=lambda anchor: anchor[0].place)
    lost = _lost(layout, spec, fields) if anchors else {}
    _doubt_signatures(layout, spec, fields, anchors)
    strange = False
    for strip in layout.sheet.strips:
        atoms = lost.get(id(strip))
        if not atoms:
            continue
        below = layout.sheet.scanned and sum(len(atom.key) for atom in atoms) >= _LEAST_LETTERS
        for hit, one in _beside(strip, atoms, anchors, fields, below=below):
            found = fields[one.id]
            again = UNCLAIMED in found.doubts
            if again and not (below and one.long):
                continue
            whole = atoms[0] is next(filter(_counts, strip.atoms)) and one.kind in (Kind.TEXT, Kind.TOWN)
            whole = whole and bool(found.raw) and (one.long or hit.pane is strip.pane or not below)
            raw = f"{found.raw}\n{line_text(strip.atoms)}" if whole else found.raw
            doubts = found.doubts if again else (*found.doubts, UNCLAIMED)
            fields[one.id] = replace(found, raw=raw, doubts=doubts)
        first = anchors[0][0].place < (strip.order, 0) < anchors[-1][0].place
        strange = strange or (first and _asks_more(strip, atoms, lost))
    return fields, (UNKNOWN_FIELD,) if strange else ()


def _doubt_signatures(
    layout: Layout, spec: FormSpec, fields: dict[str, Finding], anchors: list[tuple[Hit, FieldSpec]]
) -> None:
    """Doubt the lines for place, date and name when a date stands among them that no row took."""
    begun = [start.place for start, _ in layout.starts]
    for one in spec.fields:
        if all(place.kind is not PlaceKind.SIGNATURES for place in one.places):
            continue
        parts = {bisect_right(begun, hit.place) for hit, owner in anchors if owner is one}
        lost = _lost(layout, spec, fields, parts=frozenset(parts)) if parts else {}
        if any(
            len(atoms) < _PROSE and any(letter.isdigit() for atom in atoms for letter in atom.text)
            for atoms in lost.values()
        ):
            fields[one.id] = replace(fields[one.id], doubts=(*fields[one.id].doubts, UNCLAIMED))


def _lost(
    layout: Layout, spec: FormSpec, fields: dict[str, Finding], *, parts: frozenset[int] | None = None
) -> dict[int, list[Atom]]:
    """For each line the words that no field took and that are no known print.

    ``parts``: only on these parts of the form, counted by where its sections start, though they hold nothing but prose.
    """
    stops = set(map(id, layout.stops.values()))
    printed = {
        id(atom)
        for hit in layout.hits
        if id(hit) in stops or (hit.strength >= Strength.RUNNING and hit.key not in layout.wording.labels)
        for atom in covered(hit)
    }
    words = _claimed(fields)
    prose = {section.key for section in spec.sections} - {
        place.within for one in spec.fields for place in one.places
    }
    begun = [start.place for start, _ in layout.starts]
    lost: dict[int, list[Atom]] = {}
    for strip in layout.sheet.strips:
        atoms = [
            atom
            for atom in strip.atoms
            if id(atom) not in printed and _counts(atom) and not _taken(atom, words)
        ]
        if atoms:
            number = bisect_right(begun, (strip.order, 0))
            section = layout.starts[number - 1][1] if number else ""
            if section not in prose if parts is None else number in parts:
                lost[id(strip)] = atoms
    return lost


def _asks_more(strip: Strip, atoms: list[Atom], lost: dict[int, list[Atom]]) -> bool:
    """Whether a label that no declaration knows has something written at it, on its line or in the next cell."""
    if len(atoms) >= _PROSE:
        return False
    for start in _label_starts(strip.atoms):
        end = next(n for n in range(start, len(strip.atoms)) if strip.atoms[n].text.endswith(":"))
        if strip.atoms[start] in atoms and any(atom in atoms for atom in strip.atoms[end + 1 :]):
            return True
    grid = strip.pane.grid
    if grid is None or not grid.drawn or len(strip.pane.strips) > 1 or len(atoms) > _LABEL_WORDS:
        return False
    if any(_counts(atom) and atom not in atoms for atom in strip.atoms):
        return False
    beside = grid.at(strip.pane.row, strip.pane.column + strip.pane.column_span)
    return beside is not None and any(lost.get(id(one)) for one in beside.strips)


def _counts(atom: Atom) -> bool:
    return bool(atom.key) and atom.written and atom.key not in _SMALL and not is_bullet(atom)


def _anchors(layout: Layout, spec: FormSpec) -> Iterator[tuple[Hit, FieldSpec]]:
    for one in spec.fields:
        for place in one.places:
            if place.kind is PlaceKind.CHECKLIST:
                continue
            for hit in layout.candidates(place.texts, place.within):
                yield hit, one


def _claimed(fields: dict[str, Finding]) -> set[str]:
    raws = [finding.raw for finding in fields.values()]
    raws += [one.raw for finding in fields.values() for row in finding.rows for one in row.values()]
    raws = [raw for raw in raws if raw]
    return {keyed(word) for raw in raws for word in _APART.split(raw)} | {
        keyed(word) for raw in raws for word in raw.split()
    }


def _taken(atom: Atom, words: set[str]) -> bool:
    return atom.key in words or all(
        not key or key in words or (len(key) < 3 and not key.isdigit())
        for key in map(keyed, _APART.split(atom.text))
    )


def _beside(
    strip: Strip,
    lost: list[Atom],
    anchors: list[tuple[Hit, FieldSpec]],
    fields: dict[str, Finding],
    *,
    below: bool,
) -> Iterator[tuple[Hit, FieldSpec]]:
    """The field whose label comes next before the writing (or beside the one above), or next after it, when it may be theirs.

    ``below``: so may what stands in the row under a filled field be, for a scan may show a line that nobody drew, or hide one.
    """
    before = [anchor for anchor in anchors if anchor[0].place <= (strip.order, len(strip.atoms))]
    after = [anchor for anchor in anchors if anchor[0].place > (strip.order, len(strip.atoms))]
    above = [anchor for anchor in before if anchor[0].strip.order < strip.order]
    side_by_side = [anchor for anchor in above if anchor[0].strip is above[-1][0].strip]
    sentence = len(lost) >= _PROSE
    last = [anchor for anchor in before if anchor[0].place == before[-1][0].place] if below else before[-1:]
    for near, under in ((side_by_side, False), (last, False), (after[:1], True)):
        for hit, one in near:
            finding = fields[one.id]
            empty = not finding.raw and not finding.rows and not finding.inked and finding.state is None
            goes_on = _goes_on(hit, strip, lost) or (below and _under(hit, strip))
            if not empty and (under or near is side_by_side or not goes_on):
                continue
            if one.kind not in TEXTS and one.kind is not Kind.ROWS:
                continue
            if sentence and not (one.long and not under):
                continue
            if _near(hit, strip, under=under):
                yield hit, one


def _goes_on(hit: Hit, strip: Strip, lost: list[Atom]) -> bool:
    """Whether writing stands right under a filled field and bears no label of its own."""
    if strip.pane is not hit.pane or any(atom.text.endswith(":") for atom in lost[:_LABEL_WORDS]):
        return False
    return 0 <= strip.local - hit.last.local <= 1


def _under(hit: Hit, strip: Strip) -> bool:
    """Whether writing stands in the row under a label's."""
    if hit.pane is strip.pane:
        return False
    inner, outer = _common(hit.pane, strip.pane)
    return inner is not None and outer is not None and 0 <= outer.row - inner.row - inner.row_span + 1 <= 1


def _near(hit: Hit, strip: Strip, *, under: bool) -> bool:
    if hit.pane is strip.pane:
        away = hit.strip.local - strip.local if under else strip.local - hit.last.local
        return 0 <= away <= (2 if under else 4)
    inner, outer = _common(hit.pane, strip.pane)
    if inner is None or outer is None:
        return False
    rows = (inner.row - outer.row) if under else (outer.row - inner.row)
    return 0 <= rows <= 1


def _common(one: Pane, other: Pane) -> tuple[Pane | None, Pane | None]:
    """The two cells of one table in which two places stand."""
    theirs: dict[int, Pane] = {}
    pane = other
    while pane.grid is not None:
        theirs[id(pane.grid)] = pane
        pane = pane.grid.strip.pane
    pane = one
    while pane.grid is not None:
        if id(pane.grid) in theirs:
            return pane, theirs[id(pane.grid)]
        pane = pane.grid.strip.pane
    return None, None
