"""Make the ordered letters: compose, render, write whole; PDFs follow in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.casework import complete, kept_out, note_gaps, note_made, replied, silence
from pipeline.dispatch import advance, file_name, merge_print, write_whole
from pipeline.domain import Letter, LetterStatus
from pipeline.errors import PassingError, UsageError
from pipeline.flow._desk import Desk
from pipeline.flow._enclosing import beside, enclosed
from pipeline.flow._keeping import withdraw
from pipeline.letters import ENCLOSED, Composed, compose, language_of, render

NO_TEMPLATE = (
    "no-template",
    "Et brev venter fordi malen for det mangler. Si fra til den som drifter programmet.",
)
KEPT_OUT = (
    "kept-out",
    "Et brev er til en ansatt som er inhabil i saken. Trekk det, eller gi beskjed på annen måte.",
)

WITHDRAWN = "trukket"
"""The folder in the outbox where withdrawn letters lie, so that nobody signs one."""


def make_letters(desk: Desk) -> int:
    """Make every ordered letter whose facts are known as a Word file; the others leave a task for a person.

    Returns how many were made. Done again after a crash it makes the same file under the same name.
    """
    with desk.store.reading() as register:
        ordered = list(register.letters(status=LetterStatus.ORDERED))
    return sum(_make(desk, letter.id) for letter in ordered)


def _make(desk: Desk, wanted: str) -> bool:
    with desk.store.transaction() as register:
        letter = register.letter(wanted)
        case = register.case(letter.order.case) if letter is not None else None
        if letter is None or case is None or letter.status is not LetterStatus.ORDERED:
            return False
        if silence(case.person):
            withdraw(desk, register, letter)
            return False
        situation = desk.situation(register, case, letter.municipality, cause=letter.id)
        if kept_out(case, letter.order.to.name, letter.order.to.employee):
            outcome = note_gaps(case, situation, letter=letter.id, gaps=[KEPT_OUT])
            if outcome.events:
                register.save_case(outcome.case, outcome.events)
            return False
        specs, kind = desk.letters(), letter.order.kind
        language = language_of(letter.order, case, situation.profile)
        spec = specs.of(kind, language) if kind in specs else None
        if spec is None:
            # A home's own templates may be older than the program; and never another language in silence.
            gap = NO_TEMPLATE
            if kind in specs:
                first = specs[kind]
                name = first.words.languages.get(language, language)
                text = first.words.gap["no_language"].replace("{what}", name)
                gap = ("no-language", f"{first.title}: {text}")
            outcome = note_gaps(case, situation, letter=letter.id, gaps=[gap])
            if outcome.events:
                register.save_case(outcome.case, outcome.events)
            return False
        order = complete(letter.order, case, situation)
        form = enclosed(desk, spec.encloses, case) if spec.encloses else None
        if form is not None:
            order = replace(order, facts={**order.facts, ENCLOSED: True})
        composed = compose(
            order,
            case,
            spec,
            profile=situation.profile,
            law=situation.law,
            staff=situation.staff,
            number=letter.number,
            on=desk.today(),
        )
        if not isinstance(composed, Composed):
            gaps = [(code, f"{spec.title}: {text}") for code, text in composed.gaps]
            outcome = note_gaps(case, situation, letter=letter.id, gaps=gaps)
            if outcome.events:
                register.save_case(outcome.case, outcome.events)
            return False
        content = render(spec, composed.data)
        file = desk.outbox / file_name(case.id, letter.number, "docx")
        try:
            if form is not None:
                write_whole(beside(file), form)
            write_whole(file, content)
        except OSError as fault:
            # The order stands in the register; the letter is made at the next pass.
            desk.log.warning("letter-postponed", letter=letter.id, errno=fault.errno)
            return False
        register.update_letter(
            replace(
                letter,
                status=LetterStatus.DRAFT if letter.order.batch else LetterStatus.READY,
                signer=composed.signer,
                docx=str(file.relative_to(desk.home)),
                docx_sha256=hashlib.sha256(content).hexdigest(),
                template_sha256=spec.template_sha256,
                data=dict(composed.data),
            )
        )
        outcome = note_made(case, situation, letter=letter.id)
        if outcome.events:
            register.save_case(outcome.case, outcome.events)
    return True


def make_pdfs(desk: Desk, *, stopped: Callable[[], bool] = lambda: False) -> int:
    """Make the PDFs that are missing, in batches until ``stopped``. Without LibreOffice they wait. Returns how many were made."""
    if not desk.press().available:
        return 0
    made = 0
    with desk.store.reading() as register:
        waiting = list(register.letters_without_pdf())
    for start in range(0, len(waiting), desk.pdf_batch):
        if stopped():
            break
        made += _press(desk, waiting[start : start + desk.pdf_batch])
    return made


def _press(desk: Desk, batch: Sequence[Letter]) -> int:
    files = {desk.home / letter.docx: letter for letter in batch if (desk.home / letter.docx).is_file()}
    forms = [beside(file) for file in files if beside(file).is_file()]
    printed = desk.press().print([*files, *forms], desk.outbox)
    made = 0
    for file, letter in files.items():
        result = printed[file]
        form = printed.get(beside(file))
        if isinstance(form, str):
            # A letter is done when its form is: both are tried again.
            result = form
        if isinstance(result, str):
            desk.log.error("pdf-failed", letter=letter.id, why=result)
            continue
        with desk.store.transaction() as register:
            fresh = register.letter(letter.id)
            if fresh is None:
                continue
            register.update_letter(
                replace(
                    fresh,
                    pdf=str(result.relative_to(desk.home)),
                    pdf_sha256=hashlib.sha256(result.read_bytes()).hexdigest(),
                )
            )
        made += 1
    return made


def advance_letter(desk: Desk, wanted: str, action: str) -> str:
    """Move a letter to its next state. Raises UsageError for an unknown letter, RefusedError for a forbidden move."""
    with desk.store.transaction() as register:
        letter = register.letter(wanted)
        if letter is None or letter.status is LetterStatus.ORDERED:
            raise UsageError(f"Fant ikke brev {wanted}. Se listen med: skjemaflyt letters")
        case = register.case(letter.order.case)
        if case is not None:
            desk.refuse_kept_out(register, case)
        status = advance(letter.status, action)
        register.update_letter(replace(letter, status=status))
        if status is LetterStatus.SENT and case is not None:
            situation = desk.situation(register, case, case.municipality, cause=letter.id)
            outcome = replied(case, situation, letter)
            if outcome.events:
                register.save_case(outcome.case, outcome.events)
    if status is LetterStatus.WITHDRAWN:
        lay_withdrawn(desk)
    return status.value


def lay_withdrawn(desk: Desk) -> None:
    """Move the files of withdrawn letters out of the clerk's sight. Done again it changes nothing."""
    with desk.store.reading() as register:
        lying = [
            (letter, Path(name))
            for letter in register.withdrawn_outside(WITHDRAWN)
            for name in (letter.docx, letter.pdf)
            if name and WITHDRAWN not in Path(name).parts
        ]
    for letter, name in lying:
        target = desk.outbox / WITHDRAWN / name.name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        for lies, goes in ((beside(desk.home / name), beside(target)), (desk.home / name, target)):
            if lies.exists():
                lies.replace(goes)
        moved = str(target.relative_to(desk.home))
        with desk.store.transaction() as register:
            fresh = register.letter(letter.id)
            if fresh is not None:
                changed = replace(fresh, docx=moved) if fresh.docx == str(name) else replace(fresh, pdf=moved)
                register.update_letter(changed)


def print_ready(desk: Desk, out: Path) -> int:
    """Write one PDF of every letter that is ready, ordered by signer; without those hidden (B.1). Returns how many letters it holds."""
    make_pdfs(desk)
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        ready = sorted(
            (x for x in register.letters(status=LetterStatus.READY) if x.order.case not in hidden.cases),
            key=lambda x: (x.signer, x.order.case, x.number),
        )
    if not ready:
        return 0
    if any(not letter.pdf for letter in ready):
        raise PassingError("Noen brev har ingen PDF ennå. Se skjemaflyt doctor, og prøv igjen.")
    stack = merge_print(ready, desk.home, beside=beside)
    if stack is None:
        return 0
    write_whole(out, stack)
    return len(ready)
