"""Scanned forms drawn at random: filled in by type and by hand, damaged as scanners and people damage them.

Builds on `tests.generated` and like it shares no code and no declaration with the program.
"""
