"""The text inside the project's own codes: ``SKJEMAFLYT:1:<form>:<version>:<case or ->:<check>``.

Everything is written in capitals, figures and ``:/-``: a QR code holds those in fewer and so larger squares. The check is 40 bits
of a digest over the rest, so that a stranger's code, or one read wrong, is never taken for ours. It is no signature: whoever has
the program can make a code, and a case it names is matched only when the form doesn't contradict it.
"""

from __future__ import annotations

import base64
import hashlib
import re

from pipeline.domain import FormCode

MARK = "SKJEMAFLYT"
EDITION = "1"
NO_CASE = "-"
_PART = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
_CASE = re.compile(r"[0-9A-Z]+(?:[/-][0-9A-Z]+)*")
_LONGEST = 120


def form_code_text(code: FormCode) -> str:
    """The text of a code; ValueError for a form, version or case with letters that it can't hold."""
    if not _PART.fullmatch(code.form) or not _PART.fullmatch(code.version):
        raise ValueError("a form's id and version in a code are small letters, figures and hyphens")
    if code.case and not _CASE.fullmatch(code.case):
        raise ValueError("a case in a code is capitals, figures, strokes and hyphens")
    said = ":".join((MARK, EDITION, code.form.upper(), code.version.upper(), code.case or NO_CASE))
    return f"{said}:{_check(said)}"


def parse_form_code(text: str) -> FormCode | None:
    """What a code says; None for any other text, also one of ours that was damaged or is of a later edition."""
    parts = text.split(":") if len(text) <= _LONGEST else []
    if len(parts) != 6 or parts[:2] != [MARK, EDITION] or _check(":".join(parts[:5])) != parts[5]:
        return None
    form, version, case = parts[2].lower(), parts[3].lower(), "" if parts[4] == NO_CASE else parts[4]
    if not (_PART.fullmatch(form) and _PART.fullmatch(version) and (not case or _CASE.fullmatch(case))):
        return None
    return FormCode(form=form, version=version, case=case)


def _check(said: str) -> str:
    digest = hashlib.sha256(f"form code {said}".encode()).digest()
    return base64.b32encode(digest[:5]).decode("ascii")
