"""From a page to what stood at each field's place: one extractor for every kind of file."""

from pipeline.extraction._extract import extract
from pipeline.extraction._rooms import not_read

__all__ = ["extract", "not_read"]
