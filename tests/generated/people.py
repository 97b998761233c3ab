"""Invented people, addresses, telephones and dates, each with the spelling on paper and the value meant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.generated.written import Entry, empty, line

FIRST = (
    "Åse",
    "Øyvind",
    "Kari-Anne",
    "Bjørn Åge",
    "Áilu",
    "Máhtte",
    "Ŋilla",
    "Đivra",
    "Siŋŋá",
    "Ingebjørg",
    "Ole Jakob",
    "Nađđa",
    "Zoë",
    "Éva",
    "Tor-Erling",
    "Ragnhild",
    "Jon",
    "Liv",
    "Håkon",
    "Mohammed",
    "Nguyễn",
    "Sæmund",
    "Maj-Britt",
    "Per Olav",
)
LAST = (
    "Sætre",
    "Ødegård",
    "Čoskavuonna",
    "Guttormsen-Lie",
    "O'Neill",
    "D’Angelo",
    "Hætta Skum",
    "Moen",
    "Å",
    "Šuoššjávri",
    "Ŧealdi",
    "Bråthen",
    "van der Åsen",
    "Kjærvik",
    "Nesjåbygdhaugen",
    "Lund",
    "Ytre-Eide",
    "Koordinatorhaug",
    "Vik",
    "Datoen",
    "Müller",
    "Holm Østby",
)
STREETS = (
    "Yrjars gate {n}",
    "Storgata {n} B",
    "Nergårdsveien {n}, H0201",
    "Ørlandsveien {n}",
    "Kirkevegen {n}",
    "c/o Moen, Strandveien {n}",
    "Rådhusgt. {n}A",
    "Geaidnu {n}",
    "Telefonbakken {n}",
    "Nordre Åsen gård, leil. {n}",
)
# Picked from Posten Bring's public postcode register as packaged in norway-postal-codes 3.3.0 (MIT licence).
PLACES = (
    ("7130", "Brekstad"),
    ("7140", "Opphaug"),
    ("7142", "Uthaug"),
    ("7160", "Bjugn"),
    ("7165", "Oksvoll"),
    ("7170", "Åfjord"),
    ("9350", "Sjøvegan"),
    ("9357", "Tennevoll"),
    ("9730", "Karasjok"),
    ("9520", "Kautokeino"),
    ("2340", "Løten"),
    ("0373", "Oslo"),
    ("0010", "Oslo"),
    ("7010", "Trondheim"),
    ("8622", "Mo i Rana"),
    ("6993", "Høyanger"),
    ("5914", "Isdalstø"),
    ("9100", "Kvaløysletta"),
)
SERVICES = (
    "PPT",
    "Helsestasjon & skolehelsetjeneste",
    "NAV",
    "Barneverntjenesten",
    "BUP, St. Olavs hospital",
    "Opphaug skole",
    "Barn < 6 år-teamet",
    'Miljøtjenesten "Nord"',
    "Ergoterapi/fysioterapi",
    "Hjemmetjenesten",
    "Habilitering – Levanger",
    "Dagsenteret «Solgløtt»",
    "Rus- og psykisk helse",
    "Avlastning (annenhver helg)",
    "Familievernkontoret",
)
RELATIONS = (
    "mor",
    "Far",
    "Bestemor",
    "søster",
    "Ektefelle",
    "samboer",
    "Fostermor",
    "Datter",
    "Nabo & venn",
    "eahki",
)
OFFICES = (
    "Brekstad legekontor",
    "Fosen legesenter",
    "Legene ved Torget",
    "Salangen legekontor, avd. 2",
    "Kystlegen AS",
)
MONTHS = (
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
)
NEEDS = (
    "Navn på skolen er Opphaug skole, og han går i 3. trinn.",
    "Telefon til mor er lagt inn i journalen.",
    "Familien trenger hjelp til å samordne avlastning, skole og BUP.",
    "- Fysioterapi to ganger i uka",
    "- Søker om støttekontakt (ca. 4 t/uke)",
    "Koordinator har sluttet; barnekoordinator er ønsket.",
    "Dato for neste møte er ikke satt.",
    "Adresse endres til sommeren, da flytter de til Bjugn.",
    "Hun har CP & epilepsi, og bruker rullestol.",
    "Vekt < 40 kg, trenger oppfølging av ernæring.",
    'Mor sier: "Vi er slitne av å gjenta oss."',
    "Det er behov for én fast kontaktperson som følger med over tid og ringer tjenestene.",
    "Melding er drøftet med fastlege. Samtykke er gitt.",
    "Annet: se vedlagt epikrise.",
)
NOTES = (
    "Vedtak fra 2023",
    "Tas opp på neste møte",
    "Se referat 12.02.",
    "Foresatte vil vente",
    "ja, delvis",
    "Gjelder fra høsten & ut året",
    "Ikke aktuelt nå",
    "planen revideres i juni",
)


@dataclass(frozen=True, kw_only=True)
class Draw:
    """One document's dice."""

    rng: Random

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def name(self) -> str:
        return f"{self.rng.choice(FIRST)} {self.rng.choice(LAST)}"

    def person(self) -> Entry:
        name = self.name()
        return Entry(written=(name.replace(" ", "  ", 1) if self.chance(0.03) else name,), value=name)

    def text(self, choices: tuple[str, ...]) -> Entry:
        return line(self.rng.choice(choices))

    def address(self) -> Entry:
        return line(self.rng.choice(STREETS).format(n=self.rng.randint(1, 249)))

    def phone(self) -> Entry:
        digits = self.rng.choice("23567499") + "".join(self.rng.choice("0123456789") for _ in range(7))
        shapes = (
            digits,
            f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}",
            f"{digits[:3]} {digits[3:5]} {digits[5:]}",
        )
        prefix = self.rng.choice(("", "", "", "", "+47 ", "+47", "0047 ", "0047"))
        return Entry(written=(prefix + self.rng.choice(shapes),), value=f"+47{digits}")

    def email(self) -> Entry:
        local = self.rng.choice(("kari.moen", "post", "Ola_N", "ase-s", "a.o", "maj-britt.lund", "nn1984"))
        domain = self.rng.choice(("example.no", "Example.com", "epost.example", "KOMMUNE.EXAMPLE"))
        return Entry(written=(f"{local}@{domain}",), value=f"{local}@{domain.lower()}")

    def contact(self, *, single: bool = False) -> Entry:
        """A telephone, an e-mail or both; the value names the telephone first."""
        which = self.rng.choice(("phone", "email") if single else ("phone", "email", "both", "both"))
        phone, email = self.phone(), self.email()
        if which != "both":
            return phone if which == "phone" else email
        value = f"{phone.value}; {email.value}"
        first, second = (
            (phone.written[0], email.written[0]) if self.chance(0.6) else (email.written[0], phone.written[0])
        )
        if self.chance(0.5):
            return Entry(written=(first, second), value=value)
        return Entry(written=(first + self.rng.choice((", ", " / ", "; ")) + second,), value=value)

    def place(self) -> Entry:
        code, town = self.rng.choice(PLACES)
        shape = self.rng.choice(("{c} {t}", "{c} {t}", "{c} {u}", "{c}, {t}", "{c}, {u}", "{c}  {t}"))
        return Entry(written=(shape.format(c=code, t=town, u=town.upper()),), value=f"{code} {town}")

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        return first + dt.timedelta(days=self.rng.randrange((last - first).days + 1))

    def spelled(self, day: dt.date) -> str:
        year = day.year % 100
        month = MONTHS[day.month - 1]
        return self.rng.choice(
            (
                f"{day.day}.{day.month}.{day.year}",
                f"{day.day:02}.{day.month:02}.{day.year}",
                f"{day.day:02}.{day.month:02}.{day.year}",
                f"{day.day:02}.{day.month:02}.{year:02}",
                f"{day.day}.{day.month}.{year:02}",
                f"{day.day}/{day.month}-{day.year}",
                f"{day.day}/{day.month}-{year:02}",
                f"{day.day}. {month} {day.year}",
                f"{day.day}. {self.rng.choice((month, month.title(), month.upper()))} {day.year}",
                f"{day:%Y-%m-%d}",
                f"{day:%d%m%y}",
            )
        )

    def date(self) -> Entry:
        day = self.day(dt.date(2021, 1, 1), dt.date(2026, 10, 30))
        return Entry(written=(self.spelled(day),), value=day.isoformat())

    def birth(self) -> Entry:
        day = self.day(dt.date(1930, 1, 1), dt.date(2026, 6, 30))
        return Entry(written=(self.spelled(day),), value=day.isoformat())

    def due(self) -> Entry:
        day = self.day(dt.date(2027, 1, 1), dt.date(2027, 8, 1))
        word = self.rng.choice(("termin", "Termin", "termin:", "TERMIN"))
        return Entry(written=(f"{word} {day:%d.%m.%Y}",), value=day.isoformat())

    def needs(self, *, emoji: str) -> Entry:
        chosen = self.rng.sample(NEEDS, self.rng.randint(1, 6))
        if emoji and self.chance(0.1):
            chosen.append(f"Hilsen alle i familien {emoji}")
        if self.chance(0.2) and len(chosen) > 1:
            return Entry(written=(" ".join(chosen),), value=" ".join(chosen))
        return Entry(written=tuple(chosen), value=" ".join(chosen))

    def maybe(self, entry: Entry, *, empty_share: float = 0.3) -> Entry:
        return empty() if self.chance(empty_share) else entry
