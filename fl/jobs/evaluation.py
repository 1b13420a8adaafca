"""The job `evaluate`: a run's test figures under a protocol, with the popularity baseline on the same candidates."""

from __future__ import annotations

from collections.abc import Iterator

from fl.config import EvaluateSettings
from fl.events import Evaluation, MetricRow
from fl.jobs.context import JobContext
from fl.jobs.loaded_run import load_run
from fl.jobs.training import VIEWS

LEAK = "Published protocol: held-out items leak into training, so these figures are higher than users would see."
TRAINED_WITH_LEAK = (
    "This run was trained under the published protocol: its training negatives left out the held-out items, which "
    "leaks them. Train a run under the leak-free protocol for honest figures."
)


def evaluate(settings: EvaluateSettings, context: JobContext) -> Evaluation:
    """Evaluate a run's best round on the test items.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    run = load_run(settings.run, context, settings.protocol)
    protocol = settings.protocol or run.settings.protocol
    model, ks = run.federation.model, settings.k
    rows: list[MetricRow] = []
    n_users = 0
    for view in VIEWS:
        context.phase(f"scoring all users ({view} item embeddings)")
        figures = model.evaluate("test", ks, batch_size=settings.batch_size, view=view)
        n_users = int(figures["n_users"])
        rows += _rows("model", view, ks, figures)
    context.phase("scoring the popularity baseline")
    rows += _rows("popularity", "", ks, model.evaluate_popularity("test", ks, batch_size=settings.batch_size))
    return Evaluation(
        job=context.job,
        settings=settings,
        protocol=protocol,
        seed=run.settings.seed,
        fingerprint=run.data.interactions.fingerprint,
        n_users=n_users,
        best_round=run.best_round,
        rows=tuple(rows),
        warning=LEAK if protocol == "published" else TRAINED_WITH_LEAK if run.settings.protocol == "published" else "",
    )


def _rows(scorer: str, view: str, ks: tuple[int, ...], figures: dict[str, float]) -> Iterator[MetricRow]:
    for k in ks:
        yield MetricRow(
            scorer=scorer,
            item_view=view,
            k=k,
            hr=figures[f"hr@{k}"],
            ndcg=figures[f"ndcg@{k}"],
            full_hr=figures[f"full_hr@{k}"],
            full_ndcg=figures[f"full_ndcg@{k}"],
        )
