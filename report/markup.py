"""Pieces of HTML from plain text. Everything that comes from a run is escaped here, and only here;
sentences are shown in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence

from report.language import now, shown


def paragraph(words: str, kind: str = "") -> str:
    """Return a paragraph of plain text."""
    return f"<p{_class(kind)}>{shown(words)}</p>"


def bullets(lines: Sequence[str]) -> str:
    """Return a list of plain sentences, "" without any."""
    return "<ul>" + "".join(f"<li>{shown(line)}</li>" for line in lines) + "</ul>" if lines else ""


def section(heading: str, *parts: str) -> str:
    """Return a heading and pieces of HTML below it; "" when there are none."""
    content = "".join(parts)
    return f"<h2>{shown(heading)}</h2>{content}" if content else ""


def table(header: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> str:
    """Return a table of plain cells; a cell's second line, after a line break, is quiet. Return "" without rows.

    Args:
        header: a heading for each column.
        rows: the cells.
        texts: how many columns from the left hold words; the others are numbers, to the right.
    """
    if not rows:
        return ""
    head = "".join(_cell("th", words, column >= texts) for column, words in enumerate(header))
    body = "".join(
        "<tr>" + "".join(_cell("td", words, column >= texts) for column, words in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f'<table cellspacing="0" cellpadding="4"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def facts(pairs: Sequence[tuple[str, str]]) -> str:
    """Return names and values in two columns; pairs without a value are left out."""
    rows = "".join(
        f"<tr><td{_class('name')}>{shown(name)}</td><td>{shown(value)}</td></tr>" for name, value in pairs if value
    )
    return f'<table class="facts" cellspacing="0" cellpadding="3"><tbody>{rows}</tbody></table>' if rows else ""


def side_by_side(*figures: str) -> str:
    """Return a table with two figures a row, because Qt's printing knows no other way."""
    rows = [figures[i : i + 2] for i in range(0, len(figures), 2)]
    cells = ["<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in rows]
    return f'<table class="plots" cellspacing="0" cellpadding="0"><tbody>{"".join(cells)}</tbody></table>'


def _cell(tag: str, words: str, number: bool) -> str:
    first, _, second = now().said(words).partition("\n")
    below = f"<br><small>{shown(second)}</small>" if second else ""
    align = ' align="right"' if number else ' align="left" class="words"'
    return f"<{tag}{align}>{shown(first)}{below}</{tag}>"


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
