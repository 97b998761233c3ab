"""A page through a scanner: turned a little, soft, noisy, uneven, compressed, perhaps in black and white only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from pipeline.reading.scan._types import Sheet
from tests.scans.printing import WIDE

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Seen(NamedTuple):
    """Where the drawing's points went on the scanned page: a turn about the middle."""

    matrix: NDArray[np.float64]

    def points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Moved points."""
        return points @ self.matrix[:, :2].T + self.matrix[:, 2]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The moved box."""
        centre = self.points(np.array([[(x0 + x1) / 2, (y0 + y1) / 2]]))[0]
        wide, high = (x1 - x0) / 2, (y1 - y0) / 2
        return centre[0] - wide, centre[1] - high, centre[0] + wide, centre[1] + high


def scanned(fine_page, tall, dpi, rng, light):
    """The page through a scanner: turned, blurred, noisy, uneven, compressed, perhaps black and white only."""
    scale = dpi / 72
    size = (round(WIDE * scale), round(tall * scale))
    turn = np.deg2rad(rng.normal(0, 0.15))
    c, s = np.cos(turn), np.sin(turn)
    middle = np.array([WIDE / 2, tall / 2])
    turned = np.array([[c, -s], [s, c]])
    seen = Seen(np.column_stack([turned, middle - turned @ middle]))
    picture = cv2.resize(fine_page, size, interpolation=cv2.INTER_AREA)
    matrix = seen.matrix.copy()
    matrix[:, 2] *= scale
    picture = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR, borderValue=255)
    names = []
    soft = rng.uniform(0.2, 1.0) * dpi / 240
    picture = cv2.GaussianBlur(picture, (0, 0), soft).astype(np.float32)
    bilevel = rng.random() < 0.25
    fade = rng.uniform(0.55, 1.0) if rng.random() < 0.3 and not light else 1.0
    if fade < 0.8:
        names.append("faded")
    picture = 255 - (255 - picture) * fade
    if rng.random() < 0.3:
        x, y = np.meshgrid(np.linspace(-1, 1, size[0]), np.linspace(-1, 1, size[1]))
        a, b = rng.uniform(-14, 14, 2)
        picture = picture + (a * x + b * y - abs(a) - abs(b)).astype(np.float32)
        names.append("shaded")
    noise = rng.choice([0, 2, 5, 10, 16])
    if noise:
        picture += rng.normal(0, noise, picture.shape).astype(np.float32)
    if noise >= 10:
        names.append("noisy")
    picture = np.clip(picture, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        quality = int(rng.choice([35, 50, 70, 85]))
        _, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
        if quality < 60:
            names.append("jpeg")
    if bilevel:
        level = int(rng.uniform(195, 215) if light else rng.uniform(115, 190) * 1.0)
        level = max(level, int(255 - 130 * fade))
        picture = np.where(picture < level, 0, 255).astype(np.uint8)
        names.append("bilevel")
        if rng.random() < 0.5:
            picture = cv2.GaussianBlur(picture, (0, 0), 0.7)
    if dpi == 150:
        names.append("150dpi")
    level = max(140, int(np.percentile(picture, 60)) - 60)
    sheet = Sheet(
        number=1, grey=picture, ink=picture < level, scale=scale, width=WIDE, height=tall, bilevel=bilevel
    )
    return sheet, seen, "+".join(names) or "clean"
