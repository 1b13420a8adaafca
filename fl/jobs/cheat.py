"""The job `show_cheat`: the server cheats in a replayed round of a run, and the parties notice, or do not.

The round is replayed in this process with the real protocol: keys, masks, unmasking, and under `verified` the check by
every party. The run's model is only read.
"""

from __future__ import annotations

import numpy as np

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.masking.cheating import tampered
from fl.aggregation.masking.checking import check_sum
from fl.aggregation.masking.errors import RangeError, VerificationError
from fl.aggregation.masking.packing import signed
from fl.aggregation.masking.ring import BlockSpec, decode
from fl.aggregation.masking.uploads import Sum
from fl.audit.masked_parties import MaskedParties, MaskedRound
from fl.audit.replayed_party import ReplayedRound, Sent
from fl.jobs.context import JobContext
from fl.jobs.replay import Replay, replay
from fl.protocol.commands import ShowCheat
from fl.protocol.events import CheatShown
from fl.runs import verification_log
from fl.runs.records import SumCheck

_FROM_BEFORE = ("replay", "stale")  # these reuse an upload or a sum of an earlier round


def show_cheat(command: ShowCheat, context: JobContext) -> CheatShown:
    """Replay a round, tamper with its sum, and say what became of it; also a line in the run's verification log.

    Raises:
        SecretRecError: no such run, nothing trained yet, other data, one party only, no earlier round to reuse, or a
            value beyond the range of the masks, in a run that was summed without them.
    """
    settings = command.settings
    found = replay(settings.run, context)
    if len(found.parts) < 2:
        raise SettingsError(
            say("cheat.no-sum-cheat-run", "There is no sum to cheat with: the run has one party."),
            say("cheat.choose-run-more-parties", "Choose a run of more parties."),
        )
    before = None
    if settings.tamper_kind in _FROM_BEFORE:
        earlier = found.earlier()
        if earlier is None:
            raise SettingsError(
                say(
                    "cheat.reuse-something-old-needs",
                    "To reuse something old, the server needs an earlier round: this run kept only one.",
                ),
                say("cheat.choose-cheat-train-more", "Choose another way to cheat, or train more rounds."),
            )
        before = found.round(earlier)
    context.phase(say("phase.replaying-to-cheat", "replaying a round to cheat in it"))
    federation = _Federation(found)
    old = None if before is None else federation.sum(before, context)
    honest = federation.sum(found.round(), context)
    context.phase(say("phase.cheating", "cheating, and having the parties check the sum"))
    cheat = tampered(settings.tamper_kind, honest.total, honest.parts, None if old is None else (old.total, old.parts))
    outcome = federation.outcome(settings.guard, cheat)
    check = SumCheck(
        round=found.best_round + 1,
        outcome="unnoticed" if outcome is None else "caught",
        tamper=settings.tamper_kind,
        culprits=outcome.culprits if isinstance(outcome, VerificationError) else (),
        reason=say("check.unnoticed", "The server changed the sum and nobody noticed.")
        if outcome is None
        else outcome.message,
        guard=settings.guard,
    )
    verification_log.append(found.folder, check)
    changed, largest = _damage(honest.total, cheat)
    return CheatShown(job=context.job, check=check, changed=changed, largest=largest)


class _Federation:
    """The parties and the server of the masking protocol in this process, for a message or two of a run."""

    def __init__(self, found: Replay) -> None:
        self._found = found
        self._parties = MaskedParties(len(found.parts), messages=2)
        self._specs: list[BlockSpec] = []  # of the last message

    def sum(self, given: ReplayedRound, context: JobContext) -> MaskedRound:
        """Sum honestly what every party sends in a round."""
        messages: list[Sent] = list(self._found.messages(given, context))
        self._specs = self._found.specs(messages[0])
        return self._parties.sum([sent.parts for sent in messages], self._specs)

    def outcome(self, guard: str, cheat: Sum) -> RangeError | VerificationError | None:
        """Return what the parties say of a changed sum; None when nobody notices."""
        try:
            if guard == "verified":
                announcement = self._parties.server.announce(cheat)
                for client in self._parties.clients:
                    check_sum(client, announcement)
            elif guard == "masked":
                for block, spec in zip(cheat.blocks, self._specs, strict=True):
                    decode(block, spec, len(cheat.survivors))
        except (RangeError, VerificationError) as error:
            return error
        return None


def _damage(honest: Sum, cheat: Sum) -> tuple[float, float]:
    """Return (share of values that differ, largest difference over the largest true value) of table and totals."""
    differing, values, largest = 0, 0, 0.0
    for bits, true, changed in zip(honest.bits, honest.blocks, cheat.blocks, strict=True):
        # As signed numbers and without the range check: what was done to the sum is measured here, not accepted.
        one, other = (signed(block, bits).astype(np.float64) for block in (true, changed))
        differing += int(np.count_nonzero(true != changed))
        values += true.size
        top = float(np.abs(one).max(initial=0.0))
        if top:
            largest = max(largest, float(np.abs(other - one).max(initial=0.0)) / top)
    return differing / max(1, values), largest
