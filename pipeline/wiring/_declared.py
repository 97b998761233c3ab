"""The declarations of a home, or the shipped ones where the folder is no home."""

from __future__ import annotations

import gc
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.domain import Doubt, Reader, ReadingStatus, Submission
from pipeline.errors import DeclarationError, InputError, SetupError
from pipeline.flow import OSLO, ScanReader, read_forms
from pipeline.forms import Forms, load_forms
from pipeline.settings import FILE, Settings
from pipeline.values import PostTowns
from pipeline.wiring._homes import DECLARED, is_home, shipped

if TYPE_CHECKING:
    from pipeline.letters import TemplateReport
    from pipeline.municipalities import AssessmentRules, Municipalities

BLANKS = Path("templates", "forms")
"""Where a home has the project's own forms."""


def _root(home: Path) -> Path:
    """The home, or what is shipped where the folder is no home. A home that has lost a part is never filled up in silence."""
    if not (home / FILE).is_file() or home == shipped():
        return home if is_home(home) else shipped()
    lost = [str(part) for part in DECLARED if not (home / part).is_dir()]
    if lost:
        raise DeclarationError([f"{part}: mappen finnes ikke i hjemmet {home}" for part in lost])
    return home


def declared_forms(home: Path) -> Forms:
    """The form declarations. Raises DeclarationError naming every mistake."""
    return load_forms(_root(home) / "config" / "forms")


def declared_municipalities(home: Path) -> Municipalities:
    """The municipalities' profiles and the law. Raises DeclarationError naming every mistake."""
    from pipeline.municipalities import load_municipalities

    config = _root(home) / "config"
    return load_municipalities(config / "municipalities", config / "law.toml")


def declared_assessment(home: Path) -> AssessmentRules:
    """What a checklist's rows say of each measure. Raises DeclarationError naming every mistake."""
    from pipeline.municipalities import load_assessment

    return load_assessment(_root(home) / "config" / "assessment.toml")


def check_default(settings: Settings, municipalities: Municipalities) -> None:
    """Raise SetupError when the home's own municipality isn't declared."""
    if settings.default_municipality not in municipalities:
        known = ", ".join(sorted(municipalities))
        raise SetupError(
            f"{FILE}: default_municipality «{settings.default_municipality}» er ikke en av: {known}."
        )


SOUND = "letters-sound"
"""The file in a home's ``data`` that holds the fingerprint of the letter templates that were last found sound."""


def check_letters(home: Path) -> None:
    """Refuse to start with a letter template that doesn't hold. Raises DeclarationError naming every mistake and its place.

    Looking through all of them takes seconds, so what was found sound is not looked through again until it changes.
    """
    from pipeline.letters import fingerprint, load_letters

    folder = _root(home) / "templates" / "letters"
    known, seen = home / "data" / SOUND, fingerprint(folder)
    with suppress(OSError):
        if known.read_text(encoding="ascii", errors="replace") == seen:
            return
    load_letters(folder)
    with suppress(OSError):
        known.write_text(seen, encoding="ascii")


def check_letter_templates(home: Path) -> tuple[TemplateReport, ...]:
    """Check the letter templates, each with its fields and every mistake's place."""
    from pipeline.letters import check_templates

    return check_templates(_root(home) / "templates" / "letters")


def check_reminders(home: Path, municipalities: Municipalities) -> None:
    """Refuse to start when a reminder asks for a letter that doesn't exist or can't have its facts (B.1, C.5).

    Raises DeclarationError naming every mistake with file and key.
    """
    from pipeline.reminders import Needs, amiss

    folder = _root(home) / "templates" / "letters"
    letters: dict[str, Needs] = {}
    for kind in sorted({step.letter for rule in municipalities.reminders for step in rule.steps} - {""}):
        try:
            declared = tomllib.loads((folder / f"{kind}.toml").read_text(encoding="utf-8"))
            facts = {str(name): dict(fact) for name, fact in declared.get("facts", {}).items()}
            groups = tuple(frozenset(map(str, group)) for group in declared.get("one_of", ()))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, TypeError, AttributeError):
            raise DeclarationError([f"{kind}.toml: erklæringen kan ikke leses"]) from None
        required = frozenset(name for name, fact in facts.items() if fact.get("required") is True)
        letters[kind] = Needs(facts=frozenset(facts), required=required, one_of=groups)
    mistakes = [f"reminders.toml: {text}" for text in amiss(municipalities.reminders, letters)]
    if mistakes:
        raise DeclarationError(mistakes)


def post_towns(home: Path) -> PostTowns:
    """The postcode register."""
    return PostTowns.load(_root(home) / "config" / "postal-codes.csv")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingKit:
    """What reading a file needs, without register or inbox."""

    forms: Forms
    names: Mapping[str, str]
    towns: PostTowns
    scan_reader: ScanReader | None = None

    def read(self, file: Path) -> tuple[Submission, ...]:
        """Read a file; one that can't be read gives one rejected submission with the reason."""
        try:
            return read_forms(
                file,
                source=file.name,
                forms=self.forms,
                names=self.names,
                towns=self.towns,
                today=datetime.now(OSLO).date(),
                scan_reader=self.scan_reader,
            )
        except InputError as fault:
            reason = Doubt(code=fault.code, text=fault.text)
        except OSError:
            reason = Doubt(code="unreadable", text="Filen kan ikke åpnes. Se om den finnes og kan leses.")
        except Exception:  # noqa: BLE001 - whatever one file does to us, the next is read
            reason = Doubt(
                code="internal", text="Programmet klarte ikke å lese filen. Meld fra til den som drifter det."
            )
        return (
            Submission(
                source=file.name,
                form=None,
                reader=_reader(file),
                status=ReadingStatus.REJECTED,
                doubts=(("document", reason),),
            ),
        )


def _reader(file: Path) -> Reader:
    try:
        with file.open("rb") as opened:
            head = opened.read(8)
    except OSError:
        return Reader.DOCX
    return Reader.PDF_TEXT if head.startswith(b"%PDF") else Reader.DOCX


COLLECT_EVERY = 50_000
"""Objects made between two looks for garbage: one form's reading makes a few tens of thousands, and leaves hardly any."""


def settle_memory() -> None:
    """What is loaded by now stays as long as the process: the garbage collector need not go through it again and again."""
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY, 20, 20)


def reading_kit(home: Path) -> ReadingKit:
    """Load what reading needs from a home, or from the shipped declarations. Raises DeclarationError."""
    from pipeline.municipalities import printed_names

    names = printed_names(_root(home) / "config" / "municipalities")
    if names is None:
        names = declared_municipalities(home).names
    forms = declared_forms(home)
    reader = ScanReader(forms, _root(home) / BLANKS)
    kit = ReadingKit(forms=forms, names=names, towns=post_towns(home), scan_reader=reader)
    settle_memory()
    return kit
