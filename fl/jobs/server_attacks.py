"""Attacks of a cheating server on party-1 under the aggregator of a run: part of the job `audit`.

Under `masked` and `verified` parties and protocol are the real ones, in this process (`fl.audit.cheating_server`).
Other aggregators sum in the run's own processes, over what the server says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from secretflow import reveal

from data.sentences import Said, say
from fl import aggregation
from fl.aggregation.compression import arrays_of
from fl.aggregation.fixed_point import table_limit
from fl.audit.cheating_server import Made, MaskedAttacks, Refusal
from fl.federation.pool import Federation
from fl.jobs.context import JobContext
from fl.jobs.federations import federation_for
from fl.jobs.replay import Replay
from fl.runs.records import AttackName, ServerAttack
from fl.settings.aggregators import AGGREGATORS
from fl.settings.of_jobs import AuditSettings

Arrays = Sequence[NDArray[Any]]

_READ = 0.5  # correlation with the true values, from which on they count as read; of noise it is a few hundredths


def attack(run: Replay, settings: AuditSettings, context: JobContext) -> tuple[ServerAttack, ...]:
    """Cheat in a replayed round, in every way that was asked for.

    Raises:
        SecretRecError: a party refuses to send its update, a checkpoint was not kept, or the federation cannot start.
        CancelledError: the person cancelled.
    """
    asked: dict[AttackName, bool] = {
        "inconsistent-model": settings.inconsistent_model,
        "two-sums": settings.two_sums,
        "survivor-lists": settings.survivor_lists,
        "item-counts": settings.item_counts,
    }
    wanted: list[AttackName] = [name for name, on in asked.items() if on]
    if not wanted:
        return ()
    context.phase(say("phase.attacking-as-server", "attacking a replayed round as a server that cheats"))
    about = AGGREGATORS[run.settings.aggregator]
    if about.is_open:
        return tuple(_of_open(name, run) for name in wanted)
    made = [_made(run, place, context) for place in range(len(run.parts))]
    if about.masks:
        attacks = MaskedAttacks(made, table_limit(run.weight), about.verifies)
        return tuple(_of_masked(name, attacks, made) for name in wanted)
    federation = federation_for(run.settings, context)
    federation.set_up(run.parts, run.rules)
    return tuple(_of_summed(name, federation, run, made) for name in wanted)


def _made(run: Replay, place: int, context: JobContext) -> Made:
    """Return what a party sends for the run's item table, and what for a table of zeros. It is in memory only here."""
    context.check_cancelled()
    context.progress(place, len(run.parts), "parties")
    given = run.round()
    party = run.party(place, given)
    update = list(party.message(given).parts)
    party.rollback()
    misled = list(party.message(replace(given, items=np.zeros_like(given.items))).parts)
    counts = party.item_counts()
    return Made(run.parts[place].party, party.memory(), update, misled, counts)


# --- aggregators that hide nothing ------------------------------------------------------------------------------------


def _of_open(name: AttackName, run: Replay) -> ServerAttack:
    party, aggregator = run.parts[0].party, run.settings.aggregator
    sentence = say(
        "attack.not-needed",
        "The server of `{aggregator}` is sent what {party} sends as it is: it reads updates and counts without any "
        "attack.",
        aggregator=aggregator,
        party=party,
    )
    return ServerAttack(attack=name, outcome="open", correlation=1.0, sentence=sentence)


# --- masked and verified ----------------------------------------------------------------------------------------------


def _of_masked(name: AttackName, attacks: MaskedAttacks, made: Sequence[Made]) -> ServerAttack:
    party, truth = made[0].name, _truth(name, made[0])
    if name == "inconsistent-model":
        return _misled(attacks.inconsistent_model(), truth, party)
    if name == "survivor-lists":
        refusal = attacks.survivor_lists()
        if refusal is None:
            sentence = say(
                "attack.lists-open",
                "The server showed parties different lists of who is in the sum, and made up signatures: parties gave "
                "shares for both, which can take the masks off {party}'s update.",
                party=party,
            )
            return ServerAttack(attack=name, outcome="open", sentence=sentence)
        sentence = say(
            "attack.lists-hidden",
            "The server showed half of the parties a list of who is in the sum with {party} and the others one without "
            "it, and made up the signatures that it lacked. No party gave a share, so it learnt nothing. The first to "
            "refuse: {reason}",
            party=party,
            reason=refusal.reason,
        )
        return ServerAttack(attack=name, outcome="hidden", sentence=sentence)
    found = attacks.two_sums(counts=name == "item-counts")
    if not isinstance(found, Refusal):
        return _second_sum(name, found, truth, party)
    sentence = say(
        "attack.second-sum-hidden",
        "The server asked for a second sum of the same {what} without {party}: {refused} of {asked} parties refused, "
        "so it learnt nothing of {party}'s part. The first to refuse: {reason}",
        what=_what(name),
        party=party,
        refused=found.parties,
        asked=len(made) - 1,
        reason=found.reason,
    )
    return ServerAttack(attack=name, outcome="hidden", sentence=sentence)


# --- aggregators of SecretFlow ----------------------------------------------------------------------------------------


def _of_summed(name: AttackName, federation: Federation, run: Replay, made: Sequence[Made]) -> ServerAttack:
    party, aggregator, truth = made[0].name, run.settings.aggregator, _truth(name, made[0])
    if name == "inconsistent-model":
        messages = {m.name: arrays_of(m.misled) for m in made}
        messages[party] = arrays_of(made[0].update)
        return _misled(_sum(federation, run, messages), truth, party)
    if name == "survivor-lists":
        sentence = say(
            "attack.no-lists",
            "Parties of `{aggregator}` sign no list of who is in a sum, so there is none to forge: whoever runs the "
            "server says over whom they sum.",
            aggregator=aggregator,
        )
        return ServerAttack(attack=name, outcome="absent", sentence=sentence)
    if len(made) - 1 < AGGREGATORS[aggregator].min_parties:
        sentence = say(
            "attack.no-second-sum",
            "With {n_parties} parties, `{aggregator}` gives no sum without {party}. But each of two parties reads the "
            "other's part from the sum.",
            n_parties=len(made),
            aggregator=aggregator,
            party=party,
        )
        return ServerAttack(attack=name, outcome="absent", sentence=sentence)
    messages = {m.name: [m.counts] if name == "item-counts" else arrays_of(m.update) for m in made}
    whole = _sum(federation, run, messages)
    rest = _sum(federation, run, {other: message for other, message in messages.items() if other != party})
    return _second_sum(name, whole - rest, truth, party)


def _sum(federation: Federation, run: Replay, messages: Mapping[str, Arrays]) -> NDArray[np.float64]:
    """Return the first array of the sum over these parties, as the run's aggregator gives it to the server."""
    parties = federation.model.parties
    devices = [device for device in federation.devices if str(device) in messages]
    data = [device(list)(messages[str(device)]) for device in devices]
    if len(devices) == len(federation.devices):
        return np.asarray(reveal(parties.aggregator.sum_and_bytes(data)[0])[0], np.float64)
    # Nothing in the parties remembers the first sum: the server makes the same aggregator anew, over fewer.
    fewer = aggregation.make(federation.aggregator, parties.server.device, devices)
    try:
        fewer.bind({device: parties.workers[device] for device in devices}, parties.server)
        fewer.prepare(run.weight)
        return np.asarray(reveal(fewer.sum_and_bytes(data)[0])[0], np.float64)
    finally:
        fewer.close()


# --- what was read ----------------------------------------------------------------------------------------------------


def _truth(name: AttackName, made: Made) -> NDArray[np.float64]:
    return np.asarray(made.counts if name == "item-counts" else arrays_of(made.update)[0], np.float64)


def _what(name: AttackName) -> Said:
    return say("attack.counts", "item counts") if name == "item-counts" else say("attack.updates", "updates")


def _misled(seen: NDArray[np.float64], truth: NDArray[np.float64], party: str) -> ServerAttack:
    """Return what came of different item tables."""
    found = _correlation(seen, truth)
    if found < _READ:
        sentence = say(
            "attack.misled-hidden",
            "The server gave {party} the item table and the others zeros, to read {party}'s update as the sum. What it "
            "got has a correlation of {found:.2f} with that update: it does not read it.",
            party=party,
            found=found,
        )
    else:
        sentence = say(
            "attack.misled-open",
            "The server gave {party} the item table and the others zeros. What it reads as the sum has a correlation "
            "of {found:.2f} with {party}'s update: it reads it.",
            party=party,
            found=found,
        )
    return ServerAttack(
        attack="inconsistent-model",
        outcome="hidden" if found < _READ else "open",
        correlation=found,
        sentence=sentence,
    )


def _second_sum(
    name: AttackName, difference: NDArray[np.float64], truth: NDArray[np.float64], party: str
) -> ServerAttack:
    """Return what came of a second sum that the parties helped with."""
    found = _correlation(difference, truth)
    sentence = say(
        "attack.second-sum-open",
        "The server asked for a second sum of the same {what} without {party}, and got it. The difference of the two "
        "sums has a correlation of {found:.2f} with what {party} sent: it reads it.",
        what=_what(name),
        party=party,
        found=found,
    )
    return ServerAttack(attack=name, outcome="open", correlation=found, sentence=sentence)


def _correlation(seen: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Return the size of Pearson's correlation of two arrays of one shape, 0..1; 0 where one of them is constant."""
    one, other = seen.ravel() - seen.mean(), truth.ravel() - truth.mean()
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return abs(float(one @ other)) / size if size else 0.0
