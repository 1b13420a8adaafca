"""Accuracy tables: published figures reproduced, leak-free figures against centralised baselines, the leak itself.

    python -m benchmarks.accuracy                       all tables, every data set that was fetched (hours)
    python -m benchmarks.accuracy --tables leak-free --datasets ml-100k --seeds 5
    python -m benchmarks.accuracy --quick               a minute on the demo set; what the tests run

Writes accuracy.json and accuracy.md after every table, so that an interrupted run keeps what it has. Settings are the
presets, chosen on validation items; figures are test figures at the round that validation picked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from data import paths, registry
from fl.engine.streams import divert_to_log
from fl.federation import session
from fl.protocol.commands import CompareCommand
from fl.settings.base import build
from fl.settings.compare import BaselineName, CompareSettings
from models.registry import MODELS

ALL_BASELINES = get_args(BaselineName)
KNOWN_MODELS = tuple(MODELS)


@dataclass(frozen=True)
class Table:
    """One comparison to run.

    Attributes:
        name: group it belongs to, for --tables.
        dataset: registry name.
        protocol: evaluation protocol.
        models, baselines: what stands in it.
        reference: published figures to reach, HR@10 / NDCG@10 in percent, in words.
        repeated: whether it is run with all seeds, or with one.
    """

    name: str
    dataset: str
    protocol: str
    models: tuple[str, ...]
    baselines: tuple[str, ...]
    reference: str = ""
    repeated: bool = True


TABLES = (
    Table(
        "published",
        "ml-100k",
        "published",
        ("pfedrec", "fedrap"),
        ("popularity",),
        "PFedRec 71.6 / 43.4 (Zhang et al. 2023); FedRAP 98.9 / 88.9 (author's logs; the leak at work).",
        repeated=False,
    ),
    Table("published", "ml-1m", "published", ("pfedrec",), ("popularity",), "PFedRec 73.3 / 44.4.", repeated=False),
    # Repeated: the paper's figure is as close to popularity as one seed's is to another's.
    Table("published", "amazon-video", "published", ("pfedrec",), ("popularity",), "PFedRec 60.1 / 39.1."),
    Table("leak-free", "ml-100k", "leak-free", ("fcf", "seqfcf", "pfedrec", "fedrap"), ALL_BASELINES),
    Table("leak-free", "ml-1m", "leak-free", ("fcf", "seqfcf", "pfedrec"), ALL_BASELINES),
    Table("leak-free", "amazon-video", "leak-free", ("fcf", "seqfcf", "pfedrec"), ALL_BASELINES),
    Table("leak-free", "lastfm-2k", "leak-free", ("fcf", "seqfcf", "pfedrec"), ALL_BASELINES),
    Table("leak-free", "demo", "leak-free", ("fcf", "seqfcf", "pfedrec"), ALL_BASELINES),
)
QUICK = (Table("leak-free", "demo", "leak-free", ("fcf", "seqfcf", "pfedrec"), ("popularity", "ease", "ials")),)
LEAK_DATASETS = ("ml-100k", "ml-1m")


def main(argv: list[str] | None = None) -> int:
    given = _arguments(argv)
    session.prepare_environment()
    out, err, _ = divert_to_log("accuracy")

    def say(text: str) -> None:
        print(text, file=err, flush=True)

    folder = Path(given.out)
    sections: list[dict[str, Any]] = []
    for section in _sections(given, say):
        sections.append(section)
        _write(folder, sections)
        print(section["markdown"], file=out, flush=True)
    say(f"Written: {folder / 'accuracy.md'} and {folder / 'accuracy.json'}")
    return 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.accuracy", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", nargs="+", choices=["published", "leak-free", "leak"], help="default: all")
    parser.add_argument("--datasets", nargs="+", help="default: all that were fetched")
    parser.add_argument("--models", nargs="+", choices=KNOWN_MODELS, help="default: those of each table")
    parser.add_argument("--baselines", nargs="+", choices=ALL_BASELINES, help="default: those of each table")
    parser.add_argument("--seeds", type=int, default=5, help="repetitions of the leak-free tables. Default: 5")
    parser.add_argument("--epochs", type=int, help="rounds; default: each model's preset")
    parser.add_argument("--parties", type=int, default=2)
    parser.add_argument("--runtime", default="in-process", choices=["in-process", "simulation"])
    parser.add_argument("--threads", type=int, default=0, help="Threads per party")
    parser.add_argument("--quick", action="store_true", help="two rounds, two seeds, demo set only")
    parser.add_argument("--out", default=str(paths.home() / "benchmarks"), help="folder of the results")
    return parser.parse_args(argv)


def _sections(given: argparse.Namespace, say: Any) -> Iterator[dict[str, Any]]:
    """Yield the parts of the result, one at a time."""
    from fl.federation.pool import FederationPool
    from fl.jobs.context import JobContext
    from fl.protocol.events import Phase, RoundDone

    def show(event: Any) -> None:
        if isinstance(event, Phase):
            say(f"  {event.text}")
        elif isinstance(event, RoundDone) and event.record.round % 10 == 0:
            say(f"  round {event.record.round} of {event.rounds}: {event.record.valid}")

    wanted = given.tables or ["published", "leak-free", "leak"]
    if "leak" in wanted:
        datasets = ["demo"] if given.quick else [name for name in LEAK_DATASETS if _is_ready(name, given, say)]
        if datasets:
            yield _leak(datasets, 20 if given.quick else 100)
    with closing(FederationPool()) as pool:
        for table in QUICK if given.quick else TABLES:
            if table.name in wanted and (given.quick or _is_ready(table.dataset, given, say)):
                yield _compare(table, given, JobContext("benchmark", show, pool), say)


def _is_ready(dataset: str, given: argparse.Namespace, say: Any) -> bool:
    if given.datasets and dataset not in given.datasets:
        return False
    if dataset in registry.DATASETS and registry.status(dataset) == "ready":
        return True
    say(f"{dataset} is left out: it was not fetched.")
    return False


def _compare(table: Table, given: argparse.Namespace, context: Any, say: Any) -> dict[str, Any]:
    from fl.cli import compare_output as output
    from fl.jobs.compare import compare

    models = tuple(name for name in table.models if name in (given.models or table.models))
    baselines = tuple(name for name in table.baselines if name in (given.baselines or table.baselines))
    values: dict[str, Any] = {
        "dataset": table.dataset,
        "protocol": table.protocol,
        "models": models,
        "baselines": baselines,
        "seeds": 2 if given.quick else given.seeds if table.repeated else 1,
        "parties": given.parties,
        "runtime": given.runtime,
        "threads": given.threads,
        "epochs": 2 if given.quick else given.epochs,
    }
    settings: CompareSettings = build(CompareSettings, values)
    say(f"{table.dataset}, {table.protocol}: {', '.join((*models, *baselines))}")
    found = compare(CompareCommand(settings=settings), context).comparison
    text = f"### {table.dataset}, {table.protocol}\n\n{output.markdown(found)}"
    if table.reference:
        text += f"\nTo reach, HR@10 / NDCG@10: {table.reference}\n"
    return {"table": table.name, "comparison": found.model_dump(mode="json"), "markdown": text}


def _leak(datasets: list[str], rounds: int) -> dict[str, Any]:
    from benchmarks.leak import PROTOCOLS, learns_nothing

    lines = [
        "### A scorer that learns nothing",
        "",
        f"Score: minus the times an item was drawn as the user's training negative in {rounds} rounds; seed 2024. "
        "Chance is HR@10 10.0 (sampled).",
        "",
        "| data set | protocol | HR@10 | NDCG@10 | full HR@10 |",
        "| --- | --- | --- | --- | --- |",
    ]
    figures = []
    for dataset in datasets:
        for protocol in PROTOCOLS:
            found = learns_nothing(dataset, protocol, rounds, 2024)
            figures.append({"dataset": dataset, "protocol": protocol, **found})
            cells = [f"{100 * found[name]:.1f}" for name in ("hr@10", "ndcg@10", "full_hr@10")]
            lines.append(f"| {dataset} | {protocol} | {' | '.join(cells)} |")
    return {"table": "leak", "rounds": rounds, "figures": figures, "markdown": "\n".join(lines) + "\n"}


def _write(folder: Path, sections: list[dict[str, Any]]) -> None:
    from benchmarks.machine import description
    from fl.cli.compare_output import write_text

    machine = description()
    where = ", ".join(f"{name} {value}" for name, value in machine.items() if name != "date")
    text = f"# Accuracy\n\nMeasured {machine['date']} on: {where}.\n\n" + "\n".join(s["markdown"] for s in sections)
    write_text(folder / "accuracy.md", text)
    write_text(folder / "accuracy.json", json.dumps({"machine": machine, "sections": sections}, indent=1))


if __name__ == "__main__":
    sys.exit(main())
