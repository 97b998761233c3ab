"""The second look at a plain PDF's bytes says what pypdf says, and leaves the rest to pypdf."""

from __future__ import annotations

import io
from collections.abc import Callable
from unittest import mock

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

from pipeline.reading.pdf._plain import Plain
from pipeline.reading.pdf._second import PAGE_COUNT, SecondParser


def node(**keys: str | PdfObject) -> DictionaryObject:
    """A field: strings that begin with a slash are names."""
    made = DictionaryObject()
    for key, value in keys.items():
        if isinstance(value, str):
            value = NameObject(value) if value.startswith("/") else TextStringObject(value)  # noqa: PLW2901
        made[NameObject(f"/{key}")] = value
    return made


def written(
    *fields: DictionaryObject,
    pages: int = 1,
    more: dict[str, PdfObject] | None = None,
    change: Callable[[pypdf.PdfWriter], object] | None = None,
) -> bytes:
    """A file with these fields, as pypdf writes it."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    refs = ArrayObject([writer._add_object(each) for each in fields])
    form = node(Fields=refs, **(more or {}))
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)
    for each in fields:
        if "/Kids" in each:
            kids = each["/Kids"]
            assert isinstance(kids, ArrayObject)
            each[NameObject("/Kids")] = ArrayObject([writer._add_object(kid) for kid in kids])
    if change is not None:
        change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def fields() -> list[DictionaryObject]:
    """Fields of every kind; those before the last two are plain."""
    return [
        node(FT="/Tx", T="Navn", V="Åse Blåbær (mor)\n2. linje"),
        node(FT="/Btn", T="Samtykke", V="/Ja", Kids=ArrayObject([node(AS="/Ja"), node(AS="/Off")])),
        node(T="Gruppe", Kids=ArrayObject([node(FT="/Btn", T="A", V="/Off"), node(FT="/Tx", T="B", V="x")])),
        node(FT="/Btn", T="Tekst", V="På"),
        node(FT="/Ch", T="Valg", V=""),
    ]


def by_pypdf(data: bytes) -> SecondParser:
    """The second look by pypdf alone."""
    second = SecondParser(data)
    second._plain = None
    return second


class TestPlain:
    """Answers from the bytes are pypdf's."""

    @pytest.mark.parametrize("some", [slice(3), slice(1), slice(1, 2), slice(4, None), slice(0)])
    def test_says_what_pypdf_says(self, some: slice) -> None:
        data = written(*fields()[some], pages=3)
        with mock.patch.object(SecondParser, "_opened", side_effect=AssertionError("pypdf was asked")):
            plain = SecondParser(data)
            values, lost = plain.button_values(), plain.unplaced(frozenset())
            pages, told = plain.compared(3), plain.redrawn()
        library = by_pypdf(data)
        assert values == library.button_values()
        assert lost == library.unplaced(frozenset())
        assert (pages, told) == (library.compared(3), library.redrawn()) == ([], False)

    def test_button_whose_value_is_no_plain_word_is_left_to_pypdf(self) -> None:
        data = written(*fields())
        assert SecondParser(data)._plainly(lambda plain: plain.nodes(100)) is None
        assert SecondParser(data).button_values() == by_pypdf(data).button_values()

    def test_fields_with_places_are_not_missed(self) -> None:
        data = written(*fields()[:3])
        assert SecondParser(data).unplaced(frozenset({"Navn", "Samtykke", "Gruppe"})) == []
        assert [each.code for each in SecondParser(data).unplaced(frozenset({"Navn"}))] == ["unplaced-field"]

    @pytest.mark.parametrize("value", [True, False])
    def test_redrawn(self, value: bool) -> None:
        data = written(*fields(), more={"NeedAppearances": BooleanObject(value)})
        assert Plain(data).redrawn() is value
        assert by_pypdf(data).redrawn() is value

    def test_other_count_of_pages_is_asked_of_pypdf_and_doubted(self) -> None:
        data = written(*fields(), pages=2)
        assert SecondParser(data).compared(3) == [PAGE_COUNT]
        assert SecondParser(data).compared(2) == []

    def test_tree_that_bites_its_tail_ends(self) -> None:
        def bite(writer: pypdf.PdfWriter) -> None:
            form = writer.root_object["/AcroForm"]
            assert isinstance(form, DictionaryObject)
            first = form["/Fields"][0]  # type: ignore[index]
            first.get_object()[NameObject("/Kids")] = ArrayObject([first, first])

        data = written(node(FT="/Btn", T="A", V="/Ja"), change=bite)
        assert len(Plain(data).nodes(500)) == 500


class TestOtherKinds:
    """What isn't plain is not read so."""

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: data + data[data.rindex(b"startxref") :],
            lambda data: data[:-20],
            lambda data: b"\n" + data,
            lambda data: data.replace(b"/Root", b"/Prev 9 /Root", 1),
            lambda data: data.replace(b"/Root", b"/Encrypt 2 0 R /Root", 1),
            lambda data: data.replace(b"/Root", b"/Root 1 0 R /Root", 1),
            lambda data: data.replace(b"\n3 0 obj", b"\n4 0 obj"),
            lambda data: b"",
        ],
    )
    def test_is_refused(self, spoil: Callable[[bytes], bytes]) -> None:
        assert SecondParser(written(*fields()))._plainly(Plain.pages) == 1
        assert SecondParser(spoil(written(*fields())))._plainly(Plain.pages) is None

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"/T (Samtykke)", b"/T (S)/T (Sa)"),
            (b"/T (Samtykke)", b"/#54 (Samtyk)"),
            (b"/T (Samtykke)", b"/T ((Samtyk))"),
            (b"/T (Samtykke)", b"/T 3 0 R     "),
            (b"/V /Ja", b"/V [7]"),
            (b"/V /Ja", b"/V    "),
        ],
    )
    def test_field_written_oddly_is_refused(self, old: bytes, new: bytes) -> None:
        data = written(node(FT="/Btn", T="Samtykke", V="/Ja"))
        assert Plain(data).nodes(100) == [("Samtykke", "/Btn", "Ja")]
        assert old in data
        assert SecondParser(data.replace(old, new))._plainly(lambda plain: plain.nodes(100)) is None
