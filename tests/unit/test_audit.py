"""A share of the sure fields of scans goes to a person; typed forms are left alone."""

from __future__ import annotations

from pipeline.domain import FieldReading, FieldStatus, Reader, ReadingStatus, Submission
from pipeline.flow._auditing import with_audit

COUNT = 20_000


def read(reader: Reader) -> Submission:
    fields = {f"felt.{n}": FieldReading(value="x", status=FieldStatus.ACCEPTED) for n in range(COUNT)}
    fields["tom"] = FieldReading(value=None)
    return Submission(
        source="a.pdf", form="group-report", reader=reader, status=ReadingStatus.ACCEPTED, fields=fields
    )


def test_about_one_field_in_a_hundred_is_audited_and_the_same_ones_each_time() -> None:
    first = with_audit(read(Reader.SCAN), document="ab12", position=1, share=0.01)
    again = with_audit(read(Reader.SCAN), document="ab12", position=1, share=0.01)
    drawn = [name for name, field in first.fields.items() if field.status is FieldStatus.REVIEW]
    assert first == again
    assert 140 <= len(drawn) <= 260
    assert first.status is ReadingStatus.REVIEW
    assert {name for name, doubt in first.doubts if doubt.code == "audit"} == set(drawn)
    assert all(first.fields[name].value == "x" for name in drawn)
    assert first.fields["tom"].status is FieldStatus.EMPTY


def test_another_document_draws_other_fields() -> None:
    one = with_audit(read(Reader.SCAN), document="ab12", position=1, share=0.01)
    other = with_audit(read(Reader.SCAN), document="cd34", position=1, share=0.01)
    assert [d[0] for d in one.doubts] != [d[0] for d in other.doubts]


def test_typed_forms_and_a_share_of_nothing_change_nothing() -> None:
    typed = read(Reader.DOCX)
    assert with_audit(typed, document="ab12", position=1, share=0.5) is typed
    scan = read(Reader.SCAN)
    assert with_audit(scan, document="ab12", position=1, share=0) is scan
