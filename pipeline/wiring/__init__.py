"""The only room that builds things: a home's folders, its declarations, and the desk that ``flow`` works at."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.wiring._declared import (
        ReadingKit,
        check_letter_templates,
        check_letters,
        declared_forms,
        declared_municipalities,
        reading_kit,
    )
    from pipeline.wiring._demo import Shown, play_demo
    from pipeline.wiring._desks import open_desk, runner
    from pipeline.wiring._health import Check, examine
    from pipeline.wiring._homes import make_home, shipped, upgrade_register

_HOMES = {
    "pipeline.wiring._declared": (
        "ReadingKit",
        "check_letter_templates",
        "check_letters",
        "declared_forms",
        "declared_municipalities",
        "reading_kit",
    ),
    "pipeline.wiring._demo": ("Shown", "play_demo"),
    "pipeline.wiring._desks": ("open_desk", "runner"),
    "pipeline.wiring._health": ("Check", "examine"),
    "pipeline.wiring._homes": ("make_home", "shipped", "upgrade_register"),
}
"""Which module holds which name. They are loaded when first asked for, so that ``extract`` starts without the register."""

__all__ = [
    "Check",
    "ReadingKit",
    "Shown",
    "check_letter_templates",
    "check_letters",
    "declared_forms",
    "declared_municipalities",
    "examine",
    "make_home",
    "open_desk",
    "play_demo",
    "reading_kit",
    "runner",
    "shipped",
    "upgrade_register",
]


def __getattr__(name: str) -> object:
    """Load the module that holds a name."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(name)
