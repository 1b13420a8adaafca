"""The job `evaluate`: a run's test figures under a protocol, with the popularity baseline on the same candidates."""

from __future__ import annotations

import logging

from data.errors import StorageError
from data.sentences import Said, join, say
from fl.jobs.context import JobContext
from fl.jobs.loaded_run import LoadedRun, load_run
from fl.jobs.own_evaluation import OwnQuestions, own_questions
from fl.jobs.report_rows import group_rows, metric_rows, public_labels, reach_rows
from fl.protocol.commands import EvaluateCommand
from fl.protocol.events import Evaluated
from fl.runs.records import Evaluation, GroupRow, MetricRow, ReachRow
from fl.runs.run_folder import RunFolder
from fl.settings.words import LEAK, VIEWS
from models.bootstrap import REPLICATES
from models.evaluation import EvaluationRequest
from models.registry import MODELS

log = logging.getLogger(__name__)

TRAINED_WITH_LEAK = say(
    "evaluation.trained-with-leak",
    "This run was trained under the published protocol: its training negatives left out the held-out items, which "
    "leaks them. Train a run under the leak-free protocol for honest figures.",
)
OF_OWN_USERS = say(
    "evaluation.of-own-users", "These are figures of this organisation's own users; nobody else was asked."
)


def evaluate(command: EvaluateCommand, context: JobContext) -> Evaluated:
    """Evaluate a run's best round on the test items: of all users, or at an organisation of its own.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    settings = command.settings
    run: LoadedRun | OwnQuestions
    if RunFolder.find(settings.run).settings().runtime == "organisations":
        run = own_questions(settings.run, context, settings.protocol)
    else:
        run = load_run(settings.run, context, settings.protocol)
    protocol = settings.protocol or run.settings.protocol
    ks = settings.k
    context.phase(say("phase.counting-groups", "counting users by group"))
    groups = run.groups(public_labels(run.interactions))
    request = EvaluationRequest(
        "test",
        ks,
        exposure=True,
        groups=groups,
        replicates=REPLICATES,
        seed=run.settings.seed,
        batch_size=settings.batch_size,
    )
    rows: list[MetricRow] = []
    by_group: list[GroupRow] = []
    reach: list[ReachRow] = []
    n_users = 0
    for scorer, view in [*(("model", view) for view in MODELS[run.settings.model].views), ("popularity", None)]:
        if view is None:
            context.phase(say("phase.scoring-popularity", "scoring the popularity baseline"))
            found = run.evaluate_popularity(request)
        else:
            context.phase(say("phase.scoring-view", "scoring all users ({view} item embeddings)", view=VIEWS[view]))
            found = run.evaluate(request, view)
        n_users = found.n_users
        rows += metric_rows(scorer, view or "", found)
        by_group += group_rows(scorer, view or "", found)
        reach += reach_rows(scorer, view or "", found)
    leak = LEAK if protocol == "published" else TRAINED_WITH_LEAK if run.settings.protocol == "published" else ""
    evaluation = Evaluation(
        settings=settings,
        protocol=protocol,
        seed=run.settings.seed,
        fingerprint=run.interactions.fingerprint,
        n_users=n_users,
        best_round=run.best_round,
        rows=tuple(rows),
        groups=tuple(by_group),
        reach=tuple(reach),
        warning=join((leak, OF_OWN_USERS if isinstance(run, OwnQuestions) else _as_last_kept(run))),
    )
    try:
        RunFolder.find(settings.run).write_evaluation(evaluation)
    except StorageError as error:
        # The figures are what was asked for; keeping them for reports is not worth losing them.
        log.warning("the evaluation was not kept: %s", error)
    return Evaluated(job=context.job, evaluation=evaluation)


def _as_last_kept(run: LoadedRun) -> Said | str:
    """Return which parties' users have an earlier state in these figures than the others; "" where none has."""
    if not run.absent:
        return ""
    return say(
        "evaluation.as-last-kept",
        "{parties} had dropped out by round {round}: the users there are in these figures as in their last round "
        "before that. The figures of the training leave them out.",
        parties=", ".join(run.absent),
        round=run.best_round,
    )
