"""The time until an application has a list over HTTP, under a steady load.

    python -m benchmarks.serving                          # fcf on ml-1m, 4 parties; 200 requests a second
    python -m benchmarks.serving --run mine --rate 400    # of a run that there is

The load comes from autocannon (npm, MIT), at a steady rate over all connections, a different user in each request. It
counts from when a request was due and not from when it could be sent, so that a stall shows. Service and load share
the machine. The run is trained for a few rounds first, which is not measured: what a list costs does not depend on how
good it is. The data set must have been fetched. On a busy machine the processor's time for an answer says more than
the clock.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from benchmarks.lists import ROOT, train
from benchmarks.measure import machine, save, table
from fl.jobs.own_party import own_run
from fl.runs.run_folder import RunFolder

TOOL = "autocannon@9.0.0"
USERS = 500  # that are asked for in turn
KINDS = ("user", "new-user", "basket")
PERCENTILES = ("p50", "p90", "p99", "p99_9", "max")


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
        with urllib.request.urlopen(f"{self.address}/metrics") as answer:
            lines = answer.read().decode().splitlines()
        return next(float(line.split()[1]) for line in lines if line.startswith(name))


def requests(address: str, kind: str, run: str) -> list[dict[str, Any]]:
    """Return the requests of one kind, as a HAR file has them: users spread over the parties, items over the table."""
    found = own_run(run)
    users = [str(user) for roster in found.rosters for user in roster.user_ids]
    items = [str(item) for item in found.known.item_ids]
    made: list[dict[str, Any]] = []
    for place in range(USERS):
        if kind == "user":
            user = users[place * len(users) // USERS]
            made.append({"method": "GET", "url": f"{address}/recommendations?user={user}", "headers": []})
            continue
        picked = [items[(place * 7 + step * 131) % len(items)] for step in range(5)]
        body = json.dumps({"items": picked, "purpose": kind})
        headers = [{"name": "content-type", "value": "application/json"}]
        made.append(
            {
                "method": "POST",
                "url": f"{address}/recommendations",
                "headers": headers,
                "postData": {"mimeType": "application/json", "text": body},
            }
        )
    return made


def load(address: str, asked: list[dict[str, Any]], rate: int, connections: int, seconds: int) -> dict[str, Any]:
    """Send requests at a steady rate; return what the tool counted, latencies in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        har = Path(folder) / "requests.har"
        har.write_text(json.dumps({"log": {"entries": [{"request": one} for one in asked]}}), "utf-8")
        words = ["npx", "--yes", TOOL, "--json", "--har", str(har), "--overallRate", str(rate)]
        words += ["--connections", str(connections), "--duration", str(seconds), address]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    counted: dict[str, Any] = json.loads(done.stdout)
    return counted


def measure(run: str, rate: int, connections: int, seconds: int) -> dict[str, Any]:
    """Measure the service of a run, each kind of request by itself."""
    settings = own_run(run).settings
    found: dict[str, Any] = {"dataset": settings.dataset, "model": settings.model, "rate": rate}
    with Service(run) as service:
        found["start_seconds"] = round(service.start_seconds, 2)
        for kind in KINDS:
            asked = requests(service.address, kind, run)
            load(service.address, asked, rate, connections, 3)  # connections, caches of the processor
            worked = service.figure("process_cpu_seconds_total")
            counted = load(service.address, asked, rate, connections, seconds)
            worked = service.figure("process_cpu_seconds_total") - worked
            found[kind] = {
                **{name: counted["latency"][name] for name in PERCENTILES},
                "answers_a_second": counted["requests"]["average"],
                "processor_ms": round(1000 * worked / counted["requests"]["total"], 2),
                "not_answered": counted["non2xx"] + counted["errors"] + counted["timeouts"],
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
    parser.add_argument("--connections", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=20, help="of each kind of request")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args()
    run = arguments.run or train(arguments.dataset, arguments.model, arguments.parties)
    found = measure(run, arguments.rate, arguments.connections, arguments.seconds)
    print(f"{found['model']} on {found['dataset']}, {found['rate']} requests/s: listening after "
          f"{found['start_seconds']} s, {found['memory_megabytes']} MB")  # fmt: skip
    header = ["request", "answers/s", *(f"{name} ms" for name in PERCENTILES), "processor ms", "not answered"]
    rows = [
        [kind, found[kind]["answers_a_second"], *(found[kind][name] for name in (*PERCENTILES, "processor_ms")),
         found[kind]["not_answered"]]
        for kind in KINDS
    ]  # fmt: skip
    print(table(header, rows))
    save("serving", {"machine": machine(), "command": " ".join(sys.argv), "results": found}, arguments.output)
    if not arguments.run:
        RunFolder.find(run).discard()


if __name__ == "__main__":
    main()
