"""Makes the pictures of docs/images from the screenshots of browser.py: python images.py SHOTS

Phone, laptop and paper, light and dark, in few colours so that they stay small. Needs Pillow and PyMuPDF.
"""

import sys
from pathlib import Path

import pymupdf
from PIL import Image

SHOTS = Path(sys.argv[1])
IMAGES = Path(__file__).parent.parent / "docs" / "images"
PICTURES = {
    "report-phone": "sample-runner-latest-phone-light.png",
    "report-phone-dark": "sample-runner-latest-phone-dark.png",
    "report-laptop": "sample-runner-latest-laptop-light.png",
    "report-laptop-dark": "sample-runner-latest-laptop-dark.png",
    "roster-phone": "index-latest-phone-light.png",
    "roster-laptop": "index-latest-laptop-light.png",
    "roster-laptop-dark": "index-latest-laptop-dark.png",
}


def keep(picture: Image.Image, name: str) -> None:
    picture.convert("RGB").quantize(128).save(IMAGES / f"{name}.png", optimize=True)


IMAGES.mkdir(parents=True, exist_ok=True)
for name, shot in PICTURES.items():
    picture = Image.open(SHOTS / shot)
    scale = 2 if "laptop" in name else 1.5
    keep(picture.resize((int(picture.width / scale), int(picture.height / scale)), Image.LANCZOS), name)
for name, file in {"report-paper": "sample-runner-latest-A4.pdf", "roster-paper": "index-latest-A4.pdf"}.items():
    page = pymupdf.open(SHOTS / file)[0].get_pixmap(dpi=80)
    keep(Image.frombytes("RGB", (page.width, page.height), page.samples), name)
