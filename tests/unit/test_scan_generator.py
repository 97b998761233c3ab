"""The generator of scanned forms itself: a seed repeats itself, its geometry fits, its figures add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.scans import carry
from tests.scans.damage import NAMES, Damage, readable
from tests.scans.figures import clopper_pearson
from tests.scans.measure import fields, match, split_right
from tests.scans.report import figures, markdown, saved, table, worst
from tests.scans.stack import FORMS, Scan, keep, make, truth


def test_a_seed_repeats_itself(tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    first, second = (make(7, folder, forms=["need-notification"]) for folder in (tmp_path, again))
    assert json.dumps(truth(first), ensure_ascii=False) == json.dumps(truth(second), ensure_ascii=False)
    for one, other in zip(first.pages, second.pages, strict=True):
        assert np.array_equal(one.picture, other.picture)
    keep(first)
    assert json.loads((tmp_path / f"{first.path.name}.json").read_text(encoding="utf-8"))["seed"] == 7


def test_what_is_drawn_stands_where_it_is_said(tmp_path: Path) -> None:
    made = make(11, tmp_path, forms=["group-report"], damages=["skew", "upside-down"], single=True)
    page = made.pages[0]
    places = [item for item in made.parts[0].made.places.all if item.page == 0 and item.kind != "tick"]
    assert len(places) > 10
    assert any(damage.name == "upside-down" for damage in page.damages)
    for item in places:
        xs, ys = zip(*page.pixels(item.box), strict=True)
        part = page.picture[round(min(ys)) : round(max(ys)) + 1, round(min(xs)) : round(max(xs)) + 1]
        assert part.min() < 140, item


@pytest.mark.parametrize("carrier", carry.CARRIERS)
def test_every_carrier_opens(carrier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.scans.stack.carrier", lambda rng, pages: carrier)
    made = make(3, tmp_path, forms=["group-consent"], single=True)
    head = made.path.read_bytes()[:5]
    if carrier.startswith("pdf"):
        assert head == b"%PDF-"
    else:
        with Image.open(made.path) as picture:
            picture.load()
            assert picture.info["dpi"][0] == pytest.approx(made.made.dpi, abs=1)


def perfect(made: Scan) -> list[dict[str, Any]]:
    """What a reader would say that makes no mistake."""
    return [
        {
            "form": part.made.filled.form,
            "pages": sorted(part.pages),
            "fields": {
                key: {"value": value, "status": "accepted", "confidence": 0.99}
                for key, value in part.made.filled.truth.items()
            },
        }
        for part in made.parts
    ]


def outcome(made: Scan, lines: list[dict[str, Any]]) -> dict[str, Any]:
    matched = match(made, lines)
    forms = [line["form"] for line in lines]
    return {
        "seed": made.seed,
        "file": made.path.name,
        "carrier": made.carrier,
        "dpi": made.made.dpi,
        "damages": made.damages,
        "stack": True,
        "pages": len(made.sheets),
        "want": [part.made.filled.form for part in made.parts],
        "got": forms,
        "found": [line is not None for line in matched],
        "split": split_right(made, matched, forms),
        "cpu": 1.0,
        "fault": "",
        "modes": [part.made.filler.mode for part in made.parts],
        "readable": [part.readable for part in made.parts],
        "fields": [
            {"part": at, **field}
            for at, part in enumerate(made.parts)
            for field in fields(part, (matched[at] or {}).get("fields", {}))
        ],
    }


def test_figures_add_up(tmp_path: Path) -> None:
    made = make(27, tmp_path)
    assert len(made.parts) > 1
    lines = perfect(made)
    right = outcome(made, lines)
    assert right["split"]
    assert right["found"] == [True] * len(made.parts)
    of = figures([right])
    assert of.all["wrong accepted"].hits == 0
    assert of.all["tick sensitivity"].value == of.all["tick specificity"].value == 1
    assert of.all["signature before review"].value == 1
    assert of.all["recognised"].of == len(made.parts)

    key = next(key for key, value in made.parts[0].made.filled.truth.items() if isinstance(value, str))
    lines[0]["fields"][key]["value"] = "noe annet"
    wrong = outcome(made, lines)
    written = tmp_path / "outcomes"
    written.write_text("".join(json.dumps(record) + "\n" for record in (right, wrong)), encoding="utf-8")
    both = figures(saved([written]))
    assert both.all["wrong accepted"].hits == 1
    assert both.all["wrong accepted"].of == 2 * of.all["wrong accepted"].of
    assert "noe annet" in worst([wrong])
    assert "wrong among accepted" in table(both, figures([right, wrong | {"dpi": 150}], fine=True))
    for coarse in ({"dpi": 150}, {"damages": ["fax"]}):
        assert figures([right, right | coarse], fine=True).counts == of.counts
    assert markdown(both, of, "make accuracy", FORMS, NAMES).startswith("# ")

    lines[0]["pages"] = lines[1]["pages"]
    assert not outcome(made, lines)["split"]


def test_intervals_are_exact() -> None:
    assert clopper_pearson(0, 8100) == pytest.approx((0, 0.000455), abs=1e-6)
    assert clopper_pearson(5, 10) == pytest.approx((0.18709, 0.81291), abs=1e-5)
    assert clopper_pearson(995, 1000) == pytest.approx((0.988366, 0.998375), abs=1e-5)


def test_a_fax_is_read_with_effort_and_a_clean_page_is_not() -> None:
    assert readable([], dpi=300, smallest=10)
    assert not readable([Damage(name="fax", strength=1)], dpi=204, smallest=10)
    assert not readable([Damage(name="blur", strength=0.9)], dpi=300, smallest=10)
    assert not readable([], dpi=150, smallest=7)
