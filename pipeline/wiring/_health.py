"""``doctor``: everything a run needs, and what to do about what is missing."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DeclarationError, SetupError, SkjemaflytError
from pipeline.settings import Settings, load_settings
from pipeline.wiring._declared import (
    check_default,
    check_letter_templates,
    check_reminders,
    declared_assessment,
    declared_forms,
    declared_municipalities,
    post_towns,
)

LEAST_FREE = 1 << 30
"""Bytes that should be free on the home's disk."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing looked at: ``state`` is ``ok``, ``varsel`` (works without) or ``feil``."""

    name: str
    state: str
    text: str
    mend: str = ""


def examine(home: Path) -> tuple[Check, ...]:
    """Look at everything a run needs. Raises SetupError when the folder is no home."""
    settings = load_settings(home)
    return tuple(_all(settings))


def _all(settings: Settings) -> Iterator[Check]:
    yield _declared("skjemaer", lambda: f"{len(list(declared_forms(settings.home)))} skjemaer erklært")
    yield _declared("kommuner", lambda: f"{len(declared_municipalities(settings.home))} kommuner erklært")
    yield _declared("påminnelser", lambda: _reminders(settings))
    yield _declared(
        "vurdering", lambda: f"{len(declared_assessment(settings.home).measures)} tiltak kan vurderes"
    )
    yield _templates(settings)
    yield _declared("postnumre", lambda: _postcodes(settings))
    yield _declared("innstillinger", lambda: _home_municipality(settings))
    yield _register(settings)
    for folder in (settings.inbox, settings.outbox, settings.put_aside, settings.data):
        yield _writable(folder)
    yield from _unread_folders(settings)
    yield _space(settings.home)
    yield _staff(settings)
    yield _soffice(settings)
    yield from _scan_readers()


def _declared(name: str, count: Callable[[], str]) -> Check:
    try:
        return Check(name=name, state="ok", text=count())
    except DeclarationError as fault:
        return Check(name=name, state="feil", text="; ".join(fault.mistakes), mend="Rett erklæringen.")
    except SetupError as fault:
        return Check(name=name, state="feil", text=fault.text, mend="Rett config/settings.toml.")


def _unread_folders(settings: Settings) -> Iterator[Check]:
    """Folders in the inbox that no municipality bears the key of: nobody reads what lies there."""
    try:
        keys = set(declared_municipalities(settings.home))
        with os.scandir(settings.inbox) as entries:
            folders = sorted(e.name for e in entries if e.is_dir(follow_symlinks=False))
    except (OSError, SkjemaflytError):
        return
    strange = [name for name in folders if not name.startswith(".") and name not in keys]
    if strange:
        yield Check(
            name="mapper i innboksen",
            state="varsel",
            text=f"{len(strange)} mappe(r) hører ikke til noen kommune og leses ikke: {', '.join(strange[:5])}",
            mend=f"Flytt filene til innboksen, eller til en av mappene {', '.join(sorted(keys))}.",
        )


def _reminders(settings: Settings) -> str:
    municipalities = declared_municipalities(settings.home)
    check_reminders(settings.home, municipalities)
    return f"{len(municipalities.reminders)} regler erklært, med brevene de ber om"


def _postcodes(settings: Settings) -> str:
    post_towns(settings.home)
    return "registeret kan leses"


def _home_municipality(settings: Settings) -> str:
    key = settings.default_municipality
    check_default(settings, declared_municipalities(settings.home))
    return f"hjemmets kommune er {key}"


def _templates(settings: Settings) -> Check:
    try:
        reports = check_letter_templates(settings.home)
    except DeclarationError as fault:
        return Check(
            name="brevmaler", state="feil", text="; ".join(fault.mistakes), mend="Hent tilbake mappen."
        )
    wrong = [r.file for r in reports if r.mistakes]
    if wrong:
        mend = "Kjør: skjemaflyt templates check"
        return Check(name="brevmaler", state="feil", text=f"feil i {', '.join(wrong)}", mend=mend)
    lacking = Counter(word for r in reports for word in r.lacks)
    told = "".join(f"; {number} brev mangler på {word}" for word, number in sorted(lacking.items()))
    return Check(name="brevmaler", state="ok", text=f"{len(reports)} maler uten feil{told}")


def _register(settings: Settings) -> Check:
    from pipeline.store import Store

    mend = f"Kjør: skjemaflyt --home {settings.home} db upgrade"
    try:
        Store.open(settings.register).close()
    except SkjemaflytError as fault:
        broken = fault.code == "register-broken"
        return Check(
            name="register", state="feil", text=fault.text, mend="Si fra til driften." if broken else mend
        )
    return Check(name="register", state="ok", text="åpnet, riktig skjema")


def _staff(settings: Settings) -> Check:
    """Whether the home's own municipality has somebody to sign its letters today."""
    from datetime import date

    from pipeline.store import Store

    mend = "Kjør: skjemaflyt staff import ansatte.csv (mal: templates/staff-example.csv)"
    try:
        profile = declared_municipalities(settings.home)[settings.default_municipality]
        store = Store.open(settings.register)
    except (SkjemaflytError, KeyError):
        return Check(
            name="ansatte", state="varsel", text="kan ikke ses etter ennå", mend="Rett det andre først."
        )
    with store.reading() as register:
        staff = register.staff(profile.key)
    store.close()
    roles = (profile.letters.case_worker_role, profile.letters.responsible_role)
    lacking = [role for role in roles if staff.holder(role, date.today()) is None]
    if lacking:
        text = f"ingen, eller flere, har rollen {' og '.join(lacking)}: brev kan ikke lages"
        return Check(name="ansatte", state="varsel", text=text, mend=mend)
    return Check(
        name="ansatte", state="ok", text=f"{len(staff.employees)} ansatte, med saksbehandler og leder"
    )


def _writable(folder: Path) -> Check:
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return Check(name=folder.name, state="ok", text="kan skrives")
    mend = f"Lag mappen, eller gi programmets bruker skriverett: {folder}"
    return Check(name=folder.name, state="feil", text="finnes ikke eller kan ikke skrives", mend=mend)


def _space(home: Path) -> Check:
    free = shutil.disk_usage(home).free
    text = f"{free / (1 << 30):.1f} GiB ledig"
    if free < LEAST_FREE:
        return Check(name="disk", state="varsel", text=text, mend="Frigjør plass.")
    return Check(name="disk", state="ok", text=text)


def _soffice(settings: Settings) -> Check:
    found = settings.soffice or shutil.which("soffice")
    if found and Path(found).exists():
        return Check(name="LibreOffice", state="ok", text=str(found))
    return Check(
        name="LibreOffice",
        state="varsel",
        text="finnes ikke: brev lages som Word, PDF følger når LibreOffice er på plass",
        mend="Kjør: sudo apt-get install libreoffice-writer-nogui",
    )


def _scan_readers() -> Iterator[Check]:
    """The two readers of scanned text; without one, every field of a scan waits for a person."""
    from pipeline.reading import missing_readers

    missing = missing_readers()
    for name, how in missing:
        text = "finnes ikke: alle felt i skannede skjemaer må ses over"
        yield Check(name=f"skannleser {name}", state="varsel", text=text, mend=how)
    if not missing:
        yield Check(name="skannlesere", state="ok", text="begge kan brukes")
