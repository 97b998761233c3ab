"""What a scanner does to a page: turned, skewed, shaded, grainy, dark at the edges, squeezed. Every draw follows its seed."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from pipeline.reading.scan._types import Picture

Grey = NDArray[np.uint8]
REPO = Path(__file__).resolve().parents[3]
FORMS = sorted((REPO / "tests" / "golden" / "forms").glob("*.pdf"))


def drawn(path: Path, number: int = 1, dpi: float = 300.0) -> Grey:
    """One page of a PDF with its fields, grey."""
    with pdfium.PdfDocument(path) as document:
        document.init_forms()
        page = document[number - 1]
        return np.array(page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze())


def form(name: str, dpi: float = 300.0) -> Grey:
    """A page of one of the golden forms, by the start of its file's name."""
    return drawn(next(path for path in FORMS if path.name.startswith(name)), 1, dpi)


def skewed(grey: Grey, degrees: float, paper: int = 255) -> Grey:
    """Turned clockwise round its middle, on a sheet large enough."""
    high, wide = grey.shape
    matrix = cv2.getRotationMatrix2D((wide / 2 - 0.5, high / 2 - 0.5), -degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    size = (round(wide * cos + high * sin), round(wide * sin + high * cos))
    matrix[0, 2] += size[0] / 2 - wide / 2
    matrix[1, 2] += size[1] / 2 - high / 2
    return np.asarray(
        cv2.warpAffine(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=float(paper)), np.uint8
    )


def turned(grey: Grey, degrees: int) -> Grey:
    """Turned clockwise by a quarter, a half, or three quarters."""
    return np.ascontiguousarray(np.rot90(grey, -degrees // 90))


def shaded(grey: Grey, low: float = 0.6, contrast: float = 1.0) -> Grey:
    """Print and paper dimmer towards one corner, print paler by ``contrast``."""
    high, wide = grey.shape
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    light = 0.96 - (0.96 - low) * (0.6 * x / wide + 0.4 * y / high)
    return np.clip((255 - (255 - grey.astype(np.float32)) * contrast) * light, 0, 255).astype(np.uint8)


def grainy(grey: Grey, spread: float, seed: int = 1) -> Grey:
    """With the grain of a sensor."""
    chance = np.random.default_rng(seed)
    grain = chance.normal(0, spread, grey.shape).astype(np.float32)
    return np.clip(grey + grain, 0, 255).astype(np.uint8)


def strewn(grey: Grey, share: float, seed: int = 1) -> Grey:
    """With single black and white pixels."""
    chance = np.random.default_rng(seed).random(grey.shape, dtype=np.float32)
    return np.where(chance < share / 2, 0, np.where(chance > 1 - share / 2, 255, grey)).astype(np.uint8)


def squeezed(grey: Grey, quality: int = 60) -> Grey:
    """Through JPEG and back."""
    _, data = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def two_levelled(grey: Grey, limit: int = 150) -> Grey:
    """Black and white only."""
    return np.where(grey < limit, 0, 255).astype(np.uint8)


def edged(grey: Grey, wide: int) -> Grey:
    """With the scanner's dark lid along the left and lower edge, in a wedge, and two punched holes."""
    out = grey.copy()
    high, across = out.shape
    cv2.fillPoly(out, [np.array([[0, 0], [wide // 3, 0], [wide, high], [0, high]])], 20)
    out[high - wide // 2 :] = 30
    for y in (high // 2 - round(high * 0.135), high // 2 + round(high * 0.135)):
        cv2.circle(out, (round(across * 0.05), y), round(across * 0.0125), 25, -1, cv2.LINE_AA)
    return out


def picture(grey: Grey, dpi: float = 300.0, *, bilevel: bool = False, down: float | None = None) -> Picture:
    """As a page of a file."""
    high, wide = grey.shape
    return Picture(
        number=1, grey=grey, width=wide * 72 / dpi, height=high * 72 / (down or dpi), bilevel=bilevel
    )
