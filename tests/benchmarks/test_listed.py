"""Every benchmark says how it is run, and stands in the list of them."""

import ast
from pathlib import Path

import pytest

import benchmarks

FOLDER = Path(benchmarks.__file__).parent
DOCS = FOLDER.parent / "docs"
PROGRAMS = sorted(path for path in FOLDER.glob("*.py") if "__main__" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_that_a_benchmark_explains_itself_and_is_listed(path):
    source = path.read_text(encoding="utf-8")
    words = ast.get_docstring(ast.parse(source)) or ""
    assert f"python -m benchmarks.{path.stem}" in words
    assert "description=__doc__" in source  # what --help shows
    assert f"\n    {path.stem} " in benchmarks.__doc__
    assert any(f"benchmarks.{path.stem}" in page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
