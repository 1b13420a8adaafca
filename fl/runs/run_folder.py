"""One folder per training run: readable by people, safe to delete or copy, never left half-written.

    config.json        frozen settings, versions, data set fingerprint, state
    metrics.jsonl      one line per finished round; a round counts as done when its line is there
    result.json        final figures, once there are any
    intervals.json     95% bootstrap intervals of them, as they were shown at the end of the training
    evaluation-<protocol>.json   the last evaluation under that protocol
    audit.json         what an audit of its privacy found
    privacy.json       the account of differential privacy
    verification.jsonl what became of the sums that parties checked
    inspection.json    the messages of the round that was looked at last
    items.json         titles and genres of the items, see `fl.runs.kept`
    server/            round-000012.safetensors: item embeddings
    parties/<name>/    round-000012.safetensors: private state, written by that party only
                       users.json, history.safetensors: its users and what they had
                       forgotten.json: whom it forgot, see `fl.runs.forgetting`
    note.txt           what a person noted about it, see `fl.runs.notes`
    events.log         what happened, with times

The last two rounds and the best one are kept. Every file but the last two has a seal, see `fl.runs.seals`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from pydantic import ValidationError

from data import paths
from data.errors import CHOOSE_ANOTHER_NAME, SettingsError, StorageError, UnknownNameError, cannot_write
from data.sentences import for_file, from_file, say
from fl.runs import forgetting, round_lines, wholeness
from fl.runs.extent import disk_use, has_private_parts
from fl.runs.left_out import left_out
from fl.runs.names import cannot_make, free_name, run_exists
from fl.runs.notes import read_note
from fl.runs.records import Evaluation, RunInfo
from fl.runs.rounds import RoundRecord, best_record
from fl.runs.running import state_in, this_process
from fl.runs.seals import CONFIG, EVALUATE_AGAIN, RESTORE
from fl.runs.storage import (
    append_line,
    damaged,
    read_object,
    unreadable_run,
    write_json,
)
from fl.settings.train import TrainSettings

# Settings that earlier versions wrote into config.json and this one no longer has. They changed nothing in a run that
# is finished, so they are left out when it is read; a person who gives one is told that there is no such setting.
RETIRED_SETTINGS = ("tamper_round", "tamper_kind")
# Settings that earlier versions did not have, as they were then, where what is usual today is something else.
_EARLIER = {"item_start": "random"}
METRICS, INTERVALS = "metrics.jsonl", "intervals.json"
FORMAT = 2  # of the folder; raised when an older program could not read what a newer one writes
READABLE = (1, FORMAT)  # folders of format 1 have no seals
State = Literal["running", "done", "stopped", "cancelled", "failed"]
_RESULT_METRICS = ("hr@10", "ndcg@10", "valid_hr@10", "valid_ndcg@10", "popularity_hr@10", "popularity_ndcg@10")


def now() -> str:
    """Return the time, ISO 8601 in UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class RunFolder:
    """The folder of a run on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    # --- making and finding ---------------------------------------------------------------------------------------

    @classmethod
    def create(cls, settings: TrainSettings, facts: dict[str, Any]) -> RunFolder:
        """Create a new run folder with its config.json.

        Args:
            settings: frozen into the run. An empty name is filled in from data set, model and time.
            facts: versions, fingerprint and counts, stored beside the settings.

        Raises:
            SettingsError: a run of that name exists.
            StorageError: the folder cannot be made.
        """
        runs = paths.runs_dir()
        try:
            paths.private_folder(runs)
            name = settings.name or free_name(runs, settings)
            path = runs / name
            path.mkdir(mode=0o700)
        except FileExistsError as error:
            raise SettingsError(run_exists(name), CHOOSE_ANOTHER_NAME) from error
        except OSError as error:
            raise StorageError(cannot_make(runs, error)) from error
        folder = cls(path)
        config = {
            "format": FORMAT,
            "id": wholeness.id_of(settings, facts),
            "name": name,
            "created": now(),
            "state": "running",
            "process": this_process(),
            "settings": settings.model_copy(update={"name": name}).model_dump(),
            **facts,
        }
        try:
            write_json(folder._config_path, config)
        except StorageError:
            shutil.rmtree(path, ignore_errors=True)
            raise
        folder.note(f"created with settings {json.dumps(config['settings'])}")
        return folder

    @classmethod
    def locate(cls, name: str) -> RunFolder:
        """Return the folder of the run called `name`, whatever is in it: to delete it, or to make a note.

        Raises:
            UnknownNameError: there is none.
        """
        path = paths.runs_dir() / name
        # Only a plain folder name: "../elsewhere" is not a run.
        if Path(name).name != name or not _is_run(path):
            known = sorted(folder.name for folder in _folders())
            names = ", ".join(known[:10]) + (", ..." if len(known) > 10 else "")
            if known:
                hint = say("run.known-runs", "Known runs: {names}.", names=names)
            else:
                hint = say("run.train-one", "Train one first.")
            raise UnknownNameError(say("run.no-run", "There is no run called '{name}'.", name=name), hint)
        return cls(path)

    @classmethod
    def find(cls, name: str) -> RunFolder:
        """Return the run called `name`.

        Raises:
            UnknownNameError: there is none.
            StorageError: it was written by another version, or its config.json is damaged.
        """
        folder = cls.locate(name)
        folder.check_format()
        forgetting.finish(folder.path)
        return folder

    @classmethod
    def all(cls) -> list[RunInfo]:
        """Return all runs, newest first; those that cannot be used say why in `problem`."""
        infos = [cls(path).info() for path in _folders()]
        return sorted(infos, key=lambda info: (info.created, info.name), reverse=True)

    # --- what is in it --------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        return self.path.name

    def config(self) -> dict[str, Any]:
        """Return the contents of config.json.

        Raises:
            StorageError: missing or damaged.
        """
        return read_object(self._config_path)

    def check_format(self) -> None:
        """Refuse a folder that another version wrote, or that holds links, or whose config.json is damaged.

        Raises:
            StorageError: it is one.
        """
        wholeness.refuse_links(self.path)
        config = self.config()
        found = config.get("format")
        if type(found) is not int or found not in READABLE:
            raise StorageError(
                say(
                    "run.written-version",
                    "Run '{name}' was written by another version of SecretRec (format {found}, this one "
                    "reads {format}).",
                    name=self.name,
                    found=found,
                    format=FORMAT,
                ),
                say("run.use-version-train-again", "Use that version, or train again."),
            )
        wholeness.check_facts(self.path, config)

    def settings(self) -> TrainSettings:
        """Return the run's frozen settings.

        Raises:
            StorageError: config.json is damaged.
        """
        try:
            return _settings_in(self.config())
        except (KeyError, TypeError, ValidationError) as error:
            raise StorageError(
                say(
                    "run.damaged-holds-no-settings",
                    "{path} is damaged: it holds no settings of a run.",
                    path=self._config_path,
                ),
                RESTORE,
            ) from error

    def state(self) -> str:
        """Return the run's state; "interrupted" when it says running but the process that ran it is gone."""
        return state_in(self.config())

    def rounds(self) -> list[RoundRecord]:
        """Return a record of every finished round. Raises StorageError for a file that is damaged."""
        records = round_lines.read(self._metrics_path)
        wholeness.check_complete(self.path, self.config(), len(records))
        return records

    def absent(self, round_number: int) -> tuple[str, ...]:
        """Return the names of the parties that had dropped out when a round was finished."""
        return tuple(name for record in self.rounds() if record.round == round_number for name in record.dropped)

    def result(self) -> dict[str, Any] | None:
        """Return the final figures, or None before there are any. Raises StorageError for a file that is damaged."""
        path = self.path / "result.json"
        return read_object(path) if path.exists() else None

    def info(self) -> RunInfo:
        """Return what lists show. A damaged run raises nothing: `problem` says what is wrong."""
        about: dict[str, Any] = {"name": self.name, "note": read_note(self.path), "bytes": disk_use(self.path)}
        try:
            self.check_format()
            config, records = self.config(), self.rounds()
            settings = _settings_in(config)
            best = best_record(records)
            result = self.result() or {}
            metrics = {f"valid_{name}": value for name, value in best.valid.items()} if best else {}
            metrics |= {name: float(result[name]) for name in _RESULT_METRICS if result.get(name) is not None}
            return RunInfo(
                **about,
                dataset=settings.dataset,
                model=settings.model,
                protocol=settings.protocol,
                created=config["created"],
                state=state_in(config),  # type: ignore[arg-type]  # checked by pydantic
                rounds=len(records),
                epochs=settings.epochs,
                parties=settings.parties,
                best_round=best.round if best else None,
                metrics=metrics,
                problem="" if records else say("run.no-round", "no round was finished"),
                left_out=left_out(result, best),
                here_alone=settings.runtime == "organisations",
                private_parts=not records or settings.runtime == "organisations" or has_private_parts(self.path),
            )
        except (StorageError, AttributeError, KeyError, TypeError, ValueError) as error:
            return RunInfo(
                **about,
                dataset="",
                model="",
                protocol="",
                created="",
                state="failed",
                rounds=0,
                epochs=0,
                parties=0,
                problem=error.sentence if isinstance(error, StorageError) else unreadable_run(self.name, error),
            )

    # --- writing --------------------------------------------------------------------------------------------------

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the run for this process: nobody trains one run twice at a time.

        Raises:
            SettingsError: another process holds it.
        """
        lock = FileLock(self.path / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise SettingsError(
                say("run.being-trained", "Run '{name}' is being trained.", name=self.name),
                say("run.wait-or-stop", "Wait for it, or stop it."),
            ) from error
        except (OSError, NotImplementedError) as error:
            raise StorageError(
                cannot_write(Path(lock.lock_file), getattr(error, "strerror", None) or error),
                say("run.lock-hint", "Check permissions of the folder."),
            ) from error
        try:
            yield
        finally:
            lock.release()

    def add_round(self, record: RoundRecord) -> None:
        """Add a finished round's line, and make it durable. Its checkpoint must be on disk already."""
        round_lines.append(self._metrics_path, record)

    def replace_rounds(self, records: Sequence[RoundRecord]) -> None:
        """Put these records in the place of those that are there."""
        config = self.config()
        if config.get("rounds", 0) > len(records):
            write_json(self._config_path, {**config, "rounds": len(records)})
        round_lines.write(self._metrics_path, records)

    def go_back_to_whole(self) -> int:
        """Forget finished rounds after the newest whose checkpoints are whole. The caller holds the lock.

        Returns:
            That round; 0 without a finished round.

        Raises:
            StorageError: no round that is kept is whole; says what is wrong with the last one.
        """
        records = self.rounds()
        whole = wholeness.newest_whole(self.path, records)
        if whole < len(records):
            self.note(f"going back to round {whole}: a checkpoint of a later one is damaged")
            wholeness.delete_after(self.path, whole)
            self.replace_rounds(records[:whole])
        return whole

    def upgrade(self) -> None:
        """Give the files of a run of an earlier format seals, before it is trained on. The caller holds the lock.

        Raises:
            StorageError: a file is damaged, no space, no permission.
        """
        config = self.config()
        if config["format"] == FORMAT:
            return
        config.setdefault("id", wholeness.id_of(self.settings(), config))
        write_json(self._config_path, config)
        wholeness.seal_all(self.path)
        write_json(self._config_path, {**config, "format": FORMAT})

    def set_state(self, state: State) -> None:
        """Record what became of the run."""
        config = self.config()
        config["state"] = state
        config["process"] = this_process() if state == "running" else None
        config["rounds"] = len(self.rounds())
        write_json(self._config_path, config)
        self.note(f"state: {state}")

    def change(self, settings: Mapping[str, Any], **facts: Any) -> None:
        """Change settings or facts of a run that goes on: its number of rounds, the cluster it is trained on."""
        config = self.config()
        config["settings"].update(settings)
        write_json(self._config_path, {**config, **facts})

    def settle(self, settings: TrainSettings, facts: Mapping[str, Any]) -> None:
        """Put settings and facts that were not known when the run was made into its config.json."""
        config = {**self.config(), **facts, "settings": settings.model_dump()}
        if config != self.config():
            write_json(self._config_path, config)

    def write_object(self, name: str, value: Mapping[str, Any]) -> None:
        """Write a JSON file of the run, unless somebody deleted the run: that would make its folder again.

        Raises:
            StorageError: somebody did; or no space, no permission.
        """
        wholeness.check_here(self.path)
        write_json(self.path / name, dict(value))

    def write_result(self, result: dict[str, Any]) -> None:
        """Store the final figures."""
        self.write_object("result.json", result)

    def write_intervals(self, intervals: Mapping[str, tuple[float, float]]) -> None:
        """Write the intervals of the final figures, by the name of the figure. Raise StorageError."""
        self.write_object(INTERVALS, {name: list(ends) for name, ends in intervals.items()})

    def intervals(self) -> dict[str, tuple[float, float]]:
        """Return the intervals of the final figures; none of a run of an earlier version, or where they are damaged."""
        try:
            found = read_object(self.path / INTERVALS)
            return {str(name): (float(low), float(high)) for name, (low, high) in found.items()}
        except (AttributeError, StorageError, TypeError, ValueError):
            return {}

    def write_evaluation(self, evaluation: Evaluation) -> None:
        """Keep the figures of an evaluation, in the place of earlier ones under the same protocol."""
        self.write_object(f"evaluation-{evaluation.protocol}.json", for_file(evaluation.model_dump()))

    def evaluations(self) -> list[Evaluation]:
        """Return the last evaluation under each protocol; the run has its present name in them.

        Raises:
            StorageError: a file is damaged.
        """
        found = []
        for path in sorted(self.path.glob("evaluation-*.json")):
            try:
                evaluation = Evaluation(**from_file(read_object(path)))
            except (TypeError, ValueError) as error:
                raise StorageError(damaged(path), EVALUATE_AGAIN) from error
            settings = evaluation.settings.model_copy(update={"run": self.name})
            found.append(evaluation.model_copy(update={"settings": settings}))
        return found

    def note(self, text: str) -> None:
        """Add a line to events.log, if possible: a full disk must not stop a run here, it will at the checkpoint."""
        try:
            append_line(self.path / "events.log", f"{now()} {text}\n")
        except OSError:
            return

    def discard(self) -> None:
        """Delete the run: one that never finished a round, or that was trained for its figures only."""
        shutil.rmtree(self.path, ignore_errors=True)

    # --- inside ---------------------------------------------------------------------------------------------------

    @property
    def _config_path(self) -> Path:
        return self.path / CONFIG

    @property
    def _metrics_path(self) -> Path:
        return self.path / METRICS


def _folders() -> list[Path]:
    """Return the folders of runs."""
    return [path for path in paths.runs_dir().glob("*") if _is_run(path)]


def _is_run(folder: Path) -> bool:
    """Return whether a folder is a run: also one that lost its config.json, which is damaged, but no less there."""
    return any((folder / name).exists() for name in (CONFIG, METRICS))


def _settings_in(config: dict[str, Any]) -> TrainSettings:
    """Return the settings that a config.json holds, also one of an earlier version.

    Raises:
        KeyError, TypeError, ValidationError: it holds none.
    """
    return TrainSettings(**{n: v for n, v in {**_EARLIER, **config["settings"]}.items() if n not in RETIRED_SETTINGS})
