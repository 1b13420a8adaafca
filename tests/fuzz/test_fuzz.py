"""Some changed inputs for every reader, the same each time, and what was found before. Many: make soak ARGS=fuzz."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.fuzz.cases import try_target
from tests.fuzz.targets import CORPUS, set_home, targets

CASES = int(os.environ.get("SECRETREC_FUZZ_CASES", "200"))  # of all targets together
ONLY = os.environ.get("SECRETREC_FUZZ_TARGETS", "").split()  # by name; all where none is given
SEED = int(os.environ.get("SECRETREC_FUZZ_SEED", "1"))


@pytest.mark.timeout(0 if CASES > 10_000 else 300)
def test_that_changed_inputs_are_read_or_refused(run: Path, tmp_path: Path) -> None:
    set_home(tmp_path / "home")
    found = targets(tmp_path, run)
    whole, faults = sum(target.weight for target in found), []
    for target in found if not ONLY else [one for one in found if one.name in ONLY]:
        for name, content in target.seeds.items():
            target.feed(name, content)
        share, began = max(1, round(CASES * target.weight / whole)), time.monotonic()
        told = try_target(target, share, SEED)
        seconds = time.monotonic() - began
        print(f"  {target.name:16}{share:7} cases  {seconds:6.0f} s  {told or 'as it must be'}", flush=True)
        faults += [f"{target.name}: {told}"] if told else []
    assert not faults


def test_that_what_was_found_before_is_read_or_refused(run: Path, tmp_path: Path) -> None:
    set_home(tmp_path / "home")
    by_name = {target.name: target for target in targets(tmp_path, run)}
    for path in sorted(CORPUS.glob("*/*")):
        seed, _, _ = path.name.partition("@")
        by_name[path.parent.name].feed(seed.replace("!", "/"), path.read_bytes())
