from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data import readers, registry
from data.errors import UnknownNameError


def test_that_the_table_is_complete() -> None:
    assert list(registry.DATASETS) == ["demo", "ml-100k", "ml-1m", "lastfm-2k", "amazon-video"]
    for name, row in registry.DATASETS.items():
        assert row.name == name
        assert row.title
        assert row.licence
        assert min(row.n_users, row.n_items, row.n_rows) > 0
        assert row.reader in readers._READERS
        if not row.builtin:
            assert row.url.startswith("https://")
            assert row.url.endswith("/" + row.archive)
            assert row.citation
            assert row.required_files
            assert min(row.download_bytes, row.installed_bytes) > 0


def test_that_an_unknown_data_set_is_named_with_the_known_ones() -> None:
    for call in (registry.spec, registry.status, registry.folder, readers.read):
        with pytest.raises(UnknownNameError, match=r"no data set called 'ml-99'.*demo, ml-100k"):
            call("ml-99")


def test_that_status_tells_whether_the_files_are_there(own_home: Path) -> None:
    assert registry.status("demo") == "ready"
    assert registry.status("ml-100k") == "missing"
    where = registry.folder("ml-100k")
    assert where == own_home / "datasets" / "ml-100k"
    where.mkdir(parents=True)
    (where / "u.data").touch()
    assert registry.status("ml-100k") == "missing"
    (where / "u.item").touch()
    assert registry.status("ml-100k") == "ready"


def test_that_the_registry_imports_nothing_heavy() -> None:
    code = (
        "import sys, data.registry; "
        "print([m for m in ('numpy', 'pandas', 'pooch', 'requests', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_that_expected_counts_follow_the_protocol() -> None:
    assert registry.spec("lastfm-2k").expected_counts("published") == (1600, 12454, 185650)
    assert registry.spec("lastfm-2k").expected_counts("leak-free") == (1222, 12274, 69595)
    assert registry.spec("ml-1m").expected_counts("leak-free") == (6040, 3706, 1000209)
