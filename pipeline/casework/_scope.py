"""What a consent covers: which persons and services, which kinds of information (R-57, R-58). A value that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pipeline.casework._words import folded, same

INFORMATION = {
    "health": "helse og behandling",
    "daily_life": "hverdag og behov for hjelp",
    "learning": "barnehage, skole og arbeid",
    "family": "familie og nettverk",
    "finances": "økonomi og bolig",
    "plan": "individuell plan og møtereferater",
}
"""The kinds of information of the consent form, and what it calls them."""

_NO_WORDS = frozenset(
    "behov eller for hjelp individuell kommune kommunen og service tjeneste tjenesten tjenester".split()  # noqa: SIM905
)
"""Words that tell no service or kind of information from another."""
_MARKS = str.maketrans("|()", "/  ")
"""What parts an entry can't stand in one."""


class Cover(StrEnum):
    """Whether a scope covers something. ``doubt``: a name alone, or nearly the same service; a person must see to it."""

    YES = "yes"
    NO = "no"
    DOUBT = "doubt"
    UNSAID = "unsaid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of a scope. ``kind``: ``person``, ``service``, ``information``, or ``""`` (an older register's: name or service).

    ``only``: what a person may share, in the form's own words (R-58). ``without``: it is left out of the consent.
    """

    kind: str
    name: str
    service: str = ""
    only: str = ""
    without: bool = False

    @property
    def text(self) -> str:
        """The entry as it is stored: ``without:person:Ida Holm (BUP)``."""
        service = f" ({self.service})" if self.service else ""
        only = f"|information:{self.only}" if self.only else ""
        kind = f"{self.kind}:" if self.kind else ""
        return f"{'without:' if self.without else ''}{kind}{self.name}{service}{only}"

    def means(self, name: str, service: str) -> bool:
        """Whether it may mean a member: taken widely, for what is to be stopped (R-54)."""
        if self.kind == "information":
            return False
        if self.kind == "service":
            return any(same(self.name, one) or _akin(self.name, one) for one in (service, name) if one)
        return same(self.name, name) or (not self.kind and same(self.name, service))

    def covers(self, name: str, service: str) -> Cover:
        """Whether it surely means a member: name and service, or a whole service; never a name alone."""
        if self.kind != "person" and service and same(self.name, service):
            return Cover.YES
        if self.kind == "service":
            return Cover.DOUBT if any(_akin(self.name, one) for one in (service, name)) else Cover.NO
        if self.kind == "information" or not same(self.name, name):
            return Cover.NO
        agrees = bool(self.service) and same(self.service, service)
        return Cover.YES if agrees else Cover.DOUBT


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a consent covers. Without entries it doesn't say: then it covers those who belonged when it was given."""

    entries: tuple[Entry, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The scope as it is stored, each entry once."""
        return tuple(dict.fromkeys(entry.text for entry in self.entries))

    @property
    def given(self) -> tuple[Entry, ...]:
        """The entries that give something."""
        return tuple(entry for entry in self.entries if not entry.without)

    @property
    def names_somebody(self) -> bool:
        """Whether it says which persons or services."""
        return any(entry.kind != "information" for entry in self.given)

    @property
    def names_information(self) -> bool:
        """Whether it says which kinds of information."""
        return any(entry.kind == "information" for entry in self.given)

    def leaves_out(self, name: str, service: str) -> bool:
        """Whether a member may be one of those it leaves out."""
        return any(entry.without and entry.means(name, service) for entry in self.entries)

    def member(self, name: str, service: str) -> Cover:
        """Whether it covers a member; ``unsaid`` when it names nobody."""
        if self.leaves_out(name, service):
            return Cover.NO
        if not self.names_somebody:
            return Cover.UNSAID
        found = {entry.covers(name, service) for entry in self.given}
        return next((cover for cover in (Cover.YES, Cover.DOUBT) if cover in found), Cover.NO)

    def information(self, kind: str) -> Cover:
        """Whether it covers a kind of information; what is kept back in words that name no kind is doubtful for all of them."""
        kept = [entry.name for entry in self.entries if entry.without and entry.kind == "information"]
        if kind in kept:
            return Cover.NO
        given = {entry.name for entry in self.given if entry.kind == "information"}
        if given and kind not in given:
            return Cover.NO
        if any(one not in INFORMATION and not kinds_in(one) for one in kept):
            return Cover.DOUBT
        return Cover.YES if given else Cover.UNSAID

    def less(self, gone: Iterable[Entry]) -> Scope:
        """The scope after a withdrawal: what was given of it is taken out, and that it was withdrawn is kept."""
        out = tuple(gone)
        left = [entry for entry in self.entries if entry.without or not any(_taken(entry, g) for g in out)]
        return Scope(entries=(*left, *out))

    def nothing_left(self, before: Scope) -> bool:
        """Whether a scope that named persons, or kinds of information, names none any more."""
        persons = before.names_somebody and not self.names_somebody
        return persons or (before.names_information and not self.names_information)


def _taken(entry: Entry, gone: Entry) -> bool:
    if "information" in (entry.kind, gone.kind):
        return entry.kind == gone.kind and same(entry.name, gone.name)
    if gone.kind == "service" and entry.kind == "person":
        return gone.means(entry.name, entry.service)
    return same(entry.name, gone.name)


def read_scope(texts: Iterable[str]) -> Scope:
    """The scope that is stored as texts."""
    return Scope(entries=tuple(_entry(text) for text in texts))


def _entry(text: str) -> Entry:
    without = text.startswith("without:")
    bare, _, only = text.removeprefix("without:").partition("|information:")
    kind, colon, name = bare.partition(":")
    if not colon or kind not in ("person", "service", "information"):
        return Entry(kind="", name=bare, without=without)
    service = ""
    if kind == "person" and name.endswith(")") and " (" in name:
        name, _, service = name[:-1].rpartition(" (")
    return Entry(kind=kind, name=name, service=service, only=only, without=without)


def person_entry(name: str, service: str = "", *, only: str = "", without: bool = False) -> Entry | None:
    """The entry for somebody a form or a person names; a service when only that is told, None when neither is."""
    name, service, only = (" ".join(part.translate(_MARKS).split()) for part in (name, service, only))
    if name:
        return Entry(kind="person", name=name, service=service, only=only, without=without)
    return Entry(kind="service", name=service, without=without) if service else None


def kinds_in(text: str) -> tuple[str, ...]:
    """The kinds of information that words may mean, taken widely: for what is to be kept back or stopped."""
    told = _words(text)
    return tuple(kind for kind, label in INFORMATION.items() if kind == text or told & _words(label))


def information_entries(text: str) -> tuple[Entry, ...]:
    """What is kept back of information, as entries: each kind the words may mean, and the words themselves."""
    bare = " ".join(text.translate(_MARKS).split())
    names = dict.fromkeys((*kinds_in(bare), bare)) if bare else ()
    return tuple(Entry(kind="information", name=name, without=True) for name in names)


def _akin(one: str, other: str) -> bool:
    return bool(_words(one) & _words(other))


def _words(text: str) -> frozenset[str]:
    parts = "".join(c if c.isalnum() else " " for c in folded(text)).split()
    return frozenset(part for part in parts if len(part) > 2) - _NO_WORDS
