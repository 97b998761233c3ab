"""A real process, really killed at every step from the inbox to the outbox: nothing lost, nothing twice."""

from __future__ import annotations

import hashlib
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from pipeline import flow
from pipeline.wiring import make_home, open_desk, runner

REPO = Path(__file__).resolve().parents[2]
SAMPLES = REPO / "templates" / "forms" / "samples"
DRIVER = Path(__file__).with_name("driver.py")
SOME = 40
MANY = 1000


def killed(home: Path, step: int) -> int:
    """Run the driver in a process of its own; gives how it ended."""
    return driven(home, str(step)).returncode


def driven(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The driver's process."""
    return subprocess.run(
        [sys.executable, str(DRIVER), str(home), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPO,
        env={"PYTHONPATH": str(REPO)},
        timeout=120,
    )


@pytest.fixture(scope="module")
def dropped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with files in its inbox: two good ones, a copy of one, a broken one, and one that asks a person."""
    home = tmp_path_factory.mktemp("kills") / "hjem"
    make_home(home)
    with open_desk(home, working=True) as desk:
        flow.import_staff(desk, REPO / "templates" / "staff-example.csv", municipality="")
    settings = home / "config" / "settings.toml"
    text = (
        settings.read_text().replace("patience = 20", "patience = 0.2").replace("pause = 0.3", "pause = 0.05")
    )
    # No LibreOffice: the PDFs are not what is tried here.
    settings.write_text(text.replace('soffice = ""', 'soffice = "/finnes/ikke"'))
    for number, start in enumerate(("01", "05", "02")):
        (sample,) = SAMPLES.glob(f"{start}*")
        shutil.copy(sample, home / "inbox" / f"{number}{sample.suffix}")
    shutil.copy(home / "inbox" / "0.docx", home / "inbox" / "kopi.docx")
    (home / "inbox" / "odelagt.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    return home


@pytest.fixture(scope="module")
def expected(dropped: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, object]]:
    """How many steps an undisturbed run has, and what it leaves."""
    home = tmp_path_factory.mktemp("undisturbed") / "hjem"
    shutil.copytree(dropped, home)
    steps = int(driven(home).stdout)
    with open_desk(home) as desk:
        return steps, state(desk)


def state(desk: flow.Desk) -> dict[str, object]:
    """What a home holds, without ids and times, which follow the order of work."""
    documents = list(flow.document_rows(desk))
    letters = list(flow.letter_rows(desk))
    return {
        "documents": sorted(
            (str(d["source"]), str(d["status"]), str(d["reason_code"]))
            for d in documents
            if d["status"] != "duplicate"
        ),
        "duplicates": sum(d["status"] == "duplicate" for d in documents),
        "hashes": Counter(str(d["sha256"]) for d in documents),
        "cases": len(list(flow.case_rows(desk))),
        "letters": Counter((str(x["kind"]), str(x["to"])) for x in letters),
        "review": Counter(str(r["code"]) for r in flow.review_rows(desk)),
    }


def check(home: Path, steps: list[int], wanted: dict[str, object], inbox: Path) -> None:
    """Kill a run at each of the steps in turn, let it finish, and compare with the undisturbed run."""
    for step in steps:
        assert killed(home, step) in {-signal.SIGKILL, 0}
    with open_desk(home, working=True) as desk:
        runner(desk).once()
        found = state(desk)
        letters = [Path(str(letter["docx"])) for letter in flow.letter_rows(desk)]
    # Of two files with the same bytes either may come first when the order of work changes.
    for key in ("duplicates", "hashes", "cases", "letters", "review"):
        assert found[key] == wanted[key], (key, steps)
    assert Counter(s for _, s, _ in found["documents"]) == Counter(s for _, s, _ in wanted["documents"]), (
        steps
    )
    assert not [p for p in (home / "inbox").rglob("*") if p.is_file()], steps
    assert sorted(letters) == sorted((home / "outbox").iterdir()), steps
    assert all(letter.read_bytes().startswith(b"PK") for letter in letters), steps
    kept = {p.name for p in (home / "data" / "originals").rglob("*") if p.is_file()}
    assert {hashlib.sha256(p.read_bytes()).hexdigest() for p in inbox.iterdir() if p.is_file()} <= kept, steps


def tried(
    dropped: Path, expected: tuple[int, dict[str, object]], folder: Path, draws: list[list[int]]
) -> None:
    """Try each draw of steps in a home of its own."""
    _, wanted = expected
    for number, steps in enumerate(draws):
        home = folder / f"hjem{number}"
        shutil.copytree(dropped, home)
        check(home, steps, wanted, dropped / "inbox")
        shutil.rmtree(home)


@pytest.mark.parametrize("part", range(4))
def test_a_run_killed_at_any_step_is_finished_by_the_next(
    dropped: Path, expected: tuple[int, dict[str, object]], tmp_path: Path, part: int
) -> None:
    """SOME kills, spread evenly over the run; some runs are killed twice."""
    count = expected[0]
    places = [round(count * (n + 0.5) / SOME) for n in range(SOME)][part::4]
    draws = [[place] if n % 3 else [place, max(1, place // 2)] for n, place in enumerate(places)]
    tried(dropped, expected, tmp_path, draws)


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("part", range(10))
def test_a_thousand_kills(
    dropped: Path, expected: tuple[int, dict[str, object]], tmp_path: Path, part: int
) -> None:
    """MANY kills at places drawn at random."""
    draw = random.Random(part)
    tried(dropped, expected, tmp_path, [[draw.randint(1, expected[0])] for _ in range(MANY // 10)])
