"""A child's and an adult's years in each of the five municipalities, every letter held against a reviewed text (issue 4, C.4, C.7)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.wiring import make_home, open_desk
from tests.scenarios.plays import adult, child
from tests.scenarios.stage import GOLDEN, Stage

PLAYS: dict[str, Callable[[Stage], None]] = {"child": child, "adult": adult}
MUNICIPALITIES = ("loten", "orland", "salangen", "sondre_land", "vestre_toten")


def played(home: Path, municipality: str, play: str) -> str:
    """The transcript of a play in a new home without LibreOffice."""
    make_home(home)
    settings = home / "config" / "settings.toml"
    settings.write_text(settings.read_text().replace('soffice = ""', 'soffice = "/finnes/ikke"'))
    with open_desk(home, working=True) as desk:
        stage = Stage(desk, municipality)
        PLAYS[play](stage)
    return "\n".join(stage.transcript).strip() + "\n"


@pytest.mark.parametrize("play", PLAYS)
@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_the_years_go_as_they_were_reviewed(tmp_path: Path, municipality: str, play: str) -> None:
    """``python -m tests.scenarios`` writes the texts anew; read the difference before you keep it."""
    golden = GOLDEN / f"{municipality}-{play}.txt"
    assert played(tmp_path / "hjem", municipality, play) == golden.read_text(encoding="utf-8")
