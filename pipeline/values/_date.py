"""Dates as people in Norway write them."""

from __future__ import annotations

import re
from datetime import date

from pipeline.values._fold import fold, is_nothing, without_fill
from pipeline.values._parsed import EMPTY, Parsed, doubtful

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan",
            "februar febr feb",
            "mars mar",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "desember des",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mandag måndag man mån",
            "tirsdag tysdag tir tirs tys",
            "onsdag ons",
            "torsdag tor tors",
            "fredag fre",
            "lørdag laurdag lør lau",
            "søndag sundag søn sun",
        )
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_YEAR = r"['’`´]?(?P<year>\d{4}|\d{2})"
_SEPARATOR = r"\s?(?:[./,\-]\s?-?\s?|\s)"

_LEAD = re.compile(rf"(?:(?P<weekday>{_WEEKDAY})\.?,?\s+)?(?:den\s+)?(?=\d)")
_BORN = re.compile(r"(?:født|fødd|f\.|f)\s?:?\s*(?=\d)")
_DUE = re.compile(
    r"(?<!\w)(?:(?:fødsels|for)?termin(?:dato|en)?|(?:for)?vent(?:et|a)(?:\s+(?:termin|fødsel|født))?)(?!\w)\s*(?:dato)?\s*(?:er)?\s*[:=]?"
)
_ABOUT = re.compile(r"(?<!\w)(?:ca|cirka|omkring|rundt)(?!\w)\.?\s*")
_PATTERNS = (
    re.compile(
        rf"(?P<day>\d{{1,2}})(?P<first>{_SEPARATOR})(?P<month>\d{{1,2}})(?P<second>{_SEPARATOR}){_YEAR}\.?"
    ),
    re.compile(rf"(?P<day>\d{{1,2}})\s?[.\-]?\s?(?P<name>{_MONTH})\s?[.,]?\s?[\-]?\s?{_YEAR}\.?"),
    re.compile(r"(?P<year>\d{4})\s?[\-./]\s?(?P<month>\d{1,2})\s?[\-./]\s?(?P<day>\d{1,2})\.?"),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{2})"),
)
_COMPACT_ISO = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_COMB = re.compile(r"\d(?: \d){5}(?: \d \d)?")
_BIRTH_NUMBER = re.compile(r"(?P<day>\d{2})[. ]?(?P<month>\d{2})[. ]?(?P<year>\d{2})[ \-.]?\d{3}[ ]?\d{2}")
_HINT = re.compile(r"d{1,2}[ ./\-]*m{1,2}[ ./\-]*[åyæa]{2,4}")
_WITHOUT_YEAR = re.compile(rf"\d{{1,2}}(?:\s?[./\-]\s?\d{{1,2}}|[\s.\-]*(?:{_MONTH}))\.?\s?[./\-]?")
_PLAUSIBLE = range(1880, 2121)


def parse_date(raw: str, *, today: date, birth: bool = False) -> Parsed:
    """Give a date in ISO 8601.

    Two-digit years: for a date of ``birth`` the latest century that doesn't lie after ``today``, for other
    dates the one nearest to ``today``. A four-digit year is never moved. Dates that can't be, or could be
    two things, are doubts; so is «termin …», which ``parse_due_date`` reads.
    """
    text = fold(raw)
    if is_nothing(text) or _HINT.fullmatch(text.strip("() ")):
        return EMPTY
    if mentions_due_date(text):
        return doubtful("due-date", "Det står en termin her, ikke en vanlig dato.")
    if birth:
        text = _BORN.sub("", text, count=1) if _BORN.match(text) else text
    return _parse(text, today=today, birth=birth)


def mentions_due_date(raw: str) -> bool:
    """Whether the text says that it is the day a child is expected («termin 12.03.2027»)."""
    return _DUE.search(fold(raw)) is not None


def parse_due_date(raw: str, *, today: date) -> Parsed:
    """Give the day a child is expected in ISO 8601, with or without the word «termin» before or after it."""
    text = _ABOUT.sub("", _DUE.sub(" ", fold(raw))).strip(" :,()")
    if is_nothing(text):
        if mentions_due_date(raw):
            return doubtful("no-date", "Det står termin, men ingen dato.")
        return EMPTY
    return _parse(text, today=today, birth=False)


def _parse(text: str, *, today: date, birth: bool) -> Parsed:
    text = re.sub(r"\s*_+\s*", " ", text).strip() if "_" in text else text
    text = re.sub(r"\s*([./\-])\s*", r"\1", text).strip(" ,;")
    if is_nothing(text) or not without_fill(text):
        return EMPTY
    if any(c.isdigit() and not c.isascii() for c in text):
        return doubtful("not-a-date", "Datoen kan ikke leses.")
    if _COMB.fullmatch(text):
        text = text.replace(" ", "")
    lead = _LEAD.match(text)
    weekday = _WEEKDAYS[lead["weekday"]] if lead and lead["weekday"] else None
    body = text[lead.end() :] if lead else text
    number = _BIRTH_NUMBER.fullmatch(body)
    if number:
        guess = _two_digit(int(number["year"]), int(number["month"]), int(number["day"]), today, birth=True)
        return doubtful(
            "birth-number", "Det ser ut til å stå et fødselsnummer her.", guess.isoformat() if guess else None
        )
    for pattern in _PATTERNS:
        match = pattern.fullmatch(body)
        if match:
            return _dated(match, today=today, birth=birth, weekday=weekday)
    if _WITHOUT_YEAR.fullmatch(body):
        return doubtful("no-year", "Datoen mangler årstall.")
    if sum(1 for pattern in _PATTERNS[:3] for _ in pattern.finditer(body)) > 1:
        return doubtful("two-dates", "Det står mer enn én dato her.")
    return doubtful("not-a-date", "Datoen kan ikke leses.")


def _dated(match: re.Match[str], *, today: date, birth: bool, weekday: int | None) -> Parsed:
    groups = match.groupdict()
    day, year = int(groups["day"]), int(groups["year"])
    month = _MONTHS[groups["name"]] if groups.get("name") else int(groups["month"])
    if len(groups["year"]) == 2:
        found = _two_digit(year, month, day, today, birth=birth)
    else:
        found = _real(year, month, day)
    whole = match.group().strip()
    if found is None or (len(whole) == 8 and found.year not in _PLAUSIBLE):
        compact = _COMPACT_ISO.fullmatch(whole)
        other = _real(*(int(part) for part in compact.groups())) if compact else None
        if other is not None:
            found = other
    if found is None:
        return doubtful("impossible-date", "Datoen finnes ikke i kalenderen.")
    value = found.isoformat()
    if found.year not in _PLAUSIBLE:
        return doubtful("implausible-year", "Årstallet kan ikke stemme.", value)
    if weekday is not None and found.weekday() != weekday:
        return doubtful("weekday", "Ukedagen passer ikke til datoen.", value)
    if _backwards(groups, today=today, birth=birth):
        return doubtful("ambiguous-date", "Datoen kan leses på to måter.", value)
    return Parsed(value=value)


def _backwards(groups: dict[str, str], *, today: date, birth: bool) -> bool:
    """Whether ``14-11-03`` may also be year, month and day: only with hyphens and two digits throughout."""
    if groups.get("first") != "-" or groups.get("second") != "-" or len(groups["year"]) != 2:
        return False
    if len(groups["day"]) != 2:
        return False
    other = _two_digit(int(groups["day"]), int(groups["month"]), int(groups["year"]), today, birth=birth)
    return other is not None and groups["day"] != groups["year"]


def _two_digit(year: int, month: int, day: int, today: date, *, birth: bool) -> date | None:
    century = today.year // 100 * 100
    dates = [_real(century + shift + year, month, day) for shift in (-100, 0, 100)]
    known = [d for d in dates if d is not None]
    if birth:
        return max((d for d in known if d <= today), default=None)
    return min(known, key=lambda d: abs((d - today).days), default=None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
