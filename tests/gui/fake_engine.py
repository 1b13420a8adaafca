"""A FAKE engine for tests and for working on the window.

It speaks fl.protocol, trains nothing and invents all figures.

Command line: any of
  --warm SECONDS        time until engine_ready (default 0.05)
  --round SECONDS       length of a round (default 0.02)
  --ignore-cancel       takes no notice of the cancel command
  --ignore-term         takes no notice of SIGTERM either
  --ignore-shutdown     goes on after shutdown and after its input has closed
  --die-after N         exits with code 3 in the middle of training, after N rounds
  --mute                sends no heartbeat
  --late                sends two more rounds after job_cancelled
  --child               starts a child process that sleeps
  --no-runs             has no runs and no interrupted run
  --interrupted         lists an interrupted run
  --chatter             prints to stdout and stderr what is no message
"""

from __future__ import annotations

import argparse
import math
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

# Run as a script: the repository's root is not on the path then.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fl.protocol import events as ev
from fl.protocol.commands import (
    COMMANDS,
    Cancel,
    EstimateTraining,
    EvaluateCommand,
    FetchCommand,
    ListDatasets,
    ListItems,
    ListRuns,
    ListUsers,
    PauseTraining,
    RecommendCommand,
    RecommendNewCommand,
    RenameRun,
    ResumeCommand,
    Shutdown,
    StopAfterRound,
    TrainCommand,
    UnpauseTraining,
)
from fl.protocol.records import DatasetInfo, HistoryItem, ItemInfo, RankedItem, Reason, UserInfo
from fl.runs.records import Evaluation, MetricRow, RunInfo, Source
from fl.runs.rounds import RoundRecord
from fl.settings.train import TrainSettings

TITLES = (
    "The Clockmaker's Orchard",
    "Midnight over Lisbon",
    "A Quiet Algorithm",
    "Paper Boats",
    "The Ninth Lighthouse",
    "Winter Frequencies",
    "Salt and Ember",
    "The Cartographer's Son",
    "Blue Hour Express",
    "Letters to Saturn",
    "Gravity's Children",
    "Harbour of Glass",
    "The Last Projectionist",
    "Violet Static",
    "A Map of Small Storms",
    "The Long Intermission",
    "Copper Moon",
    "Eleven Doors",
    "The Understudy",
    "Northbound",
)
GENRES = ("Drama", "Comedy", "Science fiction", "Thriller", "Romance", "Animation", "Documentary")

out_lock = threading.Lock()


def emit(event: ev.Event) -> None:
    with out_lock:
        sys.stdout.write(event.model_dump_json() + "\n")
        sys.stdout.flush()


def source_of(run: str) -> Source:
    return Source(run=run, round=17, protocol="leak-free", fingerprint="feed" * 16)


class FakeEngine:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.commands: queue.Queue[Any] = queue.Queue()
        self.stop_round: set[str] = set()
        self.cancelled: set[str] = set()
        self.paused: set[str] = set()
        self.ready_data = {"demo"}
        self.runs: list[RunInfo] = []
        if not options.no_runs:
            self.runs.append(self.run_info("demo-pfedrec-1", "done", 20, 20))
        if options.interrupted:
            self.runs.insert(0, self.run_info("night-run", "interrupted", 12, 100))

    def run_info(self, name: str, state: Any, rounds: int, epochs: int, protocol: str = "leak-free") -> RunInfo:
        metrics = {"hr@10": 0.612, "ndcg@10": 0.351} if state in ("done", "stopped") else {}
        return RunInfo(
            name=name,
            dataset="demo",
            model="pfedrec",
            protocol=protocol,
            created="2026-11-20T09:30:00+00:00",
            state=state,
            rounds=rounds,
            epochs=epochs,
            parties=2,
            best_round=max(1, rounds - 3),
            metrics=metrics,
        )

    def read(self) -> None:
        for line in sys.stdin:
            command = COMMANDS.validate_json(line)
            match command:
                case StopAfterRound():
                    self.stop_round.add(command.target)
                case PauseTraining():
                    self.paused.add(command.target)
                case UnpauseTraining():
                    self.paused.discard(command.target)
                case Cancel():
                    if not self.options.ignore_cancel:
                        self.cancelled.add(command.target)
                case Shutdown():
                    if not self.options.ignore_shutdown:
                        os._exit(0)
                case ListUsers():
                    self.users(command)  # as the real one: answered while a job runs
                case ListItems():
                    self.items(command)
                case RecommendNewCommand():
                    self.recommend_new(command)
                case _:
                    self.commands.put(command)
        if not self.options.ignore_shutdown:
            os._exit(0)

    def beat(self) -> None:
        while not self.options.mute:
            emit(ev.Heartbeat(busy=False))
            time.sleep(0.1)

    def serve(self) -> None:
        time.sleep(self.options.warm)
        emit(ev.EngineReady(versions={"secretflow": "fake", "tensorflow": "fake"}, cores=2))
        emit(ev.EngineLog(level="info", text="This is the fake engine: every figure is invented."))
        if self.options.chatter:
            print("a library says hello")
            print("progress 1\rprogress 2", file=sys.stderr, flush=True)
        while True:
            command = self.commands.get()
            match command:
                case TrainCommand():
                    self.train(command.job, command.settings, command.settings.name or "demo-pfedrec-2", 1)
                case ResumeCommand():
                    self.train(command.job, TrainSettings(epochs=100), command.run, 13)
                case ListDatasets():
                    emit(ev.Datasets(job=command.job, datasets=tuple(self.dataset(n) for n in ("demo", "ml-100k"))))
                case ListRuns():
                    emit(ev.Runs(job=command.job, runs=tuple(self.runs)))
                case EstimateTraining():
                    emit(
                        ev.TrainEstimate(
                            job=command.job,
                            seconds=(20.0, 40.0),
                            memory_bytes=2_000_000_000,
                            memory_free=9_000_000_000,
                            from_run="",
                        )
                    )
                case RenameRun():
                    emit(ev.RunRenamed(job=command.job, old=command.run, new=command.name))
                case FetchCommand():
                    self.fetch(command)
                case RecommendCommand():
                    self.recommend(command)
                case EvaluateCommand():
                    self.evaluate(command)

    def dataset(self, name: str) -> DatasetInfo:
        status: Any = "ready" if name in self.ready_data else "missing"
        if name == "demo":
            return DatasetInfo(
                name="demo",
                title="Demo film library (invented)",
                status=status,
                n_users=300,
                n_items=400,
                n_rows=11_968,
                licence="Generated, free to use.",
                url="",
            )
        return DatasetInfo(
            name="ml-100k",
            title="MovieLens 100K",
            status=status,
            n_users=943,
            n_items=1682,
            n_rows=100_000,
            licence="For research; neither redistribution nor commercial use without permission.",
            url="https://files.grouplens.org/datasets/movielens/ml-100k.zip",
        )

    def fetch(self, command: FetchCommand) -> None:
        if command.source and not Path(command.source).exists():
            emit(
                ev.JobFailed(
                    job=command.job,
                    error=f"{command.source}: no such file or folder.",
                    hint="Choose the official archive.",
                    details="",
                )
            )
            return
        for done in range(0, 4_900_000, 700_000):
            if self.ended(command.job):
                return
            emit(ev.Progress(job=command.job, done=done, total=4_900_000, unit="bytes"))
            time.sleep(self.options.round)
        self.ready_data.add(command.dataset)
        emit(ev.DatasetFetched(job=command.job, dataset=self.dataset(command.dataset)))

    def ended(self, job: str) -> bool:
        if job in self.cancelled:
            emit(ev.JobCancelled(job=job))
            return True
        return False

    def train(self, job: str, settings: TrainSettings, run: str, first: int) -> None:
        if settings.name == "fail":
            emit(ev.JobFailed(job=job, error="There is no room left on the disk.", hint="Free 10 MB.", details=""))
            return
        for text in ("starting SecretFlow", "reading the demo data"):
            emit(ev.Phase(job=job, text=text))
            time.sleep(self.options.round)
            if self.ended(job):
                return
        if self.options.child:
            subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        emit(
            ev.TrainStarted(
                job=job,
                run=run,
                settings=settings,
                first_round=first,
                n_users=300,
                n_items=400,
                n_train=19_400,
                notes=(),
                popularity={"hr@10": 0.42, "ndcg@10": 0.23},
                earlier=tuple(self.round(job, run, settings, number).record for number in range(1, first)),
            )
        )
        self.runs.insert(0, self.run_info(run, "running", 0, settings.epochs, settings.protocol))
        stopped = False
        for number in range(first, settings.epochs + 1):
            time.sleep(self.options.round)
            if self.ended(job):
                if self.options.late:
                    for late in (number, number + 1):
                        emit(self.round(job, run, settings, late))
                return
            emit(self.round(job, run, settings, number))
            if self.options.die_after == number:
                print("MemoryError: the fake engine dies now", file=sys.stderr, flush=True)
                os._exit(3)
            if job in self.paused:
                emit(ev.TrainPaused(job=job, run=run, round=number))
                while job in self.paused - self.stop_round - self.cancelled:
                    time.sleep(0.01)
                emit(ev.TrainUnpaused(job=job, run=run))
            if job in self.stop_round:
                stopped = number < settings.epochs
                break
        self.runs[0] = self.run_info(run, "stopped" if stopped else "done", number, settings.epochs, settings.protocol)
        result: dict[str, Any] = {
            "run": run,
            "rounds": number,
            "best_round": max(1, number - 2),
            "hr@10": 0.6133,
            "ndcg@10": 0.3522,
            "full_hr@10": 0.1411,
            "full_ndcg@10": 0.0712,
            "popularity_hr@10": 0.4211,
            "popularity_ndcg@10": 0.2301,
            "median_round_seconds": 0.083,
            "bytes_up_per_party_round": 210_304,
            "protocol": settings.protocol,
            "seed": settings.seed,
            "popularity_full_hr@10": 0.0812,
            "popularity_full_ndcg@10": 0.0391,
        }
        emit(ev.TrainDone(job=job, run=run, stopped_early=stopped, result=result))

    def round(self, job: str, run: str, settings: TrainSettings, number: int) -> ev.RoundDone:
        way = 1 - math.exp(-number / 12)
        wave = math.sin(number * 1.7) * 0.006
        return ev.RoundDone(
            job=job,
            run=run,
            record=RoundRecord(
                round=number,
                loss=0.28 + 0.41 * math.exp(-number / 9) + wave / 4,
                valid={"hr@10": 0.21 + 0.43 * way + wave, "ndcg@10": 0.09 + 0.28 * way + wave * 0.7},
                seconds=0.083,
                bytes_up=210_304,
                bytes_down=105_152,
            ),
            rounds=settings.epochs,
            best_round=max(1, number - 2),
            eta_seconds=(settings.epochs - number) * max(self.options.round, 0.083),
        )

    def users(self, command: ListUsers) -> None:
        if command.run == "broken":
            emit(
                ev.JobFailed(
                    job=command.job, error="The run has no readable users.", hint="Train it again.", details=""
                )
            )
            return
        matching = [str(i) for i in range(1, 301) if command.query in str(i)]
        found = tuple(UserInfo(id=i, n_items=20 + int(i) * 7 % 180) for i in matching[: command.limit])
        emit(ev.Users(job=command.job, run=command.run, query=command.query, total=len(matching), users=found))

    def items(self, command: ListItems) -> None:
        found = [
            ItemInfo(id=str(i), title=title, genres=(GENRES[i % 7],), n_users=300 - i)
            for i, title in enumerate(TITLES)
            if command.query.casefold() in title.casefold()
        ]
        some = tuple(found[: command.limit])
        emit(ev.Items(job=command.job, run=command.run, query=command.query, total=len(found), items=some))

    def recommend_new(self, command: RecommendNewCommand) -> None:
        settings = command.settings
        picked = tuple(ItemInfo(id=i, title=TITLES[int(i)], genres=(), n_users=1) for i in settings.items)
        because = (Reason(item=picked[-1].id, title=picked[-1].title, weight=0.6),)
        left = [i for i in range(len(TITLES)) if str(i) not in settings.items]
        items = tuple(
            RankedItem(rank=n, item=str(i), title=TITLES[i], genres=(), score=0.9 - n / 100, because=because)
            for n, i in enumerate(left[: settings.top_k], start=1)
        )
        emit(
            ev.NewRecommendations(
                job=command.job,
                settings=settings,
                picked=picked,
                items=items,
                reason_kind="nearness",
                seconds=0.004,
                source=source_of(settings.run),
                genres=GENRES,
            )
        )

    def recommend(self, command: RecommendCommand) -> None:
        settings = command.settings
        items = tuple(
            RankedItem(
                rank=i + 1,
                item=str(i * 7),
                title=TITLES[(i * 3) % 20],
                genres=(GENRES[i % 7], GENRES[(i * 2 + 1) % 7]),
                score=0.97 * 0.965**i,
            )
            for i in range(settings.top_k)
        )
        history = tuple(
            HistoryItem(
                item=str(i),
                title=TITLES[(i * 7 + 2) % 20],
                genres=(GENRES[(i + 3) % 7],),
                timestamp=1_700_000_000 - i * 86_400,
            )
            for i in range(34)
        )
        source = source_of(settings.run)
        emit(
            ev.Recommendations(
                job=command.job, settings=settings, items=items, history=history, seconds=0.042, source=source,
                genres=GENRES,
            )
        )  # fmt: skip

    def evaluate(self, command: EvaluateCommand) -> None:
        settings = command.settings
        rows = []
        for k in settings.k:
            grow = k**0.45 / 10**0.45
            for scorer, view, hr in (
                ("model", "global", 0.6133),
                ("model", "fine-tuned", 0.553),
                ("popularity", "", 0.421),
            ):
                rows.append(
                    MetricRow(
                        scorer=scorer,
                        item_view=view,
                        k=k,
                        hr=min(1, hr * grow),
                        ndcg=min(1, hr * 0.57 * grow),
                        full_hr=min(1, hr * 0.23 * grow),
                        full_ndcg=min(1, hr * 0.116 * grow),
                    )
                )
        emit(
            ev.Evaluated(
                job=command.job,
                evaluation=Evaluation(
                    settings=settings,
                    protocol=settings.protocol or "leak-free",
                    seed=2024,
                    fingerprint="3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855a",
                    n_users=300,
                    best_round=17,
                    rows=tuple(rows),
                    warning="",
                ),
            )
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--warm", type=float, default=0.05)
    parser.add_argument("--round", type=float, default=0.02)
    parser.add_argument("--die-after", type=int, default=0)
    for flag in (
        "ignore-cancel",
        "ignore-term",
        "ignore-shutdown",
        "mute",
        "late",
        "child",
        "no-runs",
        "interrupted",
        "chatter",
    ):
        parser.add_argument(f"--{flag}", action="store_true")
    options = parser.parse_args()
    os.setsid()
    if options.ignore_term:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    engine = FakeEngine(options)
    threading.Thread(target=engine.read, daemon=True).start()
    threading.Thread(target=engine.beat, daemon=True).start()
    engine.serve()


if __name__ == "__main__":
    main()
