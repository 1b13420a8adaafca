"""The beginning of a run that goes on from an earlier one: what was learned there, in parties with the data of now."""

from __future__ import annotations

from data.growth import neighbours
from data.loading import Loaded
from data.sentences import say
from fl.federation.pool import Federation
from fl.jobs.context import JobContext
from fl.runs.in_run import CONTINUES
from fl.runs.run_folder import RunFolder
from models.evaluation import EvaluationRequest

_FIGURES = EvaluationRequest("test", (10,), ("hr", "ndcg"))


def begin(folder: RunFolder, loaded: Loaded, federation: Federation, context: JobContext) -> None:
    """Bring the earlier run's last round into parties and server that were set up with the data of now.

    The figures of before any training on these data are put into the run's config.json.

    Raises:
        SecretRecError: the earlier run is gone or damaged.
    """
    config = folder.config()
    grown, settings = config[CONTINUES], folder.settings()
    earlier = RunFolder.find(grown["run"])
    context.phase(
        say("phase.going-on-from", "going on from round {round} of {run}", round=grown["round"], run=earlier.name)
    )
    model, n_known = federation.model, grown["items_before"]
    alike = neighbours(loaded.interactions.genres, n_known)
    model.checkpoints.grow(earlier.path, grown["round"], earlier.absent(grown["round"]), alike)
    model.checkpoints.save(folder.path, 0)
    before = model.evaluate(_FIGURES, settings.resolved_item_view).figures
    folder.settle(settings, {CONTINUES: {**grown, "before": before}})
