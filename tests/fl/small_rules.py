"""Rules of rounds for the small data set."""

from fl.federation.rules import RoundRules
from tests.models.small_data import hyper_of


def rules_for(model="pfedrec", hyper=None, **values):
    """Return rules that are the usual ones but for `values`."""
    return RoundRules(model, hyper or hyper_of(model), **values)
