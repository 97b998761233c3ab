"""What can go wrong, and what the person who sees it should do.

    SkjemaflytError
    ├── UsageError            exit 2: the call itself is wrong
    ├── SetupError            exit 3: something that a run needs is missing
    │   ├── DeclarationError  a form, municipality or letter declaration is wrong (every mistake named)
    │   └── SchemaError       the register's schema is older or newer than the program
    ├── InputError            exit 1: one input failed, the rest goes on
    │   ├── UnreadableError   the file can't be read: put aside, with its reason
    │   └── LockedError       the file needs a password: put aside, with its reason
    ├── RefusedError          a move that would break a rule of casework; names the rule
    └── PassingError          a fault that may pass: tried again later

The text of every error is one Norwegian sentence for the clerk, without personal data.
"""

from __future__ import annotations

from typing import ClassVar


class SkjemaflytError(Exception):
    """Noe gikk galt."""

    exit_code: ClassVar[int] = 1

    def __init__(self, text: str = "", *, code: str = "") -> None:
        """Keep one sentence for people and a stable ``code`` for machines."""
        self.text = text or (type(self).__doc__ or "").splitlines()[0]
        self.code = code or type(self).__name__
        super().__init__(self.text)


class UsageError(SkjemaflytError):
    """Kommandoen er brukt feil. Se --help."""

    exit_code = 2


class SetupError(SkjemaflytError):
    """Programmet er ikke satt opp. Kjør skjemaflyt doctor."""

    exit_code = 3


class DeclarationError(SetupError):
    """En erklæring i config/ eller templates/ er feil. Rett den og prøv igjen."""

    def __init__(self, mistakes: list[str]) -> None:
        """Hold every mistake, each naming file and key."""
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(mistakes), code="declaration")


class SchemaError(SetupError):
    """Registeret har et annet skjema enn programmet. Kjør skjemaflyt db upgrade."""


class InputError(SkjemaflytError):
    """En fil kunne ikke behandles."""


class UnreadableError(InputError):
    """Filen kan ikke leses."""


class LockedError(InputError):
    """Filen er låst med passord. Be avsender om en fil uten passord."""


class RefusedError(SkjemaflytError):
    """Dette kan ikke gjøres nå."""

    def __init__(self, text: str, *, rule: str) -> None:
        """Keep the id of the rule (``R-1``) that the move would break."""
        self.rule = rule
        cited = any(c.isdigit() for c in rule)  # R-8 can be looked up; a word of our own can't
        super().__init__(f"{text} ({rule})" if cited else text, code=rule)


class PassingError(SkjemaflytError):
    """Noe sviktet for øyeblikket. Programmet prøver igjen av seg selv."""
