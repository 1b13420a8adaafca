"""The printing of a report: HTML on standard input, PDF on standard output, off screen.

It runs as `python -m report.pdf_process`.

Qt prints text documents, which know tables but no SVG: each plot is drawn at print resolution and put in as a picture.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from PyQt5.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, QUrl
from PyQt5.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PyQt5.QtSvg import QSvgRenderer

SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
FONTS = ["Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", "sans-serif"]
SHARPNESS = 3  # pixels of a picture for each point of the page's width, about 290 dpi
PLOT_WIDTH = 305  # so that two fit beside each other
PRINT_STYLE = """
h1 { font-size: 17pt; } h2 { font-size: 12pt; margin-bottom: 4pt; } .gap { font-size: 7pt; margin: 0; }
p { margin-top: 5pt; margin-bottom: 5pt; }
.sub, .note, .name, small { color: #586374; } small, .note { font-size: 7pt; }
td.words { white-space: nowrap; }
.warning { background-color: #fff4dc; color: #7d4e00; }
th { color: #586374; font-size: 8pt; border-bottom: 1px solid #c5ccd6; }
table { border-collapse: collapse; border-style: none; }
"""


def document(html: str) -> QTextDocument:
    """Return the page as Qt lays it out. It needs a QGuiApplication."""
    made = QTextDocument()
    font = QFont()
    font.setFamilies(FONTS)
    font.setPointSizeF(9.0)
    made.setDefaultFont(font)
    made.setDefaultStyleSheet(PRINT_STYLE)

    def place(found: re.Match[str]) -> str:
        image = picture(found[0])
        number = place.count = getattr(place, "count", 0) + 1  # type: ignore[attr-defined]
        made.addResource(QTextDocument.ResourceType.ImageResource, QUrl(f"plot:{number}"), image)
        height = round(PLOT_WIDTH * image.height() / image.width())
        return f'<p><img src="plot:{number}" width="{PLOT_WIDTH}" height="{height}"></p>'

    text = SVG.sub(place, STYLE.sub("", html))
    # Qt takes widths of tables from attributes only, and no margin between a table and what follows it.
    text = re.sub(r'<table(?! class="facts")', '<table width="100%"', text)
    text = text.replace("<h2>", '<p class="gap">&nbsp;</p><h2>')
    made.setHtml(text)
    return made


def keep_headings(made: QTextDocument, writer: QPdfWriter) -> None:
    """Begin a new page before each heading that would stand at the end of one, with what it is about on the next.

    Qt knows no "keep with next": the document is laid out as it will be printed, until no heading is left alone.
    """
    while True:
        laid = laid_out(made, writer)
        layout, page = laid.documentLayout(), writer.height()
        alone = next((block for block in _blocks(laid) if _is_alone(block, layout, page)), None)
        if alone is None:
            return
        cursor = QTextCursor(made.findBlockByNumber(alone.blockNumber()))
        form = cursor.blockFormat()
        form.setPageBreakPolicy(QTextFormat.PageBreak_AlwaysBefore)
        cursor.setBlockFormat(form)


def laid_out(made: QTextDocument, writer: QPdfWriter) -> QTextDocument:
    """Return a copy of a document, in pages as QTextDocument.print makes them."""
    laid = made.clone()
    frame = laid.rootFrame().frameFormat()
    frame.setMargin(2 / 2.54 * writer.logicalDpiY())
    laid.rootFrame().setFrameFormat(frame)
    laid.documentLayout().setPaintDevice(writer)
    laid.setPageSize(QSizeF(writer.width(), writer.height()))
    return laid


def _blocks(made: QTextDocument) -> Iterator[QTextBlock]:
    block = made.begin()
    while block.isValid():
        yield block
        block = block.next()


def _is_alone(block: QTextBlock, layout: QAbstractTextDocumentLayout, page: int) -> bool:
    """Return whether a heading and what follows it stand on different pages; not one that begins a page already."""
    form, following = block.blockFormat(), block.next()
    if not form.headingLevel() or not following.isValid() or form.pageBreakPolicy():
        return False
    own, below = layout.blockBoundingRect(block), layout.blockBoundingRect(following)
    return int(own.top() // page) != int(below.bottom() // page)


def picture(svg: str) -> QImage:
    """Draw a plot at print resolution on white."""
    name_space = 'xmlns="http://www.w3.org/2000/svg"'
    renderer = QSvgRenderer(QByteArray(svg.replace("<svg ", f"<svg {name_space} ", 1).encode()))
    image = QImage(renderer.defaultSize() * SHARPNESS, QImage.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def pdf(html: str) -> bytes:
    """Return the page on A4, with page numbers."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    # No margins here: Qt leaves 2 cm of its own around a text document, and writes the page number into them.
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.A4), QPageLayout.Portrait, QMarginsF()))
    writer.setResolution(300)
    writer.setCreator("SecretRec")
    made = document(html)
    writer.setTitle(made.metaInformation(QTextDocument.MetaInformation.DocumentTitle))
    keep_headings(made, writer)
    made.setPageSize(QSizeF())  # unset: Qt takes the paper's and numbers the pages
    made.print(writer)
    buffer.close()
    return bytes(content)


def main() -> int:
    application = QGuiApplication(["report"])
    sys.stdout.buffer.write(pdf(sys.stdin.buffer.read().decode("utf-8")))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
