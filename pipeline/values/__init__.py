"""Text to typed value: date, phone, place, person, e-mail, contact. Standard library only.

Every parser gives a ``Parsed``: a normalised value, or nothing, or a doubt that a person must settle.
"""

from pipeline.values._contact import parse_contact
from pipeline.values._date import mentions_due_date, parse_date, parse_due_date
from pipeline.values._email import parse_email
from pipeline.values._fold import fold
from pipeline.values._form_code import form_code_text, parse_form_code
from pipeline.values._parsed import Parsed
from pipeline.values._phone import parse_phone
from pipeline.values._place import PostTowns, parse_place, parse_town
from pipeline.values._prompts import PROMPTS
from pipeline.values._text import parse_person, parse_text

__all__ = [
    "PROMPTS",
    "Parsed",
    "PostTowns",
    "fold",
    "form_code_text",
    "mentions_due_date",
    "parse_contact",
    "parse_date",
    "parse_due_date",
    "parse_email",
    "parse_form_code",
    "parse_person",
    "parse_phone",
    "parse_place",
    "parse_text",
    "parse_town",
]
