"""What each command of the command line does: settings in, job, and a readable answer (or one JSON object) out."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, TextIO

from data.errors import CancelledError, SecretRecError, SettingsError
from data.own.options import ImportOptions
from fl import cli, compare_command, newcomer_command, session
from fl.aggregators import table_problem_of
from fl.config import (
    AuditSettings,
    EvaluateSettings,
    RecommendAllSettings,
    RecommendSettings,
    ReportSettings,
    Settings,
    TrainSettings,
    build,
)
from fl.events import (
    DatasetInfo,
    Evaluation,
    Message,
    Phase,
    Recommendations,
    RoundDone,
    RoundRefused,
    RunInfo,
    SumChecked,
    TrainDone,
    TrainStarted,
)
from fl.streams import divert_to_log

if TYPE_CHECKING:
    from tqdm import tqdm

    from fl.jobs.context import JobContext
    from fl.loading import Loaded
    from fl.run_folder import RunFolder

log = logging.getLogger(__name__)
JOB = "cli"


class Terminal:
    """Where the person reads: results on `out`, progress and errors on `err`, libraries' chatter on neither."""

    def __init__(self, out: TextIO, err: TextIO, as_json: bool) -> None:
        self.out, self.err, self.as_json = out, err, as_json
        self._bar: tqdm[Any] | None = None
        self._dropped: set[str] = set()

    def say(self, text: str = "") -> None:
        """A line of a result; left out under --json."""
        if not self.as_json:
            print(text, file=self.out)

    def finish(self, value: dict[str, Any]) -> None:
        """Under --json, the one object on the last line."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False), file=self.out)

    def show(self, event: Message) -> None:
        """An event of a running job, on `err`: one line each, or a progress bar when that is a terminal."""
        match event:
            case Phase(text=text) if not text.startswith("round "):
                self._line(f"{text[0].upper()}{text[1:]} ...")
            case TrainStarted():
                self._line(
                    f"Run {event.run}: {event.n_users} users, {event.n_items} items, {event.n_train} train "
                    f"interactions, {event.settings.parties} parties, {event.settings.aggregator} aggregation, "
                    f"{event.settings.protocol} protocol."
                )
                for note in event.notes:
                    self._line(note)
                if event.popularity:
                    self._line("Popularity on the validation items: " + _figures(event.popularity))
                if self.err.isatty():
                    from tqdm import tqdm

                    self._bar = tqdm(
                        total=event.settings.epochs, initial=event.first_round - 1, unit="round", file=self.err
                    )
            case RoundDone():
                shown = [] if event.loss is None else [f"loss {event.loss:.4f}"]
                shown += [] if event.epsilon is None else [f"epsilon {event.epsilon:.3g}"]
                text = "  ".join([*shown, _figures(event.valid)])
                for name in sorted(set(event.dropped) - self._dropped):
                    self._line(f"{name} dropped out: {event.dropped[name]}. The others go on without it.")
                self._dropped |= set(event.dropped)
                if self._bar is not None:
                    self._bar.set_postfix_str(text)
                    self._bar.update(1)
                else:
                    self._line(f"Round {event.round} of {event.rounds}: {text}  {event.seconds:.2f} s")
            case RoundRefused():
                self._line(f"Round {event.round} was refused and is tried again: {event.reason}")
            case SumChecked(outcome=outcome) if outcome != "verified":
                who = ", ".join(event.culprits) or "nobody named"
                self._line(f"Round {event.round}: cheat '{event.tamper}' {outcome} ({who}). {event.reason}")
            case TrainDone():
                self.end_bar()

    def end_bar(self) -> None:
        """Leave the progress bar where it is and go on below it."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def error(self, text: str) -> None:
        """Something went wrong."""
        self.end_bar()
        self._line(text)

    def _line(self, text: str) -> None:
        if self._bar is not None:
            self._bar.write(text, file=self.err)
        else:
            print(text, file=self.err)


def run(name: str, arguments: argparse.Namespace) -> int:
    """Run the command function `name`; return its exit code."""
    session.prepare_environment()
    out, err, log_path = divert_to_log("command-line")
    terminal = Terminal(out, err, arguments.json)
    try:
        commands: dict[str, Callable[[argparse.Namespace, Terminal], None]] = {
            "train": train,
            "evaluate": evaluate,
            "audit": audit,
            "inspect_messages": inspect_messages,
            "compare": compare,
            "recommend": recommend,
            "recommend_all": recommend_all,
            "report": report,
            "datasets": datasets,
            "runs": runs,
        }
        commands[name](arguments, terminal)
    except (CancelledError, KeyboardInterrupt):
        terminal.error("Cancelled.")
        return cli.INTERRUPTED
    except SecretRecError as error:
        terminal.error(f"Error: {error}")
        terminal.finish({"error": error.message, "hint": error.hint})
        return cli.USAGE_ERROR if isinstance(error, SettingsError) else cli.FAILURE
    except Exception:  # the outermost frame: the whole traceback is shown and logged
        log.exception("unforeseen failure")
        terminal.error(traceback.format_exc())
        terminal.error(f"SecretRec did not foresee this. Please report it with the lines above and the log {log_path}.")
        return cli.FAILURE
    return 0


# --- the commands -------------------------------------------------------------------------------------------------


def train(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Train a run, or resume one."""
    given = _given(arguments, TrainSettings)
    settings = build(TrainSettings, given)
    epochs = settings.epochs if "epochs" in given else None
    if arguments.resume:
        extra = [name for name in given if name != "epochs"]
        if extra:
            raise SettingsError(f"--resume goes on with the run's own settings: drop --{extra[0].replace('_', '-')}.")
        _find_run(arguments.resume)
    else:
        _check_data(settings)
    with _job(terminal) as context:
        from fl.jobs.training import resume
        from fl.jobs.training import train as train_job

        with _stop_on_first_interrupt(context, terminal):
            done = resume(arguments.resume, context, epochs) if arguments.resume else train_job(settings, context)
        terminal.end_bar()
        _show_result(done, terminal)


def evaluate(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Evaluate a run."""
    settings = build(EvaluateSettings, _given(arguments, EvaluateSettings))
    _find_run(settings.run)
    with _job(terminal) as context:
        from fl.jobs.evaluation import evaluate as evaluate_job

        _show_evaluation(evaluate_job(settings, context), terminal)


def audit(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Attack a run."""
    settings = build(AuditSettings, _given(arguments, AuditSettings))
    _check_data(_find_run(settings.run).settings())
    with _job(terminal) as context:
        from fl.jobs.audit import FILE
        from fl.jobs.audit import audit as audit_job

        done = audit_job(settings, context)
        _table(
            terminal,
            ["attack", "on", "measure", "found", "95% interval", "guessing"],
            [
                [f.attack, f.target, f.measure, f"{f.value:.3f}", f"{f.low:.3f} to {f.high:.3f}", f"{f.chance:.3f}"]
                for f in done.figures
            ],
        )
        for figure in done.figures:
            terminal.say(figure.sentence)
        terminal.say(f"Kept in the run folder as {FILE}.")
        terminal.finish(done.model_dump(exclude={"type", "job"}))


def inspect_messages(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Show the messages of one round of a run."""
    _check_data(_find_run(arguments.run).settings())
    with _job(terminal) as context:
        from fl.jobs.inspection import FILE, inspect_round

        done = inspect_round(arguments.run, context)
        _table(
            terminal,
            ["message", "to", "shape", "bytes", "once per", "readable by"],
            [[m.name, m.target, m.shape, str(m.bytes), m.often, m.readable_by] for m in done.messages],
        )
        for line in (done.claim, done.note, f"Crops of the tables are in the run folder, {FILE}."):
            terminal.say(line)
        terminal.finish(done.model_dump(exclude={"type", "job"}))


def compare(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Compare models and baselines."""
    compare_command.compare(arguments, terminal, _job, _table)


def recommend(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Recommend items to a user, or to somebody new."""
    if "items" in arguments:
        newcomer_command.recommend_new(arguments, terminal, _table)
        return
    if "basket" in arguments:
        raise SettingsError("--basket needs items: give them with --items.")
    settings = build(RecommendSettings, _given(arguments, RecommendSettings))
    from fl.loading import find_user

    find_user(_check_data(_find_run(settings.run).settings()).interactions, settings.user)
    with _job(terminal) as context:
        from fl.jobs.recommendation import recommend as recommend_job

        _show_recommendations(recommend_job(settings, context), terminal)


def recommend_all(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Recommend items to every user, into a file."""
    settings = build(RecommendAllSettings, _given(arguments, RecommendAllSettings))
    _check_data(_find_run(settings.run).settings())
    with _job(terminal) as context:
        from fl.jobs.recommendation_of_all import recommend_all as recommend_all_job

        done = recommend_all_job(settings, context)
        terminal.say(f"{done.n_rows} recommendations for {done.n_users} users are in {done.path}.")
        terminal.finish(done.model_dump(exclude={"type", "job", "settings"}))


def report(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Write the report of a run."""
    from fl.jobs import catalogue

    written = catalogue.write_report(build(ReportSettings, _given(arguments, ReportSettings)), JOB)
    terminal.say(f"The report of run {written.settings.run} is in {written.path}.")
    for sentence in written.missing:
        terminal.say(f"Missing: {sentence}")
    terminal.finish(written.model_dump(include={"path", "missing"}))


def datasets(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the data sets, fetch one, or look at, import or remove the person's own."""
    from fl.jobs import catalogue

    if arguments.action == "list":
        found = catalogue.list_datasets(JOB).datasets
        _table(
            terminal,
            ["name", "title", "state", "users", "items", "rows"],
            [[d.name, d.title, _state(d), str(d.n_users), str(d.n_items), str(d.n_rows)] for d in found],
        )
        terminal.finish({"datasets": [d.model_dump() for d in found]})
        return
    if not arguments.target:
        what = "file" if arguments.action in ("inspect", "import") else "data set"
        raise SettingsError(
            f"Say which {what} to {arguments.action}: "
            f"TheMain.py datasets {arguments.action} {'FILE' if what == 'file' else 'NAME'}."
        )
    if arguments.action != "fetch":
        _own_data(arguments, terminal)
        return
    info = catalogue.dataset_info(arguments.target)
    print(f"{info.title}\n{info.url}\nLicence: {info.licence}", file=terminal.err)
    if not arguments.source and not arguments.yes:
        _ask(terminal)
    bar = _download_bar(terminal)
    fetched = catalogue.fetch_dataset(arguments.target, arguments.source, JOB, bar, lambda: False)
    terminal.end_bar()
    terminal.say(f"{fetched.dataset.name} is ready.")
    terminal.finish({"dataset": fetched.dataset.model_dump()})


def _own_data(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Look at, import or remove the person's own data."""
    from fl.jobs import catalogue

    if arguments.action == "remove":
        removed = catalogue.remove_dataset(arguments.target, JOB)
        terminal.say(f"{removed.dataset} is removed; the file it came from was not touched.")
        terminal.finish({"removed": removed.dataset})
        return
    options = _import_options(arguments)
    if arguments.action == "inspect":
        preview = catalogue.inspect_file(arguments.target, options, JOB).preview
        _table(terminal, list(preview.columns), [list(row) for row in preview.rows if len(row) == len(preview.columns)])
        terminal.say("Recognised: " + (", ".join(f"{role} = {name}" for role, name in preview.mapping.items()) or "-"))
        for note in (*preview.notes, *([preview.problem] if preview.problem else [])):
            terminal.say(note[0].upper() + note[1:])
        terminal.finish(asdict(preview))
        return
    if not arguments.name:
        raise SettingsError("Say what the data set is to be called: --name NAME.")
    bar = _download_bar(terminal)
    done = catalogue.import_file(arguments.target, arguments.name, options, JOB, bar, lambda: False)
    terminal.end_bar()
    for line in done.report.lines():
        terminal.say(line)
    terminal.say(f"{done.dataset.name} is ready. Next: TheMain.py train --dataset {done.dataset.name}")
    terminal.finish({"dataset": done.dataset.model_dump(), "report": done.report.as_dict()})


def _import_options(arguments: argparse.Namespace) -> ImportOptions:
    """The import options that stand on the command line; --k-core sets both."""
    given = {field.name: getattr(arguments, field.name) for field in fields(ImportOptions) if field.name in arguments}
    if "k_core" in arguments:
        given = {"k_core_users": arguments.k_core, "k_core_items": arguments.k_core, **given}
    return ImportOptions(**given)


def runs(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """List the runs."""
    from fl.jobs import catalogue

    found = catalogue.list_runs(JOB).runs
    if not found:
        terminal.say("No runs yet. Train one: TheMain.py train")
    else:
        _table(
            terminal,
            ["run", "dataset", "model", "protocol", "state", "rounds", "HR@10", "created", ""],
            [
                [
                    r.name,
                    r.dataset,
                    r.model,
                    r.protocol,
                    r.state,
                    f"{r.rounds}/{r.epochs}",
                    _hr(r),
                    r.created,
                    r.problem,
                ]
                for r in found
            ],
        )
    terminal.finish({"runs": [r.model_dump() for r in found]})


# --- showing ------------------------------------------------------------------------------------------------------


def _figures(metrics: dict[str, float]) -> str:
    return "  ".join(f"{name.upper()} {value:.4f}" for name, value in metrics.items())


def _hr(run: RunInfo) -> str:
    return f"{run.metrics['hr@10']:.4f}" if "hr@10" in run.metrics else "-"


def _state(info: DatasetInfo) -> str:
    return info.status if info.available else "not in this version"


def _show_result(done: TrainDone, terminal: Terminal) -> None:
    result = done.result
    terminal.say(f"Run {done.run}: {result['rounds']} rounds, best round {result['best_round']} by validation.")
    _table(
        terminal,
        ["test figures", "HR@10", "NDCG@10", "full HR@10", "full NDCG@10"],
        [
            [name, *(f"{float(result[key] or 0):.4f}" for key in keys)]
            for name, keys in (
                (f"model ({result['item_view']} items)", ("hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10")),
                (
                    "popularity",
                    ("popularity_hr@10", "popularity_ndcg@10", "popularity_full_hr@10", "popularity_full_ndcg@10"),
                ),
            )
        ],
    )
    terminal.say(
        f"{result['protocol']} protocol, seed {result['seed']}; median round "
        f"{float(result['median_round_seconds'] or 0):.2f} s; "
        f"{result['bytes_up_per_party_round']} bytes up per party and round."
    )
    if result.get("dp", "none") != "none":
        terminal.say(
            f"Differential privacy ({result['dp']}): epsilon {float(result['epsilon'] or 0):.3g} at delta "
            f"{float(result['delta'] or 0):g}, noise {float(result['noise_multiplier'] or 0):.3g} times the clipping "
            f"norm {float(result['clip_norm'] or 0):g}. The test figures above are exact and not part of it."
        )
    if result["protocol"] == "published":
        from fl.jobs.evaluation import LEAK

        terminal.say(LEAK)
    terminal.say(f"Next: TheMain.py recommend --run '{done.run}' --user ID")
    terminal.finish({**result, "stopped_early": done.stopped_early})


def _show_evaluation(answer: Evaluation, terminal: Terminal) -> None:
    terminal.say("Accuracy, with 95% intervals over users (recall equals HR: one item is held out per user)")
    _table(
        terminal,
        ["scorer", "items", "K", "HR", "NDCG", "MRR", "full HR", "full NDCG", "full MRR"],
        [
            [
                row.scorer,
                row.item_view,
                str(row.k),
                *(
                    _with_interval(getattr(row, name), row.intervals.get(name))
                    for name in ("hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")
                ),
            ]
            for row in answer.rows
        ],
    )
    terminal.say()
    terminal.say("What users are shown")
    _table(
        terminal,
        ["scorer", "items", "K", "coverage", "novelty", "popularity percentile", "Gini"],
        [
            [
                r.scorer,
                r.item_view,
                str(r.k),
                f"{r.coverage:.4f}",
                _figure(r.novelty, 2),
                _figure(r.popularity_percentile, 1),
                _figure(r.gini, 3),
            ]
            for r in answer.reach
        ],
    )
    if answer.groups:
        k = max(answer.settings.k)
        terminal.say()
        terminal.say(f"By group of users, K = {k}")
        order = list(dict.fromkeys((r.kind, r.label) for r in answer.groups))
        _table(
            terminal,
            ["group", "", "users", "scorer", "items", "HR", "NDCG", "full HR", "full NDCG"],
            [
                [r.kind, r.label, str(r.n_users), r.scorer, r.item_view]
                + [f"{x:.4f}" for x in (r.hr, r.ndcg, r.full_hr, r.full_ndcg)]
                for r in sorted(answer.groups, key=lambda r: order.index((r.kind, r.label)))
                if r.k == k
            ],
        )
    terminal.say()
    terminal.say(
        f"{answer.protocol} protocol, {answer.n_users} users, round {answer.best_round}, seed {answer.seed}, "
        f"data {answer.fingerprint[:12]}."
    )
    if answer.warning:
        terminal.say(answer.warning)
    terminal.finish(answer.model_dump(exclude={"type", "job"}))


def _with_interval(value: float | None, ends: tuple[float, float] | None) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" + (f" ({ends[0]:.3f}-{ends[1]:.3f})" if ends else "")


def _figure(value: float | None, places: int) -> str:
    return "-" if value is None else f"{value:.{places}f}"


def _show_recommendations(answer: Recommendations, terminal: Terminal) -> None:
    _table(
        terminal,
        ["rank", "item", "title", "genres", "score"],
        [[str(i.rank), i.item, i.title, ", ".join(i.genres), f"{i.score:.4f}"] for i in answer.items],
    )
    if answer.items and answer.items[0].because:
        terminal.say()
        terminal.say(
            f"{answer.items[0].title}: because of " + newcomer_command.because(answer.items[0], answer.reason_kind)
        )
    if not answer.items:
        terminal.say("Nothing to recommend: the user has rated every item. Try --scope all.")
    terminal.finish(
        {
            "run": answer.settings.run,
            "user": answer.settings.user,
            "scope": answer.settings.scope,
            "items": [i.model_dump() for i in answer.items],
        }
    )


def _table(terminal: Terminal, header: list[str], rows: list[list[str]]) -> None:
    if terminal.as_json:
        return
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    for row in [header, ["-" * width for width in widths], *rows]:
        terminal.say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


# --- helpers ------------------------------------------------------------------------------------------------------


def _given(arguments: argparse.Namespace, kind: type[Settings]) -> dict[str, Any]:
    """The settings that stand on the command line, as text; the settings class converts and checks."""
    return {name: getattr(arguments, name) for name in kind.model_fields if hasattr(arguments, name)}


def _check_data(settings: TrainSettings) -> Loaded:
    """Read the data and divide it before SecretFlow is loaded, so that what is wrong with them is said at once."""
    from fl.loading import load

    loaded = load(settings.dataset, settings.protocol, settings.seed)
    loaded.divide(session.party_names(settings.parties), settings.seed)
    problem = table_problem_of(settings.aggregator, loaded.split.n_items * settings.dim)
    if problem:
        raise SettingsError(problem, "Choose the aggregator masked, or a smaller dim.")
    return loaded


def _find_run(name: str) -> RunFolder:
    from fl.run_folder import RunFolder

    return RunFolder.find(name)


@contextmanager
def _job(terminal: Terminal) -> Iterator[JobContext]:
    """A job's surroundings, with SecretFlow shut down at the end."""
    print("Loading SecretFlow ...", file=terminal.err)
    from fl.federation import FederationPool
    from fl.jobs.context import JobContext

    pool = FederationPool()
    try:
        yield JobContext(JOB, terminal.show, pool)
    finally:
        pool.close()


@contextmanager
def _stop_on_first_interrupt(context: JobContext, terminal: Terminal) -> Iterator[None]:
    """First Ctrl+C: stop after this round and keep the model. Second: cancel."""
    asked = False

    def interrupted(*_: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        # Not print: the signal may have come in the middle of one, and streams cannot be entered twice.
        os.write(terminal.err.fileno(), b"\nStopping after this round; press Ctrl+C again to cancel.\n")

    context.stop_requested = lambda: asked
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ask(terminal: Terminal) -> None:
    if not sys.stdin.isatty():
        raise SettingsError("Nothing is downloaded without being asked for.", "Add --yes to accept the licence above.")
    print("Download it under this licence? [y/N] ", end="", file=terminal.err, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise CancelledError


def _download_bar(terminal: Terminal) -> Callable[[int, int], None]:
    """A progress callback: a bar on a terminal, nothing elsewhere."""
    if not terminal.err.isatty():
        return lambda done, total: None
    from tqdm import tqdm

    bar: tqdm[Any] = tqdm(unit="B", unit_scale=True, file=terminal.err)
    terminal._bar = bar

    def progress(done: int, total: int) -> None:
        bar.total = total or None
        bar.update(done - bar.n)

    return progress
