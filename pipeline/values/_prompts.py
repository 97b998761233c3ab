"""Word's own prompts in empty content controls: programs that drop the mark that says so, and printing, leave them as text."""

from pipeline.values._fold import fold

_SHOWN = (
    "Klikk eller trykk her for å skrive inn tekst.",
    "Klikk eller trykk her for å angi tekst.",
    "Klikk her for å skrive inn tekst.",
    "Klikk her for å angi tekst.",
    "Klikk eller trykk for å skrive inn en dato.",
    "Klikk eller trykk for å angi en dato.",
    "Klikk her for å skrive inn en dato.",
    "Klikk her for å angi en dato.",
    "Klikk eller trykk for å skrive inn ein dato.",
    "Klikk her for å skrive inn ein dato.",
    "Velg et element.",
    "Vel eit element.",
    "Click or tap here to enter text.",
    "Click here to enter text.",
    "Click or tap to enter a date.",
    "Click here to enter a date.",
    "Choose an item.",
)

PROMPTS = frozenset(map(fold, _SHOWN))
"""The prompts, folded."""
