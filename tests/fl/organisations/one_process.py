"""The training of a federation's parts in one process, as the simulation does it: what members' figures must be."""

from __future__ import annotations

from data.catalogue import from_interactions, map_to_catalogue
from data.loading import Loaded
from data.split import leave_one_out
from fl.federation import session
from fl.federation.rules import rules_of
from models.evaluation import EvaluationRequest


def train(whole, parts, parties, settings):
    """Return (history of `NewFLModel.fit`, test figures of the last round)."""
    catalogue = from_interactions(whole)
    data = []
    for name, part in zip(parties, parts, strict=True):
        mapped = map_to_catalogue(part, catalogue).interactions
        data += Loaded(mapped, leave_one_out(mapped, settings.protocol, settings.seed), name).divide([name], 0)[0]
    running = session.start("in-process", parties)
    try:
        from fl import aggregation
        from fl.federation.new_fl_model import NewFLModel

        made = aggregation.make(settings.aggregator, running.server, running.parties)
        model = NewFLModel(running.server, running.parties, made)
        n_users, n_train = sum(part.n_users for part in data), sum(len(part.items) for part in data)
        own = settings.own.settled(n_train, n_users, catalogue.n_items)
        settled = settings.model_copy(update={"own": own})
        model.set_up(dict(zip(running.parties, data, strict=True)), rules_of(settled))
        history = model.fit(epochs=settings.epochs)
        request = EvaluationRequest("test", (10,), ("hr", "ndcg"))
        return history, model.evaluate(request, settings.resolved_item_view).figures
    finally:
        running.close()
