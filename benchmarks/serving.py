"""The time until an application has a list over HTTP, under a steady load.

    python -m benchmarks.serving                          # fcf on ml-1m, 4 parties; 200 requests a second
    python -m benchmarks.serving --run mine --rate 400    # of a run that there is

The load comes from loadtest (npm, MIT), one request every 1 / rate seconds, a different user in each. A request is sent
when it is due, whether those before it were answered or not, so that a stall shows. (autocannon, with which this was
measured until 2026-11-27, sends a second's requests in one burst.) Service and load share the machine. The run is
trained for a few rounds first, which is not measured: what a list costs does not depend on how good it is. The data set
must have been fetched. On a busy machine the processor's time for an answer says more than the clock.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.lists import ROOT, train
from benchmarks.measure import machine, save, table
from fl.jobs.own_party import own_run
from fl.runs.run_folder import RunFolder

TOOL = "loadtest@8.2.1"
SCRIPT = "steady_load.mjs"
USERS = 500  # that are asked for in turn
KINDS = ("user", "new-user", "basket")
PERCENTILES = {"p50": 50, "p90": 90, "p99": 99, "p99.9": 99.9, "max": 100}


class Service:
    """The command `serve` in a process of its own; it ends with the block."""

    def __init__(self, run: str) -> None:
        words = [sys.executable, str(ROOT / "TheMain.py"), "serve", "--run", run, "--port", "0", "--json"]
        started = time.perf_counter()
        self._process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.address = str(json.loads(self._process.stdout.readline())["address"])
        self.start_seconds = time.perf_counter() - started

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)

    def figure(self, name: str) -> float:
        """Return a figure of the process, as `/metrics` has it."""
        with urllib.request.urlopen(f"{self.address}/metrics") as answer:  # noqa: S310  # our own service's address
            lines = answer.read().decode().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(name))


def requests(address: str, kind: str, run: str) -> list[dict[str, Any]]:
    """Return the requests of one kind, as the script has them: users spread over the parties, items over the table."""
    found = own_run(run)
    if kind == "user":
        users = [str(user) for roster in found.rosters for user in roster.user_ids]
        spread = [users[place * len(users) // USERS] for place in range(USERS)]
        return [{"url": f"{address}/recommendations?user={user}", "body": None} for user in spread]
    items = [str(item) for item in found.known.item_ids]
    picked = [[items[(place * 7 + step * 131) % len(items)] for step in range(5)] for place in range(USERS)]
    bodies = [json.dumps({"items": one, "purpose": kind}) for one in picked]
    return [{"url": f"{address}/recommendations", "body": body} for body in bodies]


@contextmanager
def tool() -> Iterator[Path]:
    """Give the script in a folder with the load tool, which npm installs there."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, TOOL], check=True)
        yield Path(shutil.copy(Path(__file__).with_name(SCRIPT), folder))


def load(script: Path, asked: list[dict[str, Any]], rate: int, seconds: int) -> dict[str, Any]:
    """Send requests at a steady rate; return the latencies in milliseconds, and how many were not answered."""
    listed = script.with_name("requests.json")
    listed.write_text(json.dumps(asked), "utf-8")
    words = ["node", str(script), str(listed), str(rate), str(seconds)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    counted: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return counted


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return the percentiles of milliseconds, by name."""
    return {name: round(float(np.percentile(values, of)), 1) for name, of in PERCENTILES.items()}


def same_work(seconds: float = 5.0) -> list[float]:
    """Do the same work, about a millisecond, over and over; return the milliseconds that it took each time.

    What a shared machine takes away for itself shows here, without service or load.
    """
    taken, ended = [], time.perf_counter() + seconds
    while time.perf_counter() < ended:
        started = time.perf_counter()
        sum(range(40_000))
        taken.append(1000 * (time.perf_counter() - started))
        time.sleep(0.003)
    return taken


def measure(run: str, rate: int, seconds: int) -> dict[str, Any]:
    """Measure the service of a run, each kind of request by itself."""
    settings = own_run(run).settings
    found: dict[str, Any] = {"dataset": settings.dataset, "model": settings.model, "rate": rate}
    found["same_work"] = percentiles(same_work())
    with Service(run) as service, tool() as script:
        found["start_seconds"] = round(service.start_seconds, 2)
        for kind in KINDS:
            asked = requests(service.address, kind, run)
            load(script, asked, rate, 3)  # connections, caches of the processor
            worked = service.figure("process_cpu_seconds_total")
            counted = load(script, asked, rate, seconds)
            worked = service.figure("process_cpu_seconds_total") - worked
            found[kind] = {
                **percentiles(counted["latencies"]),
                "answers_a_second": round(len(counted["latencies"]) / seconds, 1),
                "processor_ms": round(1000 * worked / len(counted["latencies"]), 2),
                "not_answered": counted["failed"],
            }
        found["memory_megabytes"] = round(service.figure("process_resident_memory_bytes") / 1e6)
    return found


def main() -> None:
    """Measure, print a table, and save the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", help="a run that there is; default: one is trained")
    parser.add_argument("--dataset", default="ml-1m")
    parser.add_argument("--model", default="fcf")
    parser.add_argument("--parties", type=int, default=4)
    parser.add_argument("--rate", type=int, default=200, help="requests a second")
    parser.add_argument("--seconds", type=int, default=20, help="of each kind of request")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args()
    run = arguments.run or train(arguments.dataset, arguments.model, arguments.parties)
    found = measure(run, arguments.rate, arguments.seconds)
    print(f"{found['model']} on {found['dataset']}, {found['rate']} requests/s: listening after "
          f"{found['start_seconds']} s, {found['memory_megabytes']} MB")  # fmt: skip
    header = ["request", "answers/s", *(f"{name} ms" for name in PERCENTILES), "processor ms", "not answered"]
    rows = [
        [kind, found[kind]["answers_a_second"], *(found[kind][name] for name in (*PERCENTILES, "processor_ms")),
         found[kind]["not_answered"]]
        for kind in KINDS
    ]  # fmt: skip
    rows.append(["(the same work)", "", *found["same_work"].values(), "", ""])
    print(table(header, rows))
    save("serving", {"machine": machine(), "command": " ".join(sys.argv), "results": found}, arguments.output)
    if not arguments.run:
        RunFolder.find(run).discard()


if __name__ == "__main__":
    main()
