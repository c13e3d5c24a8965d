"""Whether a picture covers a page of a PDF, as it does where the page was scanned."""

import ctypes
from typing import Any

_FULL_PAGE = 0.7
_DEEPEST = 4


def is_covered(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    full = _FULL_PAGE * pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    drawn = (pdfium.FPDFPage_GetObject(page, at) for at in range(pdfium.FPDFPage_CountObjects(page)))
    return any(_is_picture(one) and _area(one) >= full for one in drawn)


def _is_picture(one: Any, deepest: int = _DEEPEST) -> bool:
    """A picture itself, or a drawing with a picture in it."""
    import pypdfium2.raw as pdfium

    kind = pdfium.FPDFPageObj_GetType(one)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        return True
    if kind != pdfium.FPDF_PAGEOBJ_FORM or not deepest:
        return False
    inner = (pdfium.FPDFFormObj_GetObject(one, at) for at in range(pdfium.FPDFFormObj_CountObjects(one)))
    return any(_is_picture(each, deepest - 1) for each in inner)


def _area(one: Any) -> float:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top)
    return (right.value - left.value) * (top.value - bottom.value)
