"""Intake: what is left alone, when a file is whole, how it is claimed, kept and put aside."""

from __future__ import annotations

import os
import threading
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.intake import (
    Claims,
    Originals,
    Watchlist,
    arrival,
    display_name,
    has_end,
    left_alone,
    put_aside,
    released,
    scan,
    watch,
)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"


@pytest.mark.parametrize(
    "name",
    [
        ".skjult",
        "~$melding.docx",
        "Thumbs.db",
        "thumbs.DB",
        "desktop.ini",
        "scan.pdf.part",
        ".DS_Store",
        "x.tmp",
    ],
)
def test_names_that_are_left_alone(name: str) -> None:
    assert left_alone(name)


@pytest.mark.parametrize("name", ["melding.docx", "Skjema ~$.pdf", "uten ending", "tmp", "Thumbs.db.pdf"])
def test_names_that_are_documents(name: str) -> None:
    assert not left_alone(name)


def test_a_name_is_shown_composed_and_on_one_line() -> None:
    assert display_name("A\u030ase\nSætre\u202e.pdf") == "Åse Sætre .pdf"
    assert display_name(os.fsdecode(b"rapport-\xf8.docx")).startswith("rapport-")
    assert display_name("\n\t") == "uten navn"


def test_a_pdf_is_whole_when_its_end_is_there(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF[:-8])
    assert not has_end(file)
    file.write_bytes(PDF)
    assert has_end(file)
    file.write_bytes(b"")
    assert not has_end(file)


def test_a_zip_is_whole_when_its_directory_is_there(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word/document.xml", "<x/>" * 1000)
    content = file.read_bytes()
    assert has_end(file)
    for cut in (5, 30, len(content) // 2, len(content) - 23):
        file.write_bytes(content[:cut])
        assert not has_end(file), cut


def test_a_scan_sees_only_regular_files_and_the_municipalities_inboxes(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (tmp_path / "b.pdf").symlink_to(tmp_path / "a.pdf")
    os.mkfifo(tmp_path / "c.pdf")
    for folder in ("nord", "annet", ".claimed"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "d.pdf").write_bytes(PDF)
    (tmp_path / "syd").symlink_to(tmp_path / "annet")
    seen = list(scan(tmp_path, {"nord", "syd", "vest"}))
    assert [(s.path.name, s.folder) for s in seen] == [("a.pdf", ""), ("d.pdf", "nord")]


def test_a_scan_of_an_inbox_that_is_away_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        list(scan(tmp_path / "borte", set()))


def test_a_file_is_taken_after_two_looks_without_change(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    watchlist = Watchlist(pause=1, patience=10)
    file.write_bytes(PDF)
    assert watchlist.look(scan(tmp_path, ()), at=0).growing == 1
    assert watchlist.look(scan(tmp_path, ()), at=0.5).whole == ()
    file.write_bytes(PDF + b" ")
    assert watchlist.look(scan(tmp_path, ()), at=2).whole == ()
    assert [s.path for s in watchlist.look(scan(tmp_path, ()), at=3.1).whole] == [file]


def test_a_file_without_its_end_waits_and_is_taken_when_patience_ends(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF[:-8])
    watchlist = Watchlist(pause=1, patience=10)
    watchlist.look(scan(tmp_path, ()), at=0)
    assert watchlist.look(scan(tmp_path, ()), at=9).growing == 1
    assert len(watchlist.look(scan(tmp_path, ()), at=10).whole) == 1


def test_a_claim_moves_the_file_and_names_its_municipality(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "nord").mkdir(parents=True)
    name = "å" * 115 + ".pdf"  # 234 bytes: a token in front of it would not fit in a file name
    (inbox / "nord" / name).write_bytes(PDF)
    claims = Claims(inbox)
    (seen,) = scan(inbox, {"nord"})
    assert claims.claim(seen)
    assert not claims.claim(seen)
    (taken,) = claims.waiting()
    assert (taken.folder, taken.source, taken.size) == ("nord", name, len(PDF))
    assert [t.token for t in claims.waiting()] == [taken.token]
    released(taken)
    assert list(claims.waiting()) == []
    assert list((inbox / ".claimed").iterdir()) == []


def test_an_empty_claim_left_by_a_killed_process_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".claimed" / "0123@").mkdir(parents=True)
    assert list(Claims(tmp_path).waiting()) == []
    assert list((tmp_path / ".claimed").iterdir()) == []


def test_an_original_is_kept_once_and_read_only(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF)
    originals = Originals(tmp_path / "originals")
    taken = arrival(file, token="t")
    kept = originals.keep(taken)
    assert kept.read_bytes() == PDF
    assert kept.stat().st_mode & 0o777 == 0o400
    assert originals.keep(taken) == kept
    assert file.exists()


def test_a_half_original_is_never_taken_for_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(PDF)
    originals = Originals(tmp_path / "originals")
    taken = arrival(file, token="t")
    half = originals.path(taken.sha256)
    half.parent.mkdir(parents=True)
    half.write_bytes(PDF[:5])
    assert originals.keep(taken).read_bytes() == PDF


def test_what_is_put_aside_lies_with_its_reason(tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.write_bytes(b"x")
    for _ in range(2):
        place = put_aside(
            original,
            tmp_path / "put-aside",
            document="D7",
            source="a/b:" + "c" * 300 + ".pdf",
            reason="Filen er tom.",
            at=datetime(2026, 11, 22, 9, 5, tzinfo=UTC),
        )
    names = sorted(p.name for p in place.iterdir())
    assert len(names) == 2
    assert names[0].startswith("a_b_c")
    assert names[0].endswith(".pdf")
    assert "Årsak: Filen er tom." in (place / "Årsak.txt").read_text()


def test_the_bell_rings_when_a_file_comes(tmp_path: Path) -> None:
    with watch(tmp_path, polling=False) as bell:
        threading.Timer(0.1, lambda: (tmp_path / "a.pdf").write_bytes(PDF)).start()
        start = time.monotonic()
        assert bell.wait(10)
        assert time.monotonic() - start < 5


def test_a_watch_that_is_refused_leaves_the_scan_to_its_own_clock(tmp_path: Path) -> None:
    with watch(tmp_path / "borte", polling=False) as bell:
        assert not bell.wait(0.01)


def test_a_file_replaced_between_look_and_claim_is_laid_back(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (seen,) = scan(tmp_path, ())
    (tmp_path / "a.pdf").write_bytes(PDF[:20])  # somebody writes a new one over it, and is not done
    claims = Claims(tmp_path)
    assert not claims.claim(seen)
    assert (tmp_path / "a.pdf").read_bytes() == PDF[:20]
    assert list(claims.waiting()) == []


def test_a_claim_that_is_still_written_to_is_taken_again_as_it_became(tmp_path: Path) -> None:
    with (tmp_path / "skann.jpg").open("wb") as writer:
        writer.write(b"halve ")
        writer.flush()
        (seen,) = scan(tmp_path, ())
        claims = Claims(tmp_path)
        assert claims.claim(seen)
        (half,) = claims.waiting()
        writer.write(b"bildet")
    originals = Originals(tmp_path / "originaler")
    with pytest.raises(OSError, match="changed"):
        originals.keep(half)
    assert not originals.path(half.sha256).exists()
    released(half)
    (whole,) = claims.waiting()
    assert (whole.size, whole.source) == (12, "skann.jpg")
    assert whole.token != half.token


def test_one_bad_claim_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = Claims(tmp_path)
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(PDF + name.encode())
    for seen in list(scan(tmp_path, ())):
        claims.claim(seen)
    (tmp_path / ".claimed" / "fil").write_text("somebody laid a file here")
    opened = Path.open

    def broken(self: Path, *arguments: object, **named: object) -> object:
        if self.name == "a.pdf":
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", broken)
    faults: list[OSError] = []
    assert [taken.source for taken in claims.waiting(fault=faults.append)] == ["b.pdf"]
    assert [fault.errno for fault in faults] == [13]


def test_a_file_that_cannot_be_read_stays_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (seen,) = scan(tmp_path, ())

    def broken(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", broken)
        with pytest.raises(PermissionError):
            Claims(tmp_path).claim(seen)
    assert (tmp_path / "a.pdf").read_bytes() == PDF
    assert not (tmp_path / ".claimed").exists()
