"""The only room that builds things: a home's folders, its declarations, and the desk that ``flow`` works at."""

from pipeline.wiring._declared import (
    ReadingKit,
    check_letter_templates,
    declared_forms,
    declared_municipalities,
    reading_kit,
)
from pipeline.wiring._demo import Shown, play_demo
from pipeline.wiring._desks import open_desk, runner
from pipeline.wiring._health import Check, examine
from pipeline.wiring._homes import make_home, shipped, upgrade_register

__all__ = [
    "Check",
    "ReadingKit",
    "Shown",
    "check_letter_templates",
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
