"""Licences, known faults and the list of parts, of the real lock and of packages made up here."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scripts import supply_chain
from scripts.supply_chain import Package, findings, is_allowed, licence_of, licences, locked, refused, sbom

LOCK = Path(__file__).resolve().parents[2] / "requirements.txt"
PARTS = [
    Package("web", "1.4.2", ("a" * 64,), ()),
    Package("http", "2.0", ("b" * 64, "c" * 64), ("web",)),
]


def test_that_every_package_of_the_lock_has_a_licence_that_was_decided_on() -> None:
    packages = locked(LOCK.read_text("utf-8"))
    assert len(packages) > 100
    assert all(package.hashes and package.version for package in packages)
    assert refused(licences(packages)) == []


@pytest.mark.parametrize(
    ("about", "classifiers", "licence", "allowed"),
    [
        ({"License-Expression": "Apache-2.0 OR BSD-3-Clause"}, [], "Apache-2.0 OR BSD-3-Clause", True),
        ({"License-Expression": "GPL-3.0-only OR MIT"}, [], "GPL-3.0-only OR MIT", True),
        ({"License-Expression": "MIT AND GPL-3.0-only"}, [], "MIT AND GPL-3.0-only", False),
        ({"License": "Apache 2.0"}, [], "Apache-2.0", True),
        ({"License": "Copyright (c) 2001\nAll rights"}, ["License :: OSI Approved :: BSD License"], "BSD", True),
        ({"License": "UNKNOWN"}, ["License :: Other/Proprietary License"], "Other/Proprietary License", False),
        ({}, [], "", False),
    ],
)
def test_that_licences_are_told_from_what_packages_state(
    about: dict[str, str], classifiers: list[str], licence: str, allowed: bool
) -> None:
    assert licence_of(about, classifiers) == licence
    assert is_allowed(licence) == allowed


def test_that_an_exception_is_for_the_licence_that_was_decided_on_only() -> None:
    assert refused({"pyqt5": "GPL-3.0-only", "other": "GPL-3.0-only"}) == ["other"]
    assert refused({"pyqt5": "AGPL-3.0-only"}) == ["pyqt5"]


def database(*advisories: dict[str, Any]) -> zipfile.ZipFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for one in advisories:
            made.writestr(f"{one['id']}.json", json.dumps(one))
    return zipfile.ZipFile(content)


def advisory(number: int, name: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    part = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [{"type": "ECOSYSTEM", "events": list(events)}]}
    return {"id": f"PYSEC-{number}", "summary": "it breaks", "affected": [part], **more}


@pytest.mark.parametrize(
    ("events", "affected"),
    [
        ([{"introduced": "0"}, {"fixed": "1.4.2"}], False),
        ([{"introduced": "0"}, {"fixed": "1.10"}], True),
        ([{"introduced": "1.5"}], False),
        ([{"introduced": "0"}, {"last_affected": "1.4.2"}], True),
        ([{"introduced": "0"}, {"last_affected": "1.4.1"}], False),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.4"}, {"fixed": "1.4.3"}], True),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "2"}], False),
    ],
)
def test_that_a_fault_is_found_in_the_versions_that_have_it(events: list[dict[str, str]], affected: bool) -> None:
    found = findings(PARTS, database(advisory(1, "Web", *events), advisory(2, "unrelated", {"introduced": "0"})))
    assert [one.package.name for one in found] == (["web"] if affected else [])


def test_that_withdrawn_advisories_do_not_count_and_decided_ones_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = advisory(1, "http", {"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z")
    known = advisory(2, "http", {"introduced": "0"}, {"fixed": "2.1"}, aliases=["CVE-2026-1"])
    listed = {"id": "PYSEC-3", "affected": [{"package": {"name": "web"}, "versions": ["1.4.2"]}], "details": "bad"}
    monkeypatch.setattr(supply_chain, "DECIDED", {"CVE-2026-1": "nothing here serves HTTP/2"})
    found = findings(PARTS, database(gone, known, listed))
    assert [(one.advisory, one.fixed, one.decision) for one in found] == [
        ("PYSEC-2", ("2.1",), "nothing here serves HTTP/2"),
        ("PYSEC-3", (), ""),
    ]


def test_that_an_audit_without_a_database_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert supply_chain.main(["audit", "--advisories", str(tmp_path / "all.zip")]) == 2
    assert "Nothing was audited" in capsys.readouterr().err


def test_that_a_damaged_database_audits_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as made:
        made.writestr("PYSEC-1.json", '{"id": ')
    assert supply_chain.main(["audit", "--advisories", str(tmp_path / "all.zip")]) == 2
    assert "Nothing was audited, because the database is damaged" in capsys.readouterr().err


def test_that_a_list_of_parts_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert supply_chain.main(["sbom", str(tmp_path / "parts.json")]) == 0
    assert json.loads((tmp_path / "parts.json").read_text())["bomFormat"] == "CycloneDX"
    capsys.readouterr()
    assert supply_chain.main(["sbom", str(tmp_path / "nowhere" / "parts.json")]) == 2
    assert "No such file or directory" in capsys.readouterr().err


def test_that_the_list_of_parts_names_every_package_its_files_and_who_needs_it() -> None:
    made = sbom(PARTS, {"web": "MIT", "http": "Apache-2.0 OR MIT"})
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert [part["purl"] for part in made["components"]] == ["pkg:pypi/web@1.4.2", "pkg:pypi/http@2.0"]
    assert [part["licenses"] for part in made["components"]] == [
        [{"license": {"id": "MIT"}}],
        [{"expression": "Apache-2.0 OR MIT"}],
    ]
    assert [one["content"] for one in made["components"][1]["hashes"]] == ["b" * 64, "c" * 64]
    assert {one["ref"]: one["dependsOn"] for one in made["dependencies"]} == {
        "secretrec": ["pkg:pypi/web@1.4.2"],
        "pkg:pypi/web@1.4.2": ["pkg:pypi/http@2.0"],
        "pkg:pypi/http@2.0": [],
    }
    whole = sbom(packages := locked(LOCK.read_text("utf-8")), licences(packages))
    assert len(whole["components"]) == len(packages)
    needed = {ref for one in whole["dependencies"] for ref in one["dependsOn"]}
    assert needed == {part["purl"] for part in whole["components"]}
