"""PDF files to the layout model: printed text, drawn lines and boxes, form fields."""

from __future__ import annotations

from pipeline.reading.pdf._reader import read_pdf

__all__ = ["read_pdf"]
