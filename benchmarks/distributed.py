"""A round, the start, memory and bytes on a Ray cluster and between organisations, beside the simulation, in turns.

    python -m benchmarks.distributed                          # 2, 3, 4 parties, FCF on ml-100k
    python -m benchmarks.distributed --dataset demo --parties 2 --rounds 8

Between organisations every member is a program of its own with real certificates (`federation try`); the simulation is
the command `train` with as many parties; the cluster is two nodes on this computer, which run before the same command
is timed. All are whole commands: the start is the time from the command to the moment before the first round. Rounds
are those after the first; memory is that of all processes together (PSS), those of a cluster that only carry it left
out, and of a member alone. Bytes are what leaves a member in a round: between organisations by its audit log, TLS and
TCP apart, else the message and the item table by the run's own record. The data set must have been fetched.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from benchmarks.measure import PeakMemory, machine, save, summary, table
from benchmarks.two_nodes import nodes
from fl.federation.session import SERVER
from fl.organisations.trial import Trial, trial_of
from fl.runs.run_folder import RunFolder
from fl.settings.base import build
from fl.settings.train import TrainSettings

ROOT = Path(__file__).resolve().parent.parent
BEGUN = "Run "  # how the line before the first round begins


def simulation(settings: TrainSettings) -> dict[str, Any]:
    """Return what a training on one machine took."""
    return _train(settings)


def on_cluster(settings: TrainSettings) -> dict[str, Any]:
    """Return what the same training took on two nodes of a Ray cluster."""
    with nodes(north=settings.parties + 1, south=settings.parties + 1) as running:
        carriers = [process for name in running.nodes for process in running.processes(name)]
        before = sum(process.memory_full_info().pss for process in carriers) / 2**30
        found = _train(settings, "--runtime=cluster", f"--address={running.address}")
    found["peak_pss_gib"] = round(found["peak_pss_gib"] - before, 2)
    return found


def _train(settings: TrainSettings, *where: str) -> dict[str, Any]:
    """Return what the command `train` took, with more options."""
    given = settings.model_dump(mode="json")
    words = [
        f"--{name.replace('_', '-')}={given[name]}"
        for name in ("dataset", "model", "parties", "aggregator", "epochs", "early_stopping", "seed")
    ]
    started, begun, last = time.perf_counter(), 0.0, ""
    with PeakMemory() as memory:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "TheMain.py"), "train", *words, *where, "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
        )
        for line in process.stdout or ():
            last = line
            if line.startswith(BEGUN) and not begun:
                begun = time.perf_counter() - started
        process.wait()
    result = json.loads(last)
    folder = RunFolder.find(result["run"])
    records = folder.rounds()
    folder.discard()
    return {
        "start_seconds": round(begun, 2),
        "round_seconds": summary([record.seconds for record in records[1:]]),
        "peak_pss_gib": round(memory.peak_gib, 2),
        "bytes_of_a_party_a_round": records[-1].bytes_up,
        "bytes_of_the_server_a_round": records[-1].bytes_down * settings.parties,
        "hr@10": result["hr@10"],
    }


def organisations(settings: TrainSettings) -> dict[str, Any]:
    """Return what the same training took between programs of their own."""
    begun: list[float] = []
    rounds: list[float] = []
    largest = 0.0

    def hear(member: str, line: str) -> None:
        if member == SERVER and line.startswith(BEGUN):
            begun.append(time.perf_counter())
        if member == SERVER and line.startswith("Round "):
            rounds.append(time.time())

    with (
        tempfile.TemporaryDirectory() as folder,
        trial_of(settings.dataset, settings, Path(folder) / "trial") as trial,
        PeakMemory() as memory,
    ):
        started = time.perf_counter()
        trial.start_all(hear)
        party = trial.programs[trial.parties[0]].process
        while party.poll() is None:
            largest = max(largest, resident(party.pid))
            time.sleep(0.2)
        trial.wait()
        result = trial.result()
        (run,) = (trial.home(trial.parties[0]) / "runs").iterdir()
        seconds = [record.seconds for record in RunFolder(run).rounds()[1:]]
        sent = {name: sent_between(trial, name, rounds[0], rounds[-1]) for name in (SERVER, *trial.parties)}
    each = len(rounds) - 1
    return {
        "start_seconds": round(begun[0] - started, 2),
        "round_seconds": summary(seconds),
        "peak_pss_gib": round(memory.peak_gib, 2),
        "party_rss_gib": round(largest, 2),
        "bytes_of_a_party_a_round": round(statistics.mean(sent[name] for name in trial.parties) / each),
        "bytes_of_the_server_a_round": round(sent[SERVER] / each),
        "hr@10": result["hr@10"],
    }


def resident(pid: int) -> float:
    """Return the resident memory of a process and those below it, GiB."""
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        return float(sum(process.memory_info().rss for process in family)) / 2**30
    except psutil.NoSuchProcess:
        return 0.0


def sent_between(trial: Trial, member: str, after: float, before: float) -> int:
    """Return the bytes that a member sent between two moments, by its audit log."""
    return sum(
        line["bytes"]
        for line in trial.audit(member)
        if line["what"] == "sent"
        and after < datetime.fromisoformat(line["at"].replace("Z", "+00:00")).timestamp() <= before
    )


MEASURES = {"simulation": simulation, "cluster": on_cluster, "organisations": organisations}


def main(argv: list[str] | None = None) -> int:
    """Measure, print a table, write a JSON file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", default="ml-100k")
    parser.add_argument("--model", default="fcf")
    parser.add_argument("--aggregator", default="masked")
    parser.add_argument("--parties", nargs="+", type=int, default=[2, 3, 4])
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--repeats", type=int, default=1, help="turns of all")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    results: list[dict[str, Any]] = []
    for parties in arguments.parties:
        values = {
            "dataset": arguments.dataset,
            "model": arguments.model,
            "aggregator": arguments.aggregator,
            "parties": parties,
            "epochs": arguments.rounds,
            "early_stopping": 0,
        }
        settings: TrainSettings = build(TrainSettings, values)
        for turn in range(arguments.repeats):
            for name, measure in MEASURES.items():
                print(f"{name}, {parties} parties, turn {turn + 1}", file=sys.stderr)
                results.append({"where": name, "parties": parties, "turn": turn + 1, **measure(settings)})
    rows = [
        [
            one["parties"],
            one["where"],
            one["start_seconds"],
            one["round_seconds"]["median"],
            one["round_seconds"]["max"],
            one["peak_pss_gib"],
            one.get("party_rss_gib", ""),
            one.get("bytes_of_a_party_a_round", ""),
            one.get("bytes_of_the_server_a_round", ""),
        ]
        for one in results
    ]
    header = ["parties", "where", "start s", "round s", "max", "all PSS GiB", "party RSS GiB", "party B", "server B"]
    print(table(header, rows))
    save("distributed", {"machine": machine(), "command": " ".join(sys.argv), "results": results}, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
