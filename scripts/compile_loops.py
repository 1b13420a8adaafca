"""Compilation of the models' hot loops, ahead of the first run: .venv/bin/python scripts/compile_loops.py.

Numba keeps the machine code on disk (`models/compiled.py`), for this kind of processor; another compiles its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started by its path

from models.registry import MODELS


def main() -> None:
    """Compile what is not there yet; some seconds for all models."""
    for model in MODELS.values():
        model.load_local().load()


if __name__ == "__main__":
    main()
