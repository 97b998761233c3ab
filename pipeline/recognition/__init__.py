"""Which form a document is, told by what is printed on it; always with reasons."""

from pipeline.recognition._recognise import recognise

__all__ = ["recognise"]
