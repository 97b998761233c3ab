"""What a code says, and that nothing else is taken for one."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain import FormCode
from pipeline.values import form_code_text, parse_form_code

CODE = FormCode(form="collaboration-consent", version="skjemaflyt-2026", case="2026/412")


def test_a_code_says_form_version_and_case_and_no_person() -> None:
    text = form_code_text(CODE)
    assert text.startswith("SKJEMAFLYT:1:COLLABORATION-CONSENT:SKJEMAFLYT-2026:2026/412:")
    # What a QR code holds in eleven bits for two letters.
    assert set(text) <= set(string.digits + string.ascii_uppercase + " $%*+-./:")
    assert parse_form_code(text) == CODE
    assert ":-:" in form_code_text(FormCode(form="group-report", version="orland-2024-02"))


@given(
    form=st.from_regex(r"[a-z]{1,12}(-[a-z]{1,8})?", fullmatch=True),
    version=st.from_regex(r"[0-9a-z]{1,8}(-[0-9]{1,4})?", fullmatch=True),
    case=st.from_regex(r"([0-9]{4}/[0-9]{1,5})?", fullmatch=True),
)
def test_what_is_written_is_read(form: str, version: str, case: str) -> None:
    code = FormCode(form=form, version=version, case=case)
    assert parse_form_code(form_code_text(code)) == code


@given(at=st.integers(0, 200), put=st.sampled_from(string.ascii_letters + string.digits + "-/: "))
def test_a_code_read_wrong_is_none(at: int, put: str) -> None:
    text = form_code_text(CODE)
    at %= len(text)
    changed = text[:at] + put + text[at + 1 :]
    assert parse_form_code(changed) == (CODE if changed == text else None)


@given(st.text(max_size=200))
def test_any_other_text_is_none(text: str) -> None:
    assert parse_form_code(text) is None


@pytest.mark.parametrize(
    "code",
    [
        FormCode(form="Group", version="1"),
        FormCode(form="group", version=""),
        FormCode(form="group", version="1", case="Ola Nordmann"),
        FormCode(form="group", version="1", case="a/1"),
    ],
)
def test_what_no_code_can_hold_is_refused(code: FormCode) -> None:
    with pytest.raises(ValueError, match="a code"):
        form_code_text(code)
