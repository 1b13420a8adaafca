"""Writes tests/gui/events/*.jsonl anew: what the real engine says to each kind of job.

Run it after the events or the engine changed:  .venv/bin/python tests/gui/record_events.py
Names of recordings write these only (those that need no run of another one: train, privacy, import,
federation, leaving).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[2]
# Not as `tests...`: another package has installed one of that name.
sys.path[:0] = [str(REPO), str(REPO / "tests" / "fl" / "jobs")]

from leaving import leave_and_come_back  # noqa: E402

from data import catalogue as catalogues  # noqa: E402
from data import paths  # noqa: E402
from data.loading import interactions_of  # noqa: E402
from data.own.options import ImportOptions  # noqa: E402
from fl.jobs.context import JobContext  # noqa: E402
from fl.jobs.table import FINAL, run  # noqa: E402
from fl.organisations.trial import DATASET, Trial, divide  # noqa: E402
from fl.protocol import events as ev  # noqa: E402
from fl.protocol.commands import (  # noqa: E402
    AuditCommand,
    DescribeRuns,
    EvaluateCommand,
    ImportFile,
    InspectFile,
    InspectRound,
    ListDatasets,
    ListItems,
    ListRuns,
    ListUsers,
    ReadKit,
    ReadPrivacy,
    RecommendCommand,
    RecommendNewCommand,
    ShowCheat,
    TakePart,
    TrainCommand,
)
from fl.settings.of_jobs import (  # noqa: E402
    AuditSettings,
    CheatSettings,
    EvaluateSettings,
    NewUserSettings,
    RecommendSettings,
)
from fl.settings.train import TrainSettings  # noqa: E402

EVENTS = Path(__file__).parent / "events"
RUN = "demo-recorded"


def trained(trial: Trial) -> list[ev.Event]:
    """What a member hears that reads its kit and takes part to the end."""
    heard: list[ev.Event] = []
    kit = str(trial.kit("alice"))
    heard.append(run(ReadKit(job="kit", folder=kit), JobContext("kit", heard.append)))
    trial.start("server")
    trial.start("bob")
    heard.append(run(TakePart(job="part", kit=kit, dataset=DATASET), JobContext("part", heard.append)))
    return heard


def left(trial: Trial) -> list[ev.Event]:
    """What a member hears while another leaves and comes back, and until it leaves itself after a round."""
    events: list[ev.Event] = leave_and_come_back(trial)[0]
    return events


# Between organisations, on this computer: (rounds, what a member of a trial does).
FEDERATIONS: dict[str, tuple[int, Callable[[Trial], list[ev.Event]]]] = {
    "federation": (4, trained),
    "leaving": (5000, left),
}


def record_federation(name: str, folder: Path) -> None:
    """Write what a member hears in a federation on this computer."""
    rounds, take_part = FEDERATIONS[name]
    whole = interactions_of("demo", "leak-free")
    settings = TrainSettings(model="fcf", epochs=rounds, early_stopping=0, alpha=0.1, parties=2)
    names = ("alice", "bob")
    trial = Trial(
        folder, names, divide(whole, names, settings.seed), settings, None, catalogues.from_interactions(whole)
    )
    os.environ[paths.HOME] = str(trial.home("alice"))
    try:
        heard = take_part(trial)
    finally:
        trial.end()
        del os.environ[paths.HOME]
    lines = [event.model_dump_json().replace(str(folder), "/home/you/secretrec") + "\n" for event in heard]
    (EVENTS / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    print(f"{name}: {len(lines)} events")


def main() -> None:
    settings = TrainSettings(model="pfedrec", epochs=12, name=RUN)
    plan: dict[str, list[Any]] = {
        "train": [TrainCommand(job="train", settings=settings)],
        "lists": [
            ListDatasets(job="datasets"),
            ListRuns(job="runs"),
            ListUsers(job="users", run=RUN, query="1", limit=20),
        ],
        "recommend": [
            RecommendCommand(job="recommend", settings=RecommendSettings(run=RUN, user="USER")),
            RecommendCommand(job="unknown", settings=RecommendSettings(run=RUN, user="nobody")),
        ],
        "newcomer": [
            ListItems(job="items", run=RUN, query="the", limit=20),
            RecommendNewCommand(job="person", settings=NewUserSettings(run=RUN, items=("3", "17"))),
            RecommendNewCommand(job="basket", settings=NewUserSettings(run=RUN, items=("3", "17"), basket=True)),
            RecommendNewCommand(job="gone", settings=NewUserSettings(run=RUN, items=("no such item",))),
        ],
        "evaluate": [EvaluateCommand(job="evaluate", settings=EvaluateSettings(run=RUN, k=(5, 10, 20)))],
        "published": [
            TrainCommand(
                job="published",
                settings=TrainSettings(model="pfedrec", epochs=2, name="demo-published", protocol="published"),
            ),
            EvaluateCommand(job="evaluate-published", settings=EvaluateSettings(run="demo-published")),
        ],
    }
    # After all runs are there and evaluated.
    plan["details"] = [DescribeRuns(job="details", runs=(RUN, "demo-published", "no such run"))]
    checked, noised = "demo-checked", "demo-noised"
    small: Any = {"model": "fcf", "parties": 4, "epochs": 4}
    plan["privacy"] = [
        TrainCommand(job="checked", settings=TrainSettings(**small, name=checked, aggregator="verified")),
        TrainCommand(job="noised", settings=TrainSettings(**small, name=noised, dp="user", target_epsilon=8)),
        ReadPrivacy(job="record", run=checked),
        ReadPrivacy(job="record-noised", run=noised),
        InspectRound(job="round", run=checked),
        InspectRound(job="round-noised", run=noised),
        ShowCheat(job="caught", settings=CheatSettings(run=checked, tamper_kind="drop")),
        ShowCheat(job="unnoticed", settings=CheatSettings(run=checked, tamper_kind="scale", guard="masked")),
        AuditCommand(job="audit", settings=AuditSettings(run=checked, users=5, rounds=2)),
    ]
    user = ""
    rows = [
        f"u{u},m{(u * 7 + i * i) % 40},{1 + (u + i) % 5},{16 * 10**8 + u * 977 + i}"
        for u in range(30)
        for i in range(6)
    ]
    with tempfile.TemporaryDirectory() as home:
        table, gone = Path(home) / "watched.csv", Path(home) / "gone.csv"
        table.write_text("\n".join(["userId,movie,stars,when", *rows]) + "\n", encoding="utf-8")
        plan["import"] = [
            InspectFile(job="inspect", path=str(table)),
            ImportFile(job="import", path=str(table), name="watched", options=ImportOptions(timestamp="when")),
            InspectFile(job="missing", path=str(gone)),
        ]
        engine = subprocess.Popen(
            [sys.executable, "-m", "fl.engine"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPO,
            env={**os.environ, "SECRETREC_HOME": home},
        )
        assert engine.stdin is not None
        assert engine.stdout is not None
        wanted = sys.argv[1:] or [*plan, *FEDERATIONS]
        for name in [name for name in wanted if name in FEDERATIONS]:
            record_federation(name, Path(home) / name)
        for name, commands in ((name, plan[name]) for name in wanted if name in plan):
            lines: list[str] = []
            for command in commands:
                text = command.model_dump_json().replace("USER", user)
                engine.stdin.write(text + "\n")
                engine.stdin.flush()
                for line in engine.stdout:
                    event = ev.EVENTS.validate_json(line)
                    if isinstance(event, ev.Users):
                        user = event.users[0].id
                    if getattr(event, "job", "") == command.job or isinstance(event, ev.EngineReady):
                        lines.append(line.replace(home, "/home/you/secretrec"))
                    if isinstance(event, FINAL) and event.job == command.job:
                        break
            (EVENTS / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
            print(f"{name}: {len(lines)} events")
        engine.stdin.close()
        engine.wait(30)


if __name__ == "__main__":
    main()
