"""Public docstrings are sentences: they begin with a noun or, for functions, with a verb, and end with a full stop."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PACKAGES = ("data", "models", "baselines", "fl", "report", "gui", "benchmarks", "scripts", "images")
FILES = [path for package in PACKAGES for path in sorted((PROJECT / package).rglob("*.py"))]

# A clause that was cut off its sentence; a function says what it does instead: "Return what ...", "Tell which ...".
CLAUSES = ("What", "Which", "Who", "Whose", "How", "Why", "When", "Where", "From", "In", "As", "Of", "For", "By", "If")
NOUNS = (*CLAUSES, "Whether", "The", "A", "An", "Each", "Every", "Everything", "All", "Nothing", "This", "One")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def public(node: ast.AST, name: str = "") -> Iterator[tuple[str, ast.AST, str]]:
    """Yield (name, definition, docstring) of everything below `node` that others may use and that has a docstring."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef) and not child.name.startswith("_"):
            words = ast.get_docstring(child)
            if words:
                yield f"{name}{child.name}", child, words
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{name}{child.name}.")


def is_property(node: ast.AST) -> bool:
    return isinstance(node, Function) and any("property" in ast.unparse(one) for one in node.decorator_list)


def fault(node: ast.AST, words: str) -> str:
    """Tell what is wrong with a docstring, "" if nothing."""
    first = words.split("\n\n")[0].strip()
    begins = re.split(r"\W", first, maxsplit=1)[0]
    if begins in CLAUSES:
        return f"begins with {begins!r}"
    if isinstance(node, Function) and not is_property(node) and (begins in NOUNS or not begins[:1].isupper()):
        return f"does not begin with a verb but with {first.split()[0]!r}"
    return "" if first.endswith(".") else "does not end its first paragraph with a full stop"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_that_public_docstrings_are_sentences(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    words = ast.get_docstring(tree)
    found = [*([("the file", tree, words)] if words else []), *public(tree)]
    assert [
        f"{name} {fault(node, words)}: {words.splitlines()[0]}" for name, node, words in found if fault(node, words)
    ] == []
