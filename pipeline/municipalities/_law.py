"""The dated law table that all municipalities share: citations, complaint tracks, ages, days of rest (``config/law.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol


class _Dated(Protocol):
    """Something that holds between two days, both included."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def holds(entry: _Dated, on: date) -> bool:
    """Whether a dated entry holds on a day."""
    return entry.valid_from <= on and (entry.valid_to is None or on <= entry.valid_to)


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """An act. ``valid_from`` None: adopted, not in force; its citations then stay out of ``Law.citations``.

    ``name`` as its citations begin, ``name_nn`` the same in nynorsk.
    """

    id: str
    number: str
    valid_from: date | None = None
    valid_to: date | None = None
    replaces: str = ""
    name: str = ""
    name_nn: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """One paragraph as it is cited between two dates; ``text_nn`` in nynorsk, ``""`` when nobody has said it."""

    id: str
    text: str
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    text_nn: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ComplaintTrack:
    """Where and how long one may complain, by legal basis (``domain/law.md`` B.1)."""

    id: str
    weeks: int
    citation: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalBasis:
    """What a measure stands on: ids of citations (the right, the duty) and the complaint track."""

    measure: str
    citations: tuple[str, ...]
    complaint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeLimit:
    """An age that decides who consents or gets a letter (B.17), in whole years."""

    id: str
    years: int
    valid_from: date
    valid_to: date | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """A deadline that runs by the hour, weekends and nights included (art. 33: to report a breach)."""

    id: str
    hours: int
    valid_from: date
    valid_to: date | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RestDays:
    """Days beside the public holidays on which no deadline ends (B.14). ``weekdays`` are ISO (7 is Sunday)."""

    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Law:
    """The dated citation table, shared by all municipalities (``config/law.toml``)."""

    citations: tuple[Citation, ...]
    complaints: tuple[ComplaintTrack, ...]
    bases: tuple[LegalBasis, ...]
    acts: tuple[Act, ...] = ()
    ages: tuple[AgeLimit, ...] = ()
    rest: RestDays = RestDays()
    clocks: tuple[Clock, ...] = ()

    def cite(self, citation: str, on: date, language: str = "nb") -> str:
        """How a paragraph is cited on a day in ``nb`` or ``nn``; KeyError when the table has none, also none in that language."""
        for entry in self.citations:
            text = entry.text_nn if language == "nn" else entry.text
            if entry.id == citation and holds(entry, on) and text:
                return text
        raise KeyError(citation)

    def basis(self, measure: str) -> LegalBasis | None:
        """What a measure stands on; None when no act gives it (a care team, R-6)."""
        return next((basis for basis in self.bases if basis.measure == measure), None)

    def complaint(self, track: str, on: date) -> ComplaintTrack:
        """The complaint track as it is on a day; KeyError when there is none."""
        for entry in self.complaints:
            if entry.id == track and holds(entry, on):
                return entry
        raise KeyError(track)

    def age(self, limit: str, on: date) -> int:
        """An age limit in whole years as it is on a day; KeyError when there is none."""
        for entry in self.ages:
            if entry.id == limit and holds(entry, on):
                return entry.years
        raise KeyError(limit)

    def hours(self, clock: str, on: date) -> int:
        """How many hours a clock gives on a day; KeyError when there is none."""
        for entry in self.clocks:
            if entry.id == clock and holds(entry, on):
                return entry.hours
        raise KeyError(clock)

    def rests(self, day: date) -> bool:
        """Whether no deadline ends on that day: weekend, holiday or equated day."""
        if day.isoweekday() in self.rest.weekdays:
            return True
        from pipeline.municipalities._holidays import public_holidays  # slow to load

        return day in public_holidays(day.year)

    def deadline(self, start: date, *, days: int, roll_to_workday: bool) -> date:
        """The last day of a deadline of so many days; the day it starts is not counted (B.14)."""
        end = start + timedelta(days=days)
        while roll_to_workday and self.rests(end):
            end += timedelta(days=1)
        return end
