"""The rooms of the house: imports lead down only and never in a circle, and no file is too long to read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
MOST_LINES = 450

# From the ground up. Rooms of one floor do not know each other.
FLOORS: dict[str, list[set[str]]] = {
    "fl": [
        {"settings"},
        {"runs"},
        {"protocol"},
        {"aggregation"},
        {"privacy"},
        {"federation"},
        {"audit"},
        {"organisations"},
        {"jobs"},
        {"service"},
        {"engine"},
        {"cli"},
    ],
    "gui": [
        {"words", "look"},
        {"widgets"},
        {"forms", "plots"},
        {"engine"},
        {"tabs"},
        {"data", "runs"},
        {"train", "recommend", "evaluate", "privacy"},
        {"app"},
    ],
}
# What the window may know of the other packages: nothing that trains, or that is slow to import.
OPEN_TO_THE_WINDOW = (
    "fl.errors",
    "fl.jobs.table",
    "fl.protocol",
    "fl.runs.left_out",
    "fl.runs.names",
    "fl.runs.records",
    "fl.runs.rounds",
    "fl.settings",
    "models.registry",
    "data.",
)


@cache
def files(package: str) -> tuple[Path, ...]:
    return tuple(path.relative_to(PROJECT) for path in sorted((PROJECT / package).rglob("*.py")))


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@cache
def imports(path: Path, *, for_types_too: bool = True) -> tuple[tuple[str, int], ...]:
    """Return (module, line) of every import in a file of the project, also of those inside functions.

    Args:
        for_types_too: whether imports that only type checkers follow (`if TYPE_CHECKING`) count.
    """

    def nodes(node: ast.AST) -> Iterator[ast.AST]:
        is_for_types = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        if for_types_too or not is_for_types:
            yield node
            for child in ast.iter_child_nodes(node):
                yield from nodes(child)

    def found() -> Iterator[tuple[str, int]]:
        for node in nodes(ast.parse((PROJECT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((name.name, node.lineno) for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}:{node.lineno}: imports are written in full"
                assert node.module is not None
                # `from gui.words import text` imports the module gui.words.text.
                for name in node.names:
                    inner = PROJECT.joinpath(*node.module.split("."), name.name)
                    is_module = inner.is_dir() or inner.with_suffix(".py").is_file()
                    yield f"{node.module}.{name.name}" if is_module else node.module, node.lineno

    return tuple(found())


def room_of(module: str) -> str:
    """Return the room a module is in; "" for the files that lie beside the rooms, on the ground."""
    package, _, rest = module.partition(".")
    room = rest.partition(".")[0]
    return room if (PROJECT / package / room).is_dir() else ""


@pytest.mark.parametrize("package", FLOORS)
def test_that_every_room_has_its_floor(package: str) -> None:
    rooms = {path.parts[1] for path in files(package) if len(path.parts) > 2}
    assert rooms == set().union(*FLOORS[package])


@pytest.mark.parametrize("package", FLOORS)
def test_that_imports_lead_down_only(package: str) -> None:
    floor = {room: number for number, rooms in enumerate(FLOORS[package]) for room in rooms} | {"": -1}
    wrong = []
    for path in files(package):
        own = room_of(module_of(path))
        for module, line in imports(path):
            if module.partition(".")[0] == package:
                other = room_of(module)
                if other != own and floor[other] >= floor[own]:
                    wrong.append(f"{path}:{line}: {own or 'the ground'} imports {module}")
    assert wrong == []


@pytest.mark.parametrize("package", FLOORS)
def test_that_no_files_import_each_other_in_a_circle(package: str) -> None:
    names = {module_of(path) for path in files(package)}
    left = {
        module_of(path): {module for module, _ in imports(path, for_types_too=False) if module in names}
        - {module_of(path)}
        for path in files(package)
    }
    # Take away what imports nothing that is left, and what nothing that is left imports: the circles stay.
    while free := [
        module
        for module, others in left.items()
        if not others & left.keys() or not any(module in others for others in left.values())
    ]:
        for module in free:
            del left[module]
    assert {module: sorted(others & left.keys()) for module, others in left.items()} == {}


def test_that_the_window_knows_of_the_federation_only_what_is_light() -> None:
    wrong = [
        f"{path}:{line}: {module}"
        for path in files("gui")
        for module, line in imports(path)
        if module.partition(".")[0] in ("fl", "data", "models", "report", "baselines", "benchmarks")
        and not f"{module}.".startswith(OPEN_TO_THE_WINDOW)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", FLOORS)
def test_that_no_file_is_too_long_to_read(package: str) -> None:
    lengths = {path: len((PROJECT / path).read_text(encoding="utf-8").splitlines()) for path in files(package)}
    assert {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}
