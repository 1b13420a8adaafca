"""Icons: small SVG drawings kept once in images/icons, recoloured when shown instead of being kept once per theme."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PyQt5.QtCore import QByteArray, QRectF, Qt
from PyQt5.QtGui import QIcon, QPainter, QPixmap
from PyQt5.QtSvg import QSvgRenderer

IMAGES = Path(__file__).resolve().parents[2] / "images"


def icon_folder() -> str:
    """Return the folder from which the style sheet takes its arrows, with forward slashes; style sheets can only name
    files.
    """
    return (IMAGES / "icons").as_posix()


def app_icon() -> QIcon:
    return QIcon(str(IMAGES / "icon.svg"))


@lru_cache(maxsize=64)
def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return images/icons/<name>.svg with `currentColor` replaced.

    It is drawn at 1x, 2x and 3x, so that HiDPI screens stay sharp.
    """
    svg = (IMAGES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    result = QIcon()
    for factor in (1, 2, 3):
        pixmap = QPixmap(size * factor, size * factor)
        pixmap.fill(Qt.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size * factor, size * factor))
        painter.end()
        pixmap.setDevicePixelRatio(factor)
        result.addPixmap(pixmap)
    return result
