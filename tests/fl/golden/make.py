"""A home as one version of the program writes it, small, with what that version says of it; kept as one file for ever.

    python tests/fl/golden/make.py CHECKOUT tests/fl/golden/home-2.zip

CHECKOUT is a folder with the version's TheMain.py. The file holds the folder SECRETREC_HOME with an imported data set,
a run, a sweep of two more, and what the administrator of a federation and a member send each other; the run as that
version exports it; and what it answered (answers.json): the run's figures, one user's list, the sweep's table, and the
figures of the run after it was resumed for one more round. No key and nothing of a person is in it. A version of
which no file is here is one that nobody promised to read.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

RUN, DATASET, SWEEP, USER = "golden", "shop", "widths", "u07"
RESUMED_TO = 3  # rounds
_TRAINING = (
    *("--dataset", DATASET, "--model", "fcf", "--parties", "2", "--runtime", "in-process"),
    *("--early-stopping", "0", "--threads", "1"),
)
_USERS, _ITEMS, _EACH = 24, 16, 6


def table() -> str:
    """Return a table of ratings as a person might have it, the same every time."""
    lines = ["user,item,time,title,genres"]
    for user in range(_USERS):
        for place in range(_EACH):
            item = (user // 2 + place * (1 + user % 3) * 3) % _ITEMS
            genre = ("Tea", "Coffee", "Tea|Cakes")[item % 3]
            lines.append(f"u{user:02},i{item:02},{1_600_000_000 + 86400 * place + user},Thing {item},{genre}")
    return "\n".join(lines) + "\n"


def ask(checkout: Path, home: Path, *words: str) -> Any:
    """Return what a command answers with --json."""
    done = subprocess.run(
        [sys.executable, str(checkout / "TheMain.py"), *words, "--json"],
        cwd=checkout,
        env={**os.environ, "SECRETREC_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def make(checkout: Path, folder: Path) -> None:
    """Fill an empty folder with a home and the answers."""
    home, shop = folder / "home", folder / "shop.csv"
    shop.write_text(table(), "utf-8")
    ask(checkout, home, "datasets", "import", str(shop), "--name", DATASET)
    shop.unlink()
    ask(checkout, home, "train", *_TRAINING, "--name", RUN, "--dim", "4", "--epochs", "2")
    sweeps = (checkout / "fl/cli/sweep.py").exists()  # later than the first version of the folder
    if sweeps:
        ask(checkout, home, "sweep", "--name", SWEEP, "--vary", "dim=2,3", "--seeds", "1", *_TRAINING, "--epochs", "1")
    answers = {
        "evaluate": ask(checkout, home, "evaluate", "--run", RUN, "--k", "5", "10"),
        "recommend": ask(checkout, home, "recommend", "--run", RUN, "--user", USER, "--top-k", "5"),
    }
    if sweeps:
        answers["sweep"] = ask(checkout, home, "sweep", "--name", SWEEP, "--show")
    federation, kit = home / "films", home / "films" / "kits" / "alice"
    places = ("--parties", "alice=127.0.0.1:9501", "bob=127.0.0.1:9502", "--server", "127.0.0.1:9500")
    ask(checkout, home, "federation", "new", "films", *places, "--catalogue", DATASET, "--folder", str(federation))
    joined = ask(checkout, home, "federation", "join", "--kit", str(kit))
    answers["federation"] = {"joined": joined, "shown": ask(checkout, home, "federation", "show", str(kit))}
    for key in federation.rglob("*.key"):
        key.unlink()
    with tempfile.TemporaryDirectory() as other:
        again = Path(shutil.copytree(home, Path(other) / "home"))
        if (checkout / "fl/runs/archive.py").exists():
            ask(checkout, again, "runs", "export", RUN, str(folder / "golden.zip"), "--with-private")
        ask(checkout, again, "train", "--resume", RUN, "--epochs", str(RESUMED_TO))
        answers["resumed"] = ask(checkout, again, "evaluate", "--run", RUN, "--k", "5", "10")
    (folder / "answers.json").write_text(json.dumps(answers, indent=1) + "\n", "utf-8")


def main() -> int:
    """Write one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make(given.checkout.resolve(), folder)
        with zipfile.ZipFile(given.file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.suffix not in (".lock", ".log") and "logs" not in path.parts:
                    archive.write(path, path.relative_to(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
