"""A message without a form, through the command line (F-003-9, F-004-1)."""

from __future__ import annotations

import json

import pytest

from tests.acceptance.conftest import Program

pytestmark = pytest.mark.unprinted


def test_a_message_from_a_portal_opens_a_case(program: Program) -> None:
    """F-003-9: what came through a portal is taken in with the fields of the form, and answered."""
    fields = {
        "recipient.name": "Vilde Brekkås",
        "recipient.birth_date": "2014-11-03",
        "recipient.address": "Strandgata 14",
        "recipient.postal_place": "7130 Brekstad",
        "requested.coordinator": True,
        "reported_by": "Siv Brekkås",
        "next_of_kin.name": "Siv Brekkås",
        "next_of_kin.relation": "mor",
        "needs": "Trenger samordning.",
        "date": "2026-11-20",
    }
    file = program.home / "data" / "melding.json"
    file.write_text(json.dumps({"form": "need-notification", "channel": "portal", "fields": fields}))
    program("message", "add", "--json-file", str(file), ok=None)
    (document,) = program.rows("documents")
    assert document["forms"][0]["form"] == "need-notification"
    (case,) = program.rows("cases")
    assert case["person"]["name"] == "Vilde Brekkås"
    assert case["requested"] == ["coordinator"]
