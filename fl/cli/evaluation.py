"""The commands `evaluate`, of a run or of lists from elsewhere, and `split`, for whoever makes such lists."""

from __future__ import annotations

import argparse

from data.errors import SettingsError
from data.sentences import say
from fl.cli.arguments import add_json, add_settings, given_settings, settings_of
from fl.cli.start import answer_to, find_run
from fl.cli.terminal import Terminal
from fl.protocol.commands import EvaluateCommand, EvaluateLists, ExportSplit
from fl.protocol.records import ListsEvaluation
from fl.runs.records import Evaluation
from fl.settings.of_jobs import EvaluateSettings, ListsSettings, SplitSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of an evaluation, of a run and of lists."""
    add_settings(parser, EvaluateSettings, needed=False)
    add_settings(parser, ListsSettings, skip=("k", "protocol"), needed=False)
    add_json(parser)


def evaluate(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Evaluate a run, or lists that another program made.

    Raises:
        SettingsError: neither is named, or both are; or an option belongs to the other.
    """
    of_run, of_lists = given_settings(arguments, EvaluateSettings), given_settings(arguments, ListsSettings)
    if ("run" in of_run) == ("lists" in of_lists):
        raise SettingsError(
            say("cli.run-or-lists", "Name what to evaluate: a run (--run NAME), or lists (--lists FILE).")
        )
    kind = EvaluateSettings if "run" in of_run else ListsSettings
    strange = [name for name in (of_run | of_lists) if name not in kind.declared()]
    if strange:
        raise SettingsError(
            say(
                "cli.option-of-the-other",
                "--{option} does not go with --{what}.",
                option=strange[0].replace("_", "-"),
                what="run" if kind is EvaluateSettings else "lists",
            )
        )
    if kind is ListsSettings:
        lists = settings_of(arguments, ListsSettings)
        with answer_to(EvaluateLists(settings=lists), terminal) as answer:
            _show_lists(answer.evaluation, terminal)
        return
    settings = settings_of(arguments, EvaluateSettings)
    find_run(settings.run)
    with answer_to(EvaluateCommand(settings=settings), terminal) as answer:
        _show_evaluation(answer.evaluation, terminal)


def add_split_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of a split."""
    add_settings(parser, SplitSettings)
    add_json(parser)


def split(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Write the split of a data set for other programs."""
    with answer_to(ExportSplit(settings=settings_of(arguments, SplitSettings)), terminal) as done:
        terminal.table(["table", "rows"], [[name, f"{rows:,}"] for name, rows in done.files.items()])
        terminal.say(f"They are in {done.path}, and README.txt there says what they hold.")
        terminal.finish(done.model_dump(include={"path", "files"}))


def _show_lists(answer: ListsEvaluation, terminal: Terminal) -> None:
    for sentence in (*answer.applies, *answer.notes):
        terminal.say(sentence)
    terminal.say()
    about = (
        f"{answer.settings.protocol} protocol, {answer.n_users} users, {answer.n_lists} of them with a list, by "
        f"{answer.order}, seed {answer.settings.seed}, data {answer.fingerprint[:12]}."
    )
    _show(answer, about, terminal)


def _show_evaluation(answer: Evaluation, terminal: Terminal) -> None:
    about = (
        f"Run {answer.settings.run}: {answer.protocol} protocol, {answer.n_users} users, round {answer.best_round}, "
        f"seed {answer.seed}, data {answer.fingerprint[:12]}."
    )
    _show(answer, about, terminal)


def _show(answer: Evaluation | ListsEvaluation, about: str, terminal: Terminal) -> None:
    _show_figures(answer, terminal)
    terminal.say(about)
    if answer.warning:
        terminal.say(answer.warning)
    terminal.finish(answer.model_dump())


def _show_figures(answer: Evaluation | ListsEvaluation, terminal: Terminal) -> None:
    terminal.say("Accuracy, with 95% intervals over users (recall equals HR: one item is held out per user)")
    terminal.table(
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
    terminal.table(
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
        terminal.table(
            ["group", "", "users", "scorer", "items", "HR", "NDCG", "full HR", "full NDCG"],
            [
                [r.kind, r.label, str(r.n_users), r.scorer, r.item_view]
                + [_figure(x, 4) for x in (r.hr, r.ndcg, r.full_hr, r.full_ndcg)]
                for r in sorted(answer.groups, key=lambda r: order.index((r.kind, r.label)))
                if r.k == k
            ],
        )
    terminal.say()


def _with_interval(value: float | None, ends: tuple[float, float] | None) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" + (f" ({ends[0]:.3f}-{ends[1]:.3f})" if ends else "")


def _figure(value: float | None, places: int) -> str:
    return "-" if value is None else f"{value:.{places}f}"
