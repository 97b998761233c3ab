"""Word files to the layout model."""

from __future__ import annotations

from pipeline.reading.word._reader import read_word

__all__ = ["read_word"]
