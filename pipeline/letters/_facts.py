"""An order's facts as a letter's fields: dates written out, lists joined, what nobody has said left empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.domain import Fact, Measure
from pipeline.errors import DeclarationError
from pipeline.letters._fields import FactSpec, FactType
from pipeline.letters._spec import LetterSpec
from pipeline.letters._words import Words

# Facts any order may hold: which employee has the case, and the recipient's own reference.
EVERYWHERE = frozenset({"case_worker", "responsible", "your_ref"})


class Facts:
    """``data`` by field, ``gaps`` as code and what is missing, ``measure`` when the letter is about one."""

    def __init__(
        self, spec: LetterSpec, given: Mapping[str, Fact], words: Words, team: str, on: date
    ) -> None:
        """Read them (``team``: the municipality's word); DeclarationError for a fact the letter doesn't declare or of another type than declared."""
        self.data: dict[str, object] = {}
        self.gaps: list[tuple[str, str]] = []
        self.measure: Measure | None = None
        self._file, self._words, self._team, self._on = f"{spec.kind}.toml", words, team, on
        unknown = sorted(set(given) - set(spec.facts) - EVERYWHERE)
        if unknown:
            raise DeclarationError([f"{self._file}: «facts.{name}» er ikke erklært" for name in unknown])
        for fact in spec.facts.values():
            value = given.get(fact.name)
            if isinstance(value, str):
                value = value.strip() or None
            if value is None or value == ():
                if fact.required:
                    self.gaps.append(("missing", fact.meaning))
                self._empty(fact)
            else:
                self._known(fact, value)
        for group in spec.one_of:
            if not any(self.data.get(name) for name in group):
                self.gaps.append(("one_of", words.listed([spec.facts[name].meaning for name in group])))

    def _empty(self, fact: FactSpec) -> None:
        if fact.type is FactType.FLAG:
            self.data[fact.name] = False
        elif fact.type is FactType.LIST:
            self.data[fact.name] = []
        elif fact.type is not FactType.MEASURE:
            self.data[fact.name] = None
        if fact.type is FactType.DATE:
            self.data[f"{fact.name}_passed"] = False

    def _known(self, fact: FactSpec, value: Fact) -> None:
        if fact.type is FactType.DATE and isinstance(value, date):
            self.data[fact.name] = self._words.day(value)
            self.data[f"{fact.name}_passed"] = value < self._on
        elif fact.type is FactType.FLAG and isinstance(value, bool):
            self.data[fact.name] = value
        elif fact.type is FactType.NUMBER and isinstance(value, int) and not isinstance(value, bool):
            self.data[fact.name] = str(value)
        elif fact.type is FactType.LIST and isinstance(value, tuple):
            # What the product itself calls things has a form in each language; a name is a name.
            self.data[fact.name] = [self._words.form(one) for one in value]
        elif fact.type is FactType.TEXT and isinstance(value, str):
            self.data[fact.name] = value
        elif fact.type is FactType.MEASURE and isinstance(value, str) and value in set(Measure):
            self.measure = Measure(value)
        elif (
            fact.type is FactType.MEASURES
            and isinstance(value, tuple)
            and all(one in set(Measure) for one in value)
        ):
            self.data[fact.name] = self._words.listed(
                [self._words.measure[one]["name"].replace("{team}", self._team) for one in value]
            )
        else:
            raise DeclarationError(
                [f"{self._file}: «facts.{fact.name}» er ikke av den erklærte typen, {fact.type}"]
            )
