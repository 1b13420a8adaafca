"""The job `compare-runs`: finished runs held against the first of them, user by user. No SecretFlow.

Users' own figures leave no party in training and evaluation, and do not here: whoever asks has the parties' folders and
the data, as in a simulation, or is an organisation that compares figures of its own users.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from data import paths
from data.errors import SettingsError, StorageError
from data.loading import Loaded
from data.partition import PartyData
from data.sentences import say
from fl.federation.session import party_names
from fl.jobs.context import JobContext
from fl.jobs.own_party import OwnRun, own_run
from fl.protocol.commands import CompareRuns
from fl.protocol.events import RunsCompared
from fl.protocol.records import Difference, PairedRow
from fl.runs import kept
from fl.runs.seals import RESTORE
from models.bootstrap import paired_intervals
from models.evaluation import Batches, EvaluationRequest, measure, shared_batches

Figures = NDArray[np.float64]  # [n_users, 1 + figures] as `models.evaluation.measure` has them, in dense order of users


def compare_runs(command: CompareRuns, context: JobContext) -> RunsCompared:
    """Return the differences of runs to the first of them, with intervals over users on the same candidates.

    Raises:
        SettingsError: the runs were not tested on the same items and candidates.
        SecretRecError: a run cannot be read, or its data are gone.
    """
    settings = command.settings
    runs = [own_run(name) for name in settings.runs]
    _check_alike(runs)
    figures: dict[str, Figures] = {}
    for name in settings.runs:
        context.phase(say("phase.scoring-run", "scoring all users with {run}", run=name))
        figures[name] = run_figures(name, settings.k)
    first = settings.runs[0]
    figures["popularity"] = _popularity(runs[0], settings.k)
    rows = paired_rows({name: [one] for name, one in figures.items()}, first, settings.k, runs[0].settings.seed)
    return RunsCompared(job=context.job, settings=settings, n_users=int(figures[first][:, 0].sum()), rows=tuple(rows))


def paired_rows(
    figures: Mapping[str, Sequence[Figures]], first: str, ks: tuple[int, ...], seed: int
) -> Iterator[PairedRow]:
    """Yield a row for each scorer but the first, and K.

    Args:
        figures: of each scorer, one for each seed. The interval is that of a user's mean difference over the seeds: it
            says how much it would move with other users, not with other seeds.
        first: what the others are held against.
        ks: cut-offs of the figures.
        seed: of the bootstrap.
    """
    names = EvaluationRequest("test", ks).columns[1:]
    means = {name: np.mean(values, axis=0) for name, values in figures.items()}
    for name, values in means.items():
        if name == first:
            continue
        found = dict(zip(names, zip(*paired_intervals(means[first], values, seed), strict=True), strict=True))
        for k in ks:
            yield PairedRow(
                scorer=name,
                k=k,
                metrics={
                    full.removesuffix(f"@{k}"): Difference(value=value, low=low, high=high)
                    for full, (value, low, high) in found.items()
                    if full.endswith(f"@{k}")
                },
            )


def run_figures(run: str, ks: tuple[int, ...]) -> Figures:
    """Return the test figures of every user of a run, in the view of its own that users score with.

    Raises:
        SecretRecError: no such run, no finished round, other data, damaged files.
    """
    return _run_figures(kept.state_on_disk(paths.runs_dir() / run), ks)


@lru_cache(maxsize=8)
def _run_figures(state: kept.OnDisk, ks: tuple[int, ...]) -> Figures:
    asked = own_run(state.folder.name)
    asked.check_users(everybody=True)
    loaded, request = asked.found.data(), EvaluationRequest("test", ks)
    own = {roster.party: asked.users_of(roster.party) for roster in asked.rosters}
    view = asked.settings.resolved_item_view

    def batches(part: PartyData) -> Batches:
        # A few users at a time: a model may keep a table of its own for each.
        for start in range(0, part.n_users, request.batch_size):
            rows = np.arange(start, min(part.n_users, start + request.batch_size))
            local = asked.model(own[part.party], rows)
            for here, score in local.score_batches(asked.table, None, request.batch_size, view):
                yield rows[here], score

    parts = [part for part in parts_of(asked, loaded) if part.party in own]
    for part in parts:
        if not np.array_equal(part.users, own[part.party].roster.users):
            raise StorageError(
                say(
                    "paired.other-users",
                    "Run '{run}' has other users of {party} than its data set: a file of it is missing or damaged.",
                    run=state.folder.name,
                    party=part.party,
                ),
                RESTORE,
            )
    return figures_of(parts, [batches(part) for part in parts], request, loaded.split.n_users)


def figures_of(
    parts: Sequence[PartyData], batches: Sequence[Batches], request: EvaluationRequest, n_users: int
) -> Figures:
    """Return every user's figures from the parties' scores, users of no party here as untested."""
    figures = np.zeros((n_users, len(request.columns)))
    for part, scores in zip(parts, batches, strict=True):
        figures[part.users] = measure(scores, part, request)[0]
    return figures


def parts_of(run: OwnRun, loaded: Loaded) -> list[PartyData]:
    """Return the data of each party of a run, with the candidates."""
    parties = [loaded.owner] if loaded.owner else party_names(run.settings.parties)
    return loaded.divide(parties, run.settings.seed)[0]


def _popularity(run: OwnRun, ks: tuple[int, ...]) -> Figures:
    loaded, request = run.found.data(), EvaluationRequest("test", ks)
    parts = parts_of(run, loaded)
    counts = loaded.counts().astype(np.float64)
    return figures_of(parts, [shared_batches(counts, part, request) for part in parts], request, loaded.split.n_users)


def _check_alike(runs: Sequence[OwnRun]) -> None:
    """Refuse runs that were not tested on the same items and candidates.

    Raises:
        SettingsError: naming the run and what differs.
    """

    def facts(run: OwnRun) -> dict[str, tuple[str, object]]:
        return {
            "data": (say("compare.data", "data"), run.found.folder.config().get("fingerprint", "")),
            "protocol": (say("compare.protocol", "protocol"), run.settings.protocol),
            "seed": (say("compare.seed-of-candidates", "seed"), run.settings.seed),
        }

    first = facts(runs[0])
    for run in runs[1:]:
        for name, (what, value) in facts(run).items():
            if value != first[name][1]:
                raise SettingsError(
                    say(
                        "compare.runs-differ",
                        "Runs '{first}' and '{other}' cannot be held against each other user by user: they differ in "
                        "their {what}.",
                        first=runs[0].found.folder.name,
                        other=run.found.folder.name,
                        what=what,
                    ),
                    say("compare.runs-differ-hint", "Train one of them again with the other's {what}.", what=what),
                )
