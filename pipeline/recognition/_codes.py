"""What the project's own codes and separator sheets say, beside the print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.domain import Document, Doubt, FormCode, Page, Recognition
from pipeline.forms import FormSpec
from pipeline.recognition._cues import Item

SURE = 0.999
"""How sure a form is that its own code names and its print doesn't contradict."""
CUES = 3
"""So many cues of another form speak against a code."""
CONTRADICTS = Doubt(
    code="code-differs", text="Koden på siden er for et annet skjema enn det som er trykt der."
)
UNKNOWN_CODE = Doubt(
    code="unknown-code", text="Koden på siden er for et skjema eller en utgave som programmet ikke kjenner."
)
SEVERAL = Doubt(code="several-codes", text="Sidene har koder for ulike saker. Se hvem skjemaet gjelder.")
ONLY_SEPARATORS = Doubt(code="only-separators", text="Filen har bare skilleark, og ingen skjemaer.")


def coded_name(code: FormCode) -> str:
    """The form and version a code names, as the evidence is kept by."""
    return f"{code.form} {code.version}"


def runs_of(items: list[Item], document: Document) -> list[list[Item]]:
    """The items between separator sheets, those sheets left out."""
    dropped = {page.number for page in separators(items, document)}
    runs: list[list[Item]] = [[]]
    ends = iter(sorted(dropped))
    end = next(ends, None)
    for item in items:
        while end is not None and item.page.number > end:
            runs.append([])
            end = next(ends, None)
        if item.page.number not in dropped:
            runs[-1].append(item)
    return [run for run in runs if run]


def separators(items: Iterable[Item], document: Document) -> list[Page]:
    """The sheets that part a stack; one with a form's print on it is no such sheet, whatever its bars say."""
    cues: dict[int, dict[str, set[str]]] = {}
    titled: set[int] = set()
    for item in items:
        if item.page.separator:
            if item.titles:
                titled.add(item.page.number)
            for name, seen in item.cues.items():
                cues.setdefault(item.page.number, {}).setdefault(name, set()).update(seen)
    return [
        page
        for page in document.pages
        if page.separator
        and page.number not in titled
        and not any(len(seen) >= CUES for seen in cues.get(page.number, {}).values())
    ]


def heed_codes(items: list[Item], specs: Mapping[str, FormSpec]) -> None:
    """Let a page with a code speak of that code's form alone, and begin it where another form's page stood before.

    A page whose print says that it is another form keeps its print; `told` doubts it.
    """
    pages: dict[int, list[Item]] = {}
    for item in items:
        pages.setdefault(item.page.number, []).append(item)
    before: list[Item] = []
    for page in pages.values():
        code = page[0].page.code
        name = coded_name(code) if code is not None else ""
        if code is not None and name in specs and not _contradicted(page, name):
            for item in page:
                item.titles &= {name}
                item.continued &= {name}
                item.with_it = {key: seen for key, seen in item.with_it.items() if key == name}
                item.cues = {key: seen for key, seen in item.cues.items() if key == name}
            if _goes_on(before, code, name):
                page[0].goes_on = True
            elif not any(item.titles for item in page) or (before and before[0].page.code is not None):
                page[0].opens = name
        before = page


def _goes_on(before: list[Item], code: FormCode, name: str) -> bool:
    """Whether the page before is of the same form: it has the same code, or none and speaks of that form."""
    if not before:
        return False
    earlier = before[0].page.code
    if earlier is not None:
        return earlier == code
    return any(name in item.titles or name in item.cues for item in before)


def _contradicted(page: list[Item], name: str) -> bool:
    titles = {title for item in page for title in item.titles}
    if titles:
        return name not in titles
    cues: dict[str, set[str]] = {}
    for item in page:
        for other, seen in item.cues.items():
            cues.setdefault(other, set()).update(seen)
    own = len(cues.pop(name, ()))
    return own == 0 and any(len(seen) >= CUES for seen in cues.values())


def told(recognition: Recognition, names: Mapping[str, FormSpec], *, without: Doubt) -> Recognition:
    """A recognition with what the codes on its pages say: sure, ``without`` a doubt they settle, or doubted where they differ."""
    codes = list(dict.fromkeys(page.code for page in recognition.region if page.code is not None))
    if not codes:
        return recognition
    if any(coded_name(code) not in names for code in codes):
        return replace(recognition, doubts=(*recognition.doubts, UNKNOWN_CODE))
    if any((code.form, code.version) != (recognition.form, recognition.version) for code in codes):
        return replace(recognition, doubts=(*recognition.doubts, CONTRADICTS))
    if len(codes) > 1:
        return replace(recognition, doubts=(*recognition.doubts, SEVERAL))
    return replace(
        recognition,
        confidence=SURE,
        reasons=("kode", *recognition.reasons),
        doubts=tuple(doubt for doubt in recognition.doubts if doubt != without),
        code=codes[0],
    )


def file_code(found: list[Recognition], document: Document) -> list[Recognition]:
    """The code in a file's properties belongs to the one form of its kind in it; with two, nobody can say whose it is."""
    code = document.code
    own = [one for one in found if code is not None and one.form == code.form]
    if code is None or len(own) != 1 or own[0].version != code.version or own[0].code not in {None, code}:
        return found
    return [replace(one, code=code) if one is own[0] else one for one in found]


def said(found: list[Recognition], sheets: list[Page]) -> list[Recognition]:
    """Tell of each separator sheet in the reasons of the form it ends, else of the one it begins."""
    told_of = list(found)
    for sheet in sheets:
        before = [n for n, one in enumerate(told_of) if one.pages and one.pages[-1] < sheet.number]
        if not told_of:
            continue
        at = before[-1] if before else 0
        reason = f"skilleark på side {sheet.number}"
        told_of[at] = replace(told_of[at], reasons=(*told_of[at].reasons, reason))
    return told_of
