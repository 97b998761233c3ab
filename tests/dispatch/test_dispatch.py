"""The outbox: files whole or not there, states that only go where they may, one stack to sign."""

from __future__ import annotations

import io
import os
import signal
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from pipeline.dispatch import LetterAction, advance, file_name, merge_print, sweep, write_whole
from pipeline.domain import Letter, LetterOrder, LetterStatus, Party, PartyRole
from pipeline.errors import RefusedError, UnreadableError


def test_write_whole_leaves_the_file_for_its_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "2026-412-3.docx"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_write_whole_leaves_the_old_file_and_nothing_else_when_the_disk_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "a.pdf"
    write_whole(target, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_half_file_that_a_kill_left_is_written_over_by_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "2026-412-3.docx"
    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        child = os.fork()
        if child == 0:
            write_whole(target, b"half")
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert [p.suffix for p in tmp_path.iterdir()] == [".part"]
    write_whole(target, b"whole")
    assert list(tmp_path.iterdir()) == [target]


def test_only_old_half_files_are_swept(tmp_path: Path) -> None:
    old, fresh, letter = tmp_path / ".a.part", tmp_path / ".b.part", tmp_path / "2026-1-1.docx"
    for file in (old, fresh, letter):
        file.write_bytes(b"x")
    os.utime(old, (1, 1))
    os.utime(letter, (1, 1))
    assert sweep(tmp_path) == 1
    assert sorted(tmp_path.iterdir()) == sorted([fresh, letter])


MOVES = {
    ("draft", "approve"): "ready",
    ("ready", "return"): "draft",
    ("ready", "sign"): "signed",
    ("signed", "send"): "sent",
    ("draft", "withdraw"): "withdrawn",
    ("ready", "withdraw"): "withdrawn",
    ("signed", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize("status", list(LetterStatus))
@pytest.mark.parametrize("action", list(LetterAction))
def test_a_letter_goes_only_where_it_may(status: LetterStatus, action: LetterAction) -> None:
    expected = MOVES.get((status, action))
    if expected is not None:
        assert advance(status, action) == expected
        return
    with pytest.raises(RefusedError, match=r"^Brevet er .+ og kan ikke .+\.") as refused:
        advance(status, action)
    assert refused.value.rule == "letter-state"


def test_an_unknown_action_is_refused() -> None:
    with pytest.raises(RefusedError, match="approve, return, sign, send, withdraw"):
        advance(LetterStatus.READY, "burn")


def test_a_file_is_named_by_case_and_number_only() -> None:
    assert file_name("2026/412", 3, "docx") == "2026-412-3.docx"


@pytest.mark.parametrize(
    ("case", "number", "suffix"),
    [("../x", 1, "pdf"), ("2026/4 12", 1, "pdf"), ("2026/412", 0, "pdf"), ("a", 1, "exe")],
)
def test_a_name_that_could_lead_astray_is_refused(case: str, number: int, suffix: str) -> None:
    with pytest.raises(ValueError, match="file name"):
        file_name(case, number, suffix)


def _letter(home: Path, case: str, number: int, signer: str, pages: int, status: LetterStatus) -> Letter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=100 + number, height=200)
    name = file_name(case, number, "pdf")
    with (home / name).open("wb") as file:
        writer.write(file)
    party = Party(role=PartyRole.USER, name="Eirik Østgård")
    return Letter(
        id=f"{case}-{number}",
        order=LetterOrder(key="k", kind="appointment-user", case=case, to=party),
        municipality="fjordvik",
        number=number,
        status=status,
        ordered_at=datetime(2026, 11, 22, tzinfo=UTC),
        signer=signer,
        pdf=name,
    )


def test_the_stack_holds_what_is_ready_by_signer_each_on_a_front_page(tmp_path: Path) -> None:
    ready = LetterStatus.READY
    letters = [
        _letter(tmp_path, "2026/2", 1, "Åse", 1, ready),
        _letter(tmp_path, "2026/1", 2, "Arne", 1, ready),
        _letter(tmp_path, "2026/1", 3, "Arne", 2, ready),
        _letter(tmp_path, "2026/1", 4, "Arne", 1, LetterStatus.DRAFT),
    ]
    stack = merge_print(letters, tmp_path)
    assert stack is not None
    pdf = PdfReader(io.BytesIO(stack))
    assert [int(page.mediabox.width) - 100 for page in pdf.pages] == [2, 2, 3, 3, 1]
    assert [item.title for item in pdf.outline] == ["Arne", "Åse"]


def test_nothing_ready_gives_no_stack(tmp_path: Path) -> None:
    assert merge_print([], tmp_path) is None


def test_a_pdf_that_is_gone_stops_the_stack(tmp_path: Path) -> None:
    letter = _letter(tmp_path, "2026/1", 1, "Arne", 1, LetterStatus.READY)
    (tmp_path / letter.pdf).unlink()
    with pytest.raises(UnreadableError, match="2026/1-1"):
        merge_print([letter], tmp_path)
