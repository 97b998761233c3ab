"""The command line's own words in Norwegian: the frame round each ``--help``, and what is said of a wrong call."""

from __future__ import annotations

import re

_FRAME = (
    (r"^Usage: ", "Bruk: "),
    (r"\[OPTIONS\]", "[VALG]"),
    (r"COMMAND \[ARGS\]\.\.\.", "KOMMANDO …"),
    (r"^(Bruk: .*?)\{([^}\s]+)\}", r"\1\2"),
    (r"^(Bruk: .*?)\{([^}\s]+)\}", r"\1\2"),
    (r"^(Bruk: .*?)\{([^}\s]+)\}", r"\1\2"),
    (r"^Arguments:", "Argumenter:"),
    (r"^Options:", "Valg:"),
    (r"^Commands:", "Kommandoer:"),
    (r"<str>", "TEKST"),
    (r"\[default: ", "[ellers: "),
    (r"\[required\]", "[må være med]"),
    (r"Show this message and exit\.", "Vis denne teksten."),
)
_CALL = (
    (r"No such command '(.*)'\.", r"Kjenner ikke kommandoen «\1»."),
    (r"No such option: (\S+)", r"Kjenner ikke valget \1."),
    (r"Missing command\.", "Si hvilken kommando."),
    (r"Missing argument '(.*)'\.", r"Mangler \1."),
    (r"Missing option '(.*)'\.", r"Mangler \1."),
    (r"Got unexpected extra argument\(s\) \((.*)\)", r"Forstår ikke «\1» her: det er for mye på linjen."),
    (r"Option '(.*)' requires an argument\.", r"Valget \1 skal ha en verdi etter seg."),
    (r"Option '(.*)' does not take a value\.", r"Valget \1 skal ikke ha noen verdi."),
)


def frame(text: str) -> str:
    """The help text of a command with its frame in Norwegian."""
    for pattern, words in _FRAME:
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return text


def wrong_call(message: str, path: str) -> str:
    """What was wrong with the call, and where the right one is described. ``path`` is the command as it was called."""
    for pattern, words in _CALL:
        said, found = re.subn(pattern + r".*", words, message, count=1, flags=re.DOTALL)
        if found:
            return f"{said} Se: {path} --help"
    return f"Kommandoen er brukt feil. Se: {path} --help"
