"""Letters: from an order and a case to a Word file, and from Word files to PDF."""

from pipeline.letters._blank import fill_blank
from pipeline.letters._code_picture import code_picture, corner_picture
from pipeline.letters._compose import Composed, Missing, compose
from pipeline.letters._figure_page import figure_page
from pipeline.letters._inspection import TemplateMistake, TemplateReport, check_templates
from pipeline.letters._known import known_of
from pipeline.letters._language import language_of
from pipeline.letters._load import fingerprint, load_letters, render
from pipeline.letters._press import PdfPress
from pipeline.letters._spec import ENCLOSED, LetterSpec, LetterSpecs

__all__ = [
    "ENCLOSED",
    "Composed",
    "LetterSpec",
    "LetterSpecs",
    "Missing",
    "PdfPress",
    "TemplateMistake",
    "TemplateReport",
    "check_templates",
    "code_picture",
    "compose",
    "corner_picture",
    "figure_page",
    "fill_blank",
    "fingerprint",
    "known_of",
    "language_of",
    "load_letters",
    "render",
]
