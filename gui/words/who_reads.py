"""Who can read a party's message under each aggregator, which collusion breaks that, and what it costs."""

from __future__ import annotations

from data import registry
from data.errors import UnknownNameError
from fl.settings.aggregators import SPU_NODES, heu_cost, spu_shares, table_problem_of, trimmed
from fl.settings.train import TrainSettings
from gui.words.i18n import tr


def who_reads(settings: TrainSettings) -> str:
    """One or two sentences for the privacy note; docs/privacy.md has more."""
    name, parties = settings.aggregator, settings.parties
    if name == "plain":
        return tr("Unprotected: the server reads every party's update.")
    if name == "secure":
        return tr(
            "Masked by SecretFlow: a server that follows the protocol reads only the sum, unless it colludes with all "
            "parties but one."
        )
    if name == "robust":
        return _robust(settings)
    if name == "spu":
        sentence = tr(
            "Secret shares: {nodes} parties add shares of every update, the server reads only the sum. Two of them "
            "together can read every update."
        ).format(nodes=SPU_NODES[settings.spu_protocol])
        return f"{sentence} {_cost(settings)}".strip()
    if name == "heu":
        sentence = tr(
            "Encrypted: the server adds ciphertexts, party-1 holds the key and decrypts the sum. The two together can "
            "read every update; so can a server that cheats about what it has decrypted."
        )
        return f"{sentence} {_cost(settings)}".strip()
    least = 2 * parties // 3 + 1
    colluders = min(least - 1, 2 * least - parties)
    sentence = tr(
        "Masked: the server reads only sums over at least {least} of {parties} parties. A server that cheats with "
        "{colluders} of them on its side can open a message."
    ).format(least=least, parties=parties, colluders=colluders)
    if name == "verified":
        sentence += " " + tr("If the server changes the sum, the parties notice and discard the round.")
    return sentence


def is_unprotected(settings: TrainSettings) -> bool:
    """Whether the server reads every party's update."""
    return settings.aggregator in ("plain", "robust")


def _robust(settings: TrainSettings) -> str:
    parties = settings.parties
    if settings.robust_rule == "median":
        sentence = tr("Unprotected, to outvote poisoned parties: the server reads every update and takes the median.")
        bad = (parties - 1) // 2
    else:
        sentence = tr(
            "Unprotected, to outvote poisoned parties: the server reads every update and takes the trimmed mean."
        )
        bad = trimmed(parties, settings.trim_fraction)
    return sentence + " " + tr("It withstands {bad} of {parties} parties.").format(bad=bad, parties=parties)


def _cost(settings: TrainSettings) -> str:
    """What a round costs, where the size of the data set is known before it is read."""
    try:
        n_items = registry.spec(settings.dataset).n_items
    except UnknownNameError:
        return ""
    values = n_items * settings.dim
    if not values:
        return ""
    if table_problem_of(settings.aggregator, values):
        return tr("The item table of this data set is too large for it.")
    if settings.aggregator == "heu":
        cost = heu_cost(values, settings.parties)
        return tr("Each round takes about {seconds} s longer and sends {megabytes} MB from each party.").format(
            seconds=f"{cost.seconds:.1f}", megabytes=f"{cost.bytes_up / 1e6:.1f}"
        )
    megabytes = spu_shares(settings.spu_protocol, settings.parties) * values * 4 / 1e6
    return tr("Each round sends {megabytes} MB of shares from a party.").format(megabytes=f"{megabytes:.1f}")
