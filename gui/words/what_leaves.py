"""Words about messages: what leaves a party under given settings, who can read it, and what that costs.

docs/privacy.md has more.
"""

from __future__ import annotations

from data import registry
from data.errors import UnknownNameError
from data.sentences import join
from fl.settings.aggregator_words import TWO_PARTIES
from fl.settings.aggregators import AGGREGATORS, claim_for, cost_of
from fl.settings.train import TrainSettings
from gui.words.engine_texts import said
from gui.words.i18n import tr
from models.registry import MODELS


def is_open(settings: TrainSettings) -> bool:
    """Return whether the server reads every party's update."""
    return AGGREGATORS[settings.aggregator].is_open


def who_reads(settings: TrainSettings) -> str:
    """Return what the server learns, and which collusions break that."""
    claim = claim_for(settings.aggregator_choice, settings.parties)
    return said(join([claim, TWO_PARTIES if settings.parties == 2 and not is_open(settings) else ""]))


def what_stays_open(settings: TrainSettings) -> list[str]:
    """Return what no aggregator hides, a sentence each."""
    found = []
    if not is_open(settings) and settings.dp == "none":
        found.append(
            tr(
                "Two rounds of which one is without a party give that party's update nearly away, and a server that "
                "cheats can call a party lost. Only noise bounds it: differential privacy."
            )
        )
    if MODELS[settings.model].message == "gradient" and settings.dp == "none":
        found.append(
            tr(
                "Of a user who alone has an item, the sum over all parties can give the user's vector away, and so the "
                "user's taste. Only noise bounds it, or leaving such items out of the data."
            )
        )
    if settings.runtime == "cluster":
        found.append(
            tr(
                "Whoever reaches the ports of a Ray cluster can run code on its computers, and what these send each "
                "other is not encrypted unless its administrator set that up."
            )
        )
    if settings.runtime == "simulation":
        found.append(
            tr(
                "While a run is on, every account of this machine can reach its processes and run code as you. Files "
                "are closed to them."
            )
        )
    return found


def what_leaves_in_short(settings: TrainSettings | None) -> str:
    """Return `what_leaves` for the place beside the start button."""
    if settings is None:
        return ""
    if is_open(settings):
        sent = tr("The server sees every party's item update, unprotected. Ratings stay.")
    else:
        sent = tr("Only masked item updates and counts leave a party. Ratings stay.")
    if settings.runtime == "in-process":
        return f"{sent} " + tr("In one process, nothing separates the parties.")
    if settings.runtime == "organisations":
        return f"{sent} " + tr("Nobody else's program runs here.")
    if settings.runtime == "cluster":
        return f"{sent} " + tr("One organisation's cluster: this program reads the data and deals it out.")
    return f"{sent} " + tr("Simulation: this program reads the data and deals it out.")


def what_leaves(settings: TrainSettings | None) -> str:
    """Return what leaves a party and who can read it, a paragraph a line."""
    if settings is None:
        return ""
    lines = [
        tr(
            "Each round a party sends one sum over its users of what they change in the item table, three totals, and "
            "sums of validation figures; once, how many interactions each item has.",
        ),
        tr("Ratings, scoring functions, personal items and single users' figures stay with the party."),
        " ".join(part for part in (who_reads(settings), _cost(settings)) if part),
        tr("What the sum itself gives away is not hidden, nor who takes part and when."),
        *what_stays_open(settings),
    ]
    if settings.runtime == "in-process":
        lines.append(tr("All parties share one process, nothing separates them: for quick looks only."))
    elif settings.runtime == "organisations":
        lines.append(
            tr(
                "Each organisation runs its own program with its own file; all connections use TLS with certificates "
                "on both sides, and the audit log says what was sent to whom."
            )
        )
    elif settings.runtime == "cluster":
        lines.append(
            tr(
                "A Ray cluster of one organisation: this program reads the data file and deals it out to the computers "
                "of the cluster. It takes their processors; it does not protect from whoever runs it."
            )
        )
    else:
        lines.append(
            tr(
                "Simulation: all parties are processes on this machine, and this program reads the data file "
                "and deals it "
                "out. It shows the protocol; it does not protect from whoever runs it.",
            )
        )
    return "\n".join(lines)


def _cost(settings: TrainSettings) -> str:
    """Return what a round costs, where the size of the data set is known before it is read."""
    try:
        values = registry.spec(settings.dataset).n_items * settings.row_length
    except UnknownNameError:
        return ""
    if not values:
        return ""
    too_large = AGGREGATORS[settings.aggregator].table_problem(values)
    return said(too_large or cost_of(settings.aggregator_choice, settings.parties, values).sentence)
