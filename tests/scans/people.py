"""People and places in the spelling of most Norwegian municipalities; now and then a name from farther away."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from tests.generated import people
from tests.generated.people import Draw
from tests.generated.truth import FORMS
from tests.generated.written import Entry, Filling, empty, line

FIRST_WORDS = """Anne Inger Kari Marit Ingrid Liv Eva Anna Maria Ida Hilde Berit Nina Marianne Elisabeth Kristin Bente Heidi
Silje Astrid Hanne Randi Linda Solveig Wenche Tone Ellen Camilla Gerd Ragnhild Julie Grethe Åse Emma Mona Monica Laila
Karin Sigrid Else Marie Torill Thea Sara Sofie Emilie Gunn Åshild Gøril Synnøve Tuva Frøydis Bjørg Målfrid Jørun Øydis
Jan Per Bjørn Ole Lars Kjell Knut Arne Svein Thomas Hans Geir Tor Terje Morten John Erik Odd Martin Andreas Trond
Harald Olav Kristian Magnus Tore Rune Helge Øyvind Gunnar Jonas Henrik Einar Marius Leif Håkon Jørgen Stian Sindre
Pål Åge Øystein Bård Torbjørn Vegard Dag Roar Sverre Sondre Emil Jakob Mathias Tobias Aksel Oddvar Asbjørn Sølve Kåre
Ann-Kristin Odd-Arne Kari-Anne Jan-Erik Ole-Jakob Ahmed Fatima Amina Zahra Mohammed Nadia Piotr Agnieszka"""
LAST_WORDS = """Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen Berg
Haugen Hagen Johannessen Andreassen Jacobsen Dahl Jørgensen Halvorsen Henriksen Lund Sørensen Jakobsen Moen Gundersen
Iversen Strand Solberg Svendsen Martinsen Eide Knutsen Bakken Kristoffersen Mathisen Lie Amundsen Lunde Rasmussen
Solheim Berge Moe Nygård Bakke Fredriksen Holm Haugland Hauge Lien Myhre Aas Næss Aasen Sæther Ødegård Skår Bråthen
Søvik Øverland Grønli Våge Åsen Sørli Fjeld Bjørnstad Kvåle Tørresen Håland Østby Rønning Bø Grøndahl Ås Mæland Særheim
Nesse Ytterøy Hovdenak Langås Vågen Hårstad Dybvik Refsnes Opphaug Kvam Myklebust Tangen Brekke Ness Hegdal Bjørgan
Rødsjø Guttormsen-Lie Ytre-Eide Berg-Hansen O'Neill Hussain Ali Nowak Abdi"""
STREETS_WORDS = """Storgata Kirkegata Kirkeveien Skolegata Skoleveien Yrjars_gate Strandveien Sjøgata Rådhusgata Meierigata
Fjordveien Åsveien Lerkeveien Granveien Bjørkeveien Furuveien Måsøyveien Bråtenveien Nordre_gate Søndre_gate Havnegata
Øvre_vei Nedre_Åsgårdsvei Fosenveien Ørlandsveien Uthaugsveien Skogveien Solbakken Tunveien Åkerveien Sørgata Øyveien
Prestegårdsveien Bjørnebærstien Kråkhaugen Elvegata Hovedveien Stasjonsveien Torggata Industrigata"""
FIRST, LAST, STREETS = FIRST_WORDS.split(), LAST_WORDS.split(), STREETS_WORDS.split()
SERVICES = (
    "PPT",
    "Helsestasjon",
    "NAV",
    "NAV Ørland",
    "Barneverntjenesten",
    "BUP",
    "Opphaug skole",
    "Brekstad barneskole",
    "Hårberg skole",
    "Borgly barnehage",
    "Ergoterapi",
    "Fysioterapi",
    "Hjemmetjenesten",
    "Habilitering",
    "Dagsenter",
    "Rus og psykisk helse",
    "Avlastning",
    "Familievernkontoret",
    "Kommunalt ansatt lege",
    "Støttekontakt",
    "Miljøtjenesten",
    "Tildelingskontoret",
    "Voksenopplæringen",
)
NEEDS = (
    *people.NEEDS,
    "Han trenger hjelp til å komme i gang om morgenen.",
    "Foreldrene ønsker at tjenestene snakker sammen.",
    "Har vært sykmeldt siden mars i fjor.",
    "Det er mange møter og ingen som har ansvaret.",
    "Skolen melder om høyt fravær etter jul.",
    "Ønsker møte på ettermiddagen hvis det er mulig.",
    "Moren er alene med tre barn og har lite nettverk.",
    "Vi søker om 20 timer avlastning i måneden.",
    "Overgangen til ungdomsskolen må planlegges tidlig.",
    "Bruker er innforstått med meldingen.",
)
RARE_SHARE = 0.04


@cache
def post_towns() -> tuple[tuple[str, str], ...]:
    """The public register of postcodes, as the repository keeps it."""
    path = Path(__file__).parents[2] / "config/postal-codes.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(row for row in lines if not row.startswith("#")))
    return tuple((code, town) for code, town in rows[1:])


def titled(town: str) -> str:
    """A post town as a person writes it: small words in the middle stay small."""
    small = {"i", "på", "og", "ved", "under"}
    words = town.lower().split(" ")
    return " ".join(
        word
        if number and word in small
        else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for number, word in enumerate(words)
    )


@dataclass(frozen=True, kw_only=True)
class Neighbours(Draw):
    """One document's dice, loaded towards the names that are common."""

    def name(self) -> str:
        if self.chance(RARE_SHARE):
            return super().name()
        second = f" {self.rng.choice(FIRST)}" if self.chance(0.15) else ""
        last = f"{self.rng.choice(LAST)} " if self.chance(0.1) else ""
        return f"{self.rng.choice(FIRST)}{second} {last}{self.rng.choice(LAST)}"

    def address(self) -> Entry:
        if self.chance(0.06):
            return super().address()
        letter = self.rng.choice(("", "", "", "", " A", " B", "C"))
        street = self.rng.choice(STREETS).replace("_", " ")
        return line(f"{street} {self.rng.randint(1, 149)}{letter}")

    def place(self) -> Entry:
        if self.chance(0.5):
            return super().place()
        code, town = self.rng.choice(post_towns())
        shown = self.rng.choice((titled(town), titled(town), town))
        return Entry(written=(f"{code} {shown}",), value=f"{code} {titled(town)}")

    def text(self, choices: tuple[str, ...]) -> Entry:
        return super().text(SERVICES if choices is people.SERVICES and self.chance(0.8) else choices)

    def email(self) -> Entry:
        first, last = (
            self.rng.choice(part).lower().replace("'", "").translate(str.maketrans("æøå", "eoa"))
            for part in (FIRST, LAST)
        )
        local = self.rng.choice(
            (f"{first}.{last}", f"{first}{self.rng.randint(1, 99)}", f"{first[0]}.{last}")
        )
        domain = self.rng.choice(("example.no", "epost.example", "kommune.example", "Example.com"))
        return Entry(written=(f"{local}@{domain}",), value=f"{local}@{domain.lower()}")

    def needs(self, *, emoji: str) -> Entry:
        chosen = tuple(self.rng.sample(NEEDS, self.rng.randint(1, 5)))
        if self.chance(0.2) and len(chosen) > 1:
            return Entry(written=(" ".join(chosen),), value=" ".join(chosen))
        return Entry(written=chosen, value=" ".join(chosen))


def fill(form: str, rng: Random, *, by_hand: bool) -> Filling:
    """What somebody fills in; by hand nobody types a name on the line to sign, they sign."""
    filling = FORMS[form](Neighbours(rng=rng), "")
    if by_hand:
        sign(filling)
    return filling


def sign(filling: Filling) -> None:
    """Every typed name on a line to sign becomes a signature."""
    for key, entry in filling.entries.items():
        if entry.mark == "typed":
            filling.entries[key] = Entry(value=True, mark="picture")
        if key == "consent.signatures":
            rows = tuple(
                {**row, "name": empty(), "signed": Entry(value=True, mark="picture")}
                if row and row["signed"].mark == "typed"
                else row
                for row in entry.rows
            )
            filling.entries[key] = Entry(
                value=[{part: row[part].value for part in ROW} for row in rows if row], rows=rows
            )
    filling.problems = [names for names in filling.problems if not any("sign" in name for name in names)]


ROW = ("place", "date", "name", "signed")
