"""pdfium's functions with bare pointers for handles: a call costs a sixth of the generated binding's.

The only module that knows pdfium's C interface. Lengths are PDF points in user space, origin bottom left.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from pypdfium2 import PdfDocument, raw

Quad = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]

PATH, IMAGE, TEXT, FORM = (
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_FORM,
)
BEZIER, MOVE = raw.FPDF_SEGMENT_BEZIERTO, raw.FPDF_SEGMENT_MOVETO
INVISIBLE_TEXT = raw.FPDF_TEXTRENDERMODE_INVISIBLE

_P, _I, _U, _F, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float, ctypes.c_double


class Handle(ctypes.c_void_p):
    """A pointer that pdfium gave out; false when it is null."""


def _lean(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Bind a function anew with void pointers for handles."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, _P).value or 0)


def _quick(function: Any, result: Any) -> Callable[..., Any]:
    """Bind a function that is called for every letter or line: nothing is converted, no other thread let in.

    Takes ``Handle``, bytes, references, and integers that C knows as ``int``; nothing else.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, _P).value or 0)


char_object = _quick(raw.FPDFText_GetTextObject, _P)
char_generated = _quick(raw.FPDFText_IsGenerated, _I)
page_object = _quick(raw.FPDFPage_GetObject, Handle)
child_object = _lean(raw.FPDFFormObj_GetObject, Handle, _P, ctypes.c_ulong)
object_type = _quick(raw.FPDFPageObj_GetType, _I)
count_segments = _quick(raw.FPDFPath_CountSegments, _I)
path_segment = _quick(raw.FPDFPath_GetPathSegment, Handle)
segment_type = _quick(raw.FPDFPathSegment_GetType, _I)
segment_closes = _quick(raw.FPDFPathSegment_GetClose, _I)
annotation_kind = _quick(raw.FPDFAnnot_GetSubtype, _I)
annotation_flags = _quick(raw.FPDFAnnot_GetFlags, _I)
annotation_has = _quick(raw.FPDFAnnot_HasKey, _I)
field_kind = _quick(raw.FPDFAnnot_GetFormFieldType, _I)
field_flags = _quick(raw.FPDFAnnot_GetFormFieldFlags, _I)

char_code = _lean(raw.FPDFText_GetUnicode, _U, _P, _I)
char_unmapped = _lean(raw.FPDFText_HasUnicodeMapError, _I, _P, _I)
count_chars = _lean(raw.FPDFText_CountChars, _I, _P)
open_text = _lean(raw.FPDFText_LoadPage, Handle, _P)
close_text = _lean(raw.FPDFText_ClosePage, None, _P)
open_page = _lean(raw.FPDF_LoadPage, Handle, _P, _I)
close_page = _lean(raw.FPDF_ClosePage, None, _P)
page_rotation = _lean(raw.FPDFPage_GetRotation, _I, _P)
flatten = _lean(raw.FPDFPage_Flatten, _I, _P, _I)
count_objects = _lean(raw.FPDFPage_CountObjects, _I, _P)
count_children = _lean(raw.FPDFFormObj_CountObjects, _I, _P)
text_mode = _lean(raw.FPDFTextObj_GetTextRenderMode, _I, _P)
text_font = _lean(raw.FPDFTextObj_GetFont, _P, _P)
form_type = _lean(raw.FPDF_GetFormType, _I, _P)
count_attachments = _lean(raw.FPDFDoc_GetAttachmentCount, _I, _P)
count_signatures = _lean(raw.FPDF_GetSignatureCount, _I, _P)
count_annotations = _lean(raw.FPDFPage_GetAnnotCount, _I, _P)
open_annotation = _lean(raw.FPDFPage_GetAnnot, Handle, _P, _I)
close_annotation = _lean(raw.FPDFPage_CloseAnnot, None, _P)
field_checked = _lean(raw.FPDFAnnot_IsChecked, _I, _P, _P)
count_options = _lean(raw.FPDFAnnot_GetOptionCount, _I, _P, _P)
option_selected = _lean(raw.FPDFAnnot_IsOptionSelected, _I, _P, _P, _I)
count_quads = _lean(raw.FPDFAnnot_CountAttachmentPoints, ctypes.c_size_t, _P)
after_load = _lean(raw.FORM_OnAfterLoadPage, None, _P, _P)
before_close = _lean(raw.FORM_OnBeforeClosePage, None, _P, _P)
remove_highlight = _lean(raw.FPDF_RemoveFormFieldHighlight, None, _P)
draw_forms = _lean(raw.FPDF_FFLDraw, None, _P, _P, _P, _I, _I, _I, _I, _I, _I)
draw_page = _lean(raw.FPDF_RenderPageBitmap, None, _P, _P, _I, _I, _I, _I, _I, _I)
new_bitmap = _lean(raw.FPDFBitmap_CreateEx, _P, _I, _I, _I, _P, _I)
fill_bitmap = _lean(raw.FPDFBitmap_FillRect, _I, _P, _I, _I, _I, _I, ctypes.c_ulong)
bitmap_buffer = _lean(raw.FPDFBitmap_GetBuffer, _P, _P)
bitmap_stride = _lean(raw.FPDFBitmap_GetStride, _I, _P)
drop_bitmap = _lean(raw.FPDFBitmap_Destroy, None, _P)

_DP = ctypes.POINTER(_D)
_page_bounds = _lean(raw.FPDF_GetPageBoundingBox, _I, _P, _P)
_get_text = _lean(raw.FPDFText_GetText, _I, _P, _I, _I, _P)
_loose_box = _quick(raw.FPDFText_GetLooseCharBox, _I)
_tight_box = _lean(raw.FPDFText_GetCharBox, _I, _P, _I, _DP, _DP, _DP, _DP)
_bounds = _quick(raw.FPDFPageObj_GetBounds, _I)
_matrix = _quick(raw.FPDFPageObj_GetMatrix, _I)
_point = _quick(raw.FPDFPathSegment_GetPoint, _I)
_draw_mode = _quick(raw.FPDFPath_GetDrawMode, _I)
_fill = _quick(raw.FPDFPageObj_GetFillColor, _I)
_stroke = _quick(raw.FPDFPageObj_GetStrokeColor, _I)
_stroke_width = _quick(raw.FPDFPageObj_GetStrokeWidth, _I)
_annotation_rect = _quick(raw.FPDFAnnot_GetRect, _I)
_quad = _lean(raw.FPDFAnnot_GetAttachmentPoints, _I, _P, ctypes.c_size_t, _P)
_string = _quick(raw.FPDFAnnot_GetStringValue, ctypes.c_ulong)
_field_name = _quick(raw.FPDFAnnot_GetFormFieldName, ctypes.c_ulong)
_field_value = _quick(raw.FPDFAnnot_GetFormFieldValue, ctypes.c_ulong)
_field_export = _quick(raw.FPDFAnnot_GetFormFieldExportValue, ctypes.c_ulong)
_appearance = _quick(raw.FPDFAnnot_GetAP, ctypes.c_ulong)
_option = _lean(raw.FPDFAnnot_GetOptionLabel, ctypes.c_ulong, _P, _P, _I, _P, ctypes.c_ulong)
_font_name = _lean(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _P, ctypes.c_char_p, ctypes.c_size_t)

_d = [_D() for _ in range(4)]
_dr = [ctypes.byref(each) for each in _d]
_reals, _words = (_F * 6)(), (_U * 4)()
_real, _word = memoryview(_reals).cast("B").cast("f"), memoryview(_words).cast("B").cast("I")
_four, _colour, _two = _real[:4], _word[:3], _real[:2]
"""What a call has written, read without asking ctypes."""
_all_reals = ctypes.byref(_reals)
_fr = [ctypes.byref(_reals, 4 * each) for each in range(4)]
_ur = [ctypes.byref(_words, 4 * each) for each in range(4)]


def handle(opened: Any) -> Handle:
    """The pointer behind a handle of the generated binding."""
    return ctypes.cast(opened, Handle)


def document_handle(document: PdfDocument) -> Handle:
    """An open document."""
    return handle(document.raw)


def form_handle(document: PdfDocument) -> Handle:
    """The form environment, false when the document has no form."""
    return handle(document.formenv.raw) if document.formenv else Handle()


def page_bounds(page: Handle) -> Quad:
    """The part of the page that a viewer shows: left, bottom, right, top."""
    _page_bounds(page, _all_reals)
    left, top, right, bottom = _four
    return left, bottom, right, top


def characters(text: Handle) -> str:
    """Every character of an open text page, one for each index."""
    count = count_chars(text)
    buffer = (ctypes.c_ushort * (count + 1))()
    if count and _get_text(text, 0, count, buffer) == count + 1 and 0 not in buffer[:count]:
        whole = bytes(buffer)[:-2].decode("utf-16-le", "replace").replace("\ufffe", "-")
        if len(whole) == count and "\ufffd" not in whole:
            return whole
    return "".join([chr(char_code(text, index)) for index in range(count)])


def loose_box(text: Handle, index: int) -> Quad:
    """A character's box with the font's full height."""
    _loose_box(text, index, _all_reals)
    left, top, right, bottom = _four
    return left, bottom, right, top


def tight_box(text: Handle, index: int) -> Quad:
    """The box round a character's ink."""
    _tight_box(text, index, _dr[0], _dr[1], _dr[2], _dr[3])
    return _d[0].value, _d[2].value, _d[1].value, _d[3].value


def bounds(thing: Handle) -> Quad | None:
    """An object's box in the space of its page or form."""
    if not _bounds(thing, _fr[0], _fr[1], _fr[2], _fr[3]):
        return None
    left, low, right, high = _four
    return left, low, right, high


def matrix(thing: Handle) -> Matrix:
    """An object's own matrix, the identity when it has none."""
    if not _matrix(thing, _all_reals):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    a, b, c, d, e, f = _real
    return a, b, c, d, e, f


def point(segment: Handle) -> tuple[float, float]:
    """Where a path's segment ends."""
    _point(segment, _fr[0], _fr[1])
    x, y = _two
    return x, y


def draw_mode(path: Handle) -> tuple[bool, bool]:
    """Whether a path is filled, and whether it is stroked."""
    _draw_mode(path, _ur[0], _ur[1])
    return _word[0] != 0, _word[1] != 0


def stroke_width(path: Handle) -> float:
    """A stroke's width before the matrix."""
    return _real[0] if _stroke_width(path, _fr[0]) else 1.0


def lightness(thing: Handle, *, stroke: bool = False) -> float:
    """0 black to 1 white; a colour that can't be told counts as black, a transparent one as white."""
    if not (_stroke if stroke else _fill)(thing, _ur[0], _ur[1], _ur[2], _ur[3]):
        return 0.0
    if _word[3] < 13:
        return 1.0
    red, green, blue = _colour
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def annotation_rect(annotation: Handle) -> Quad:
    """An annotation's rectangle: left, bottom, right, top."""
    _annotation_rect(annotation, _all_reals)
    left, high, right, low = _four
    if left > right:
        left, right = right, left
    return (left, high, right, low) if low > high else (left, low, right, high)


def quads(annotation: Handle) -> Iterator[Quad]:
    """The pieces of text that a mark-up annotation covers."""
    points = raw.FS_QUADPOINTSF()
    for index in range(min(count_quads(annotation), 500)):
        if _quad(annotation, index, ctypes.addressof(points)):
            xs = (points.x1, points.x2, points.x3, points.x4)
            ys = (points.y1, points.y2, points.y3, points.y4)
            yield min(xs), min(ys), max(xs), max(ys)


_text = ctypes.create_string_buffer(4_096)
_text_view = memoryview(_text)


def _wide(function: Callable[..., Any], *arguments: Any) -> str:
    """A UTF-16 string: in one call when it is short, else in two."""
    size = function(*arguments, _text, 4_096)
    if size <= 2:
        return ""
    if size <= 4_096:
        return str(_text_view[: size - 2], "utf-16-le", "replace")
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, buffer, size)
    return ctypes.string_at(buffer, size - 2).decode("utf-16-le", "replace")


def annotation_string(annotation: Handle, key: bytes) -> str:
    """A string or name of the annotation's own dictionary."""
    return _wide(_string, annotation, key)


def field_name(form: Handle, annotation: Handle) -> str:
    """A field's full name, parents' first."""
    return _wide(_field_name, form, annotation)


def field_value(form: Handle, annotation: Handle) -> str:
    """A field's value, inherited when the parent holds it."""
    return _wide(_field_value, form, annotation)


def field_export(form: Handle, annotation: Handle) -> str:
    """The name of a button's on state."""
    return _wide(_field_export, form, annotation)


def has_appearance(annotation: Handle) -> bool:
    """Whether the annotation brings its normal appearance for the state it is in."""
    return bool(_appearance(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2)


def option(form: Handle, annotation: Handle, index: int) -> str:
    """What a choice shows for its option."""
    return _wide(_option, form, annotation, index)


def font_name(font: int) -> str:
    """A font's name with its subset prefix."""
    size = _font_name(font, None, 0)
    if not 0 < size < 1000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    _font_name(font, buffer, size)
    return buffer.value.decode("latin-1")
