"""Own data through the jobs, the pipe and the command line. Reading itself is tested in tests/data/own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from data.loading import load
from data.own.options import ImportOptions
from fl.cli.exit_codes import FAILURE, USAGE_ERROR
from fl.protocol.commands import COMMANDS, ImportFile, InspectFile, ListDatasets, RemoveDataset
from fl.protocol.events import EVENTS
from tests.fl.asking import ask

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    rows = [f"u{u},i{i},{1 + (u + i) % 5},{1000 + u + i},Title {i}" for u in range(8) for i in range(9) if (u + i) % 3]
    path = tmp_path / "shop.csv"
    path.write_text("\n".join(["customer,product,stars,time,name", *rows]) + "\n")
    return path


def test_that_commands_and_events_of_an_import_survive_the_pipe(shop: Path) -> None:
    command = ImportFile(job="1", path=str(shop), name="shop", options=ImportOptions(min_rating=2, user="customer"))
    assert COMMANDS.validate_json(command.model_dump_json()) == command
    assert ImportFile(job="1", path="p", name="n").options == ImportOptions()
    preview = ask(InspectFile(path=str(shop)))
    assert EVENTS.validate_json(preview.model_dump_json()) == preview
    done = ask(command)
    assert EVENTS.validate_json(done.model_dump_json()) == done
    assert done.dataset.n_rows == done.report.n_rows
    assert done.dataset in ask(ListDatasets()).datasets


def test_that_an_unknown_option_in_a_command_is_refused() -> None:
    text = ImportFile(job="1", path="p", name="n").model_dump_json().replace('"min_rating"', '"min_ratings"')
    with pytest.raises(ValidationError):
        COMMANDS.validate_json(text)


def test_that_an_imported_set_is_loaded_anew_when_it_was_replaced(shop: Path) -> None:
    def run(options: ImportOptions) -> int:
        ask(ImportFile(path=str(shop), name="shop", options=options))
        return load("shop", "leak-free", 0).interactions.n_rows

    assert run(ImportOptions()) > run(ImportOptions(min_rating=3, replace=True))
    ask(RemoveDataset(dataset="shop"))
    assert "shop" not in {dataset.name for dataset in ask(ListDatasets()).datasets}


def test_that_the_command_line_inspects_imports_lists_and_removes(shop: Path, command_line: Any) -> None:
    def run(*words: str) -> tuple[int, dict[str, Any]]:
        done = command_line("datasets", *words, "--json")
        return done.returncode, json.loads(done.stdout.splitlines()[-1])

    code, preview = run("inspect", str(shop))
    assert code == 0
    assert preview["mapping"] == {
        "user": "customer", "item": "product", "rating": "stars", "timestamp": "time", "title": "name"
    }  # fmt: skip
    code, done = run("import", str(shop), "--name", "shop", "--min-rating", "2", "--k-core", "3", "--title", "-")
    assert code == 0
    assert done["report"]["mapping"] == {k: v for k, v in preview["mapping"].items() if k != "title"}
    assert min(done["report"]["per_user"]) >= 3
    assert run("import", str(shop), "--name", "shop")[0] == USAGE_ERROR
    code, refused = run("import", str(shop), "--name", "other", "--user", "colour")
    assert code == USAGE_ERROR
    assert "no column 'colour'" in str(refused["error"])
    assert "shop" in {dataset["name"] for dataset in run("list")[1]["datasets"]}
    assert run("remove", "shop") == (0, {"removed": "shop", "runs": []})
    assert run("remove", "shop")[0] == FAILURE
