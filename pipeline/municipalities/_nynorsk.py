"""The municipality's own words in nynorsk, as its profile's table ``nn`` declares them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class NynorskTerms:
    """What the municipality's own words are in nynorsk; ``""``: by the product's list, or as the word is."""

    unit: str = ""
    unit_short: str = ""
    team: str = ""
    team_definite: str = ""
    person: str = ""
    leader: str = ""
    deputy: str = ""
    escalation_leader: str = ""
    decision_body: str = ""
    complaint_body: str = ""
    marking: str = ""
    neutral_title: str = ""
