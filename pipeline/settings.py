"""The settings of one home: read once, checked, and stopped here (``config/settings.toml``)."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from pipeline.errors import DeclarationError, SetupError

FILE = Path("config") / "settings.toml"
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """Where a home's folders lie and how it works. Times are seconds."""

    home: Path
    default_municipality: str = ""
    watch: str = "events"
    look_every: float = 30.0
    pause: float = 0.3
    patience: float = 20.0
    retry_pauses: tuple[float, ...] = (1, 5, 30, 120, 600, 3600)
    pdf_seconds: float = 60.0
    soffice: str = ""
    pdf_batch: int = 30
    remind_at: str = "06:30"
    audit_share: float = 0.01

    @property
    def config(self) -> Path:
        """The declarations."""
        return self.home / "config"

    @property
    def templates(self) -> Path:
        """Blank forms and letter templates."""
        return self.home / "templates"

    @property
    def inbox(self) -> Path:
        """Where clerks drop files."""
        return self.home / "inbox"

    @property
    def outbox(self) -> Path:
        """Where letters lie, ready to sign."""
        return self.home / "outbox"

    @property
    def put_aside(self) -> Path:
        """What could not be read, with its reason."""
        return self.home / "put-aside"

    @property
    def data(self) -> Path:
        """The register and the originals; closed to clerks."""
        return self.home / "data"

    @property
    def register(self) -> Path:
        """The register's database file."""
        return self.data / "register.db"

    @property
    def originals(self) -> Path:
        """The originals by hash."""
        return self.data / "originals"


KEYS: dict[str, tuple[str, type]] = {
    "default_municipality": ("default_municipality", str),
    "inbox.watch": ("watch", str),
    "inbox.look_every": ("look_every", float),
    "inbox.pause": ("pause", float),
    "inbox.patience": ("patience", float),
    "limits.retry_pauses": ("retry_pauses", tuple),
    "limits.pdf_seconds": ("pdf_seconds", float),
    "letters.soffice": ("soffice", str),
    "letters.pdf_batch": ("pdf_batch", int),
    "reminders.at": ("remind_at", str),
    "scans.audit_share": ("audit_share", float),
}
"""Key in the file → field and its type."""


def load_settings(home: Path) -> Settings:
    """Read the settings of a home; a home without the file has the defaults.

    Raises SetupError when the folder is no home, DeclarationError naming every wrong key.
    """
    if not (home / "config").is_dir():
        raise SetupError(f"{home} er ikke et hjem for Skjemaflyt. Lag et med: skjemaflyt init {home}")
    file = home / FILE
    if not file.exists():
        return Settings(home=home)
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError([f"{FILE}: ikke gyldig TOML: {error}"]) from None
    mistakes: list[str] = []
    values: dict[str, object] = {}
    for key, value in _flat(content, ""):
        if key not in KEYS:
            mistakes.append(f"{FILE}: ukjent nøkkel «{key}»")
            continue
        name, kind = KEYS[key]
        checked = _checked(value, kind)
        if checked is None:
            mistakes.append(f"{FILE}: «{key}» har feil type eller verdi")
        values[name] = checked
    if values.get("watch") not in {None, "events", "polling"}:
        mistakes.append(f"{FILE}: «inbox.watch» må være events eller polling")
    if not 0 <= float(str(values.get("audit_share") or 0)) <= 1:
        mistakes.append(f"{FILE}: «scans.audit_share» må være mellom 0 og 1")
    if not _CLOCK.fullmatch(str(values.get("remind_at") or "00:00")):
        mistakes.append(f"{FILE}: «reminders.at» må være et klokkeslett som 06:30")
    if mistakes:
        raise DeclarationError(mistakes)
    assert set(values) <= {f.name for f in fields(Settings)}  # noqa: S101 - KEYS and Settings agree
    return Settings(home=home, **values)  # type: ignore[arg-type]


def _flat(table: dict[str, object], prefix: str) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, value))
    return found


def _checked(value: object, kind: type) -> object | None:
    if isinstance(value, bool):
        return None
    if kind is float and isinstance(value, int | float) and 0 <= value < math.inf:
        return float(value)
    if kind is int and isinstance(value, int) and value > 0:
        return value
    if kind is str and isinstance(value, str):
        return value
    if kind is tuple and isinstance(value, list) and value:
        pauses = [_checked(one, float) for one in value]
        return None if None in pauses else tuple(pauses)
    return None
