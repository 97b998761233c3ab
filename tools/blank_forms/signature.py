"""An invented signature: a pen's line, as a picture."""

import hashlib
import io
import math

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 480, 120  # pixels
_FINER = 3


def picture(seed: str) -> Image.Image:
    """A scribble on a transparent ground, the same each time for the same seed."""
    numbers = hashlib.sha256(seed.encode()).digest()
    image = Image.new("RGBA", (WIDTH * _FINER, HEIGHT * _FINER), (20, 30, 90, 0))
    pen = ImageDraw.Draw(image)
    line = []
    for step in range(600):
        along = step / 600
        swing = sum(
            (0.35 + numbers[k] / 400)
            * math.sin(2 * math.pi * (along * (3 + 4 * k) + numbers[k + 8] / 255))
            / (k + 1)
            for k in range(4)
        )
        back = 0.035 * math.sin(2 * math.pi * along * (9 + numbers[20] % 4))
        tall = 1.25 - 0.75 * along
        x = (0.06 + 0.86 * along + back) * WIDTH
        y = (0.5 - 0.3 * tall * swing) * HEIGHT
        line.append((x * _FINER, min(max(y, 4), HEIGHT - 4) * _FINER))
    pen.line(line, fill=(20, 30, 90, 255), width=3 * _FINER, joint="curve")
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def png(seed: str) -> bytes:
    """The scribble as a PNG file."""
    out = io.BytesIO()
    picture(seed).save(out, "PNG", optimize=True)
    return out.getvalue()
