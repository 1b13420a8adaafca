"""The job `show_cheat`: the server cheats in a replayed round of a run, and the parties notice, or do not.

The round is replayed in this process with the real protocol: keys, masks, unmasking, and under `verified` the check by
every party and the settlement of who lied. The run's model is only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.errors import SettingsError
from fl import verification_log
from fl.aggregation.masked import USER_LIMIT
from fl.aggregation.masking.cheating import tampered
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.errors import RangeError, VerificationError
from fl.aggregation.masking.keys import Identity, Roster, default_threshold
from fl.aggregation.masking.ring import BlockSpec, decode, spec_of
from fl.aggregation.masking.server import MaskingServer, Sum
from fl.aggregation.masking.settling import Transcript, Verdict, need_transcript
from fl.aggregation.masking.verification import Verifier
from fl.config import CheatSettings
from fl.events import CheatShown, SumChecked
from fl.jobs.context import JobContext
from fl.jobs.replay import Replay, replay
from fl.run_folder import RunFolder
from fl.session import party_names

_FROM_BEFORE = ("replay", "stale")  # these reuse an upload or a sum of an earlier round
Message = Sequence[NDArray[Any]]


def show_cheat(settings: CheatSettings, context: JobContext) -> CheatShown:
    """Replay a round, tamper with its sum, and say what became of it; also a line in the run's verification log.

    Raises:
        SecretRecError: no such run, nothing trained yet, other data, one party only, a run with differential privacy,
            or no earlier round to reuse.
    """
    if RunFolder.find(settings.run).settings().dp != "none":
        # The replay would sum without noise, and what it tells of that sum is not covered by the run's epsilon.
        raise SettingsError(
            "A round with differential privacy cannot be replayed to cheat in it: its noise is drawn by each party in "
            "secret.",
            "Choose a run without it.",
        )
    found = replay(settings.run, context)
    if len(found.parts) < 2:
        raise SettingsError("There is no sum to cheat with: the run has one party.", "Choose a run of more parties.")
    context.phase("replaying a round to cheat in it")
    messages = [_vectors(message) for message in found.updates(context)]
    federation = _Federation(found, messages)
    before = None
    if settings.tamper_kind in _FROM_BEFORE:
        earlier = found.earlier()
        if earlier is None:
            raise SettingsError(
                "To reuse something old, the server needs an earlier round: this run kept only one.",
                "Choose another way to cheat, or train more rounds.",
            )
        before = federation.sum([_vectors(message) for message in found.updates(context, after=earlier)])
    context.phase("cheating, and having the parties check the sum")
    honest, transcript = federation.sum(messages)
    cheat = tampered(settings.tamper_kind, honest, transcript, before)
    outcome = federation.outcome(settings.guard, cheat, transcript)
    check = SumChecked(
        job=context.job,
        run=settings.run,
        round=found.best["round"] + 1,
        outcome="unnoticed" if outcome is None else "caught",
        tamper=settings.tamper_kind,
        culprits=() if outcome is None else outcome.culprits,
        reason="The server changed the sum and nobody noticed." if outcome is None else outcome.reason,
        guard=settings.guard,
    )
    verification_log.append(found.folder, check)
    changed, largest = _damage(federation.specs, honest, cheat)
    return CheatShown(job=context.job, check=check, changed=changed, largest=largest)


def _vectors(message: Message) -> list[NDArray[Any]]:
    """Totals in 64 bits beside the table, as parties send them."""
    table, totals = message
    return [np.asarray(table, np.float32), np.asarray(totals, np.float64)]


class _Federation:
    """Parties and server of the masking protocol in this process, for a message or two."""

    def __init__(self, found: Replay, messages: Sequence[Message]) -> None:
        names = tuple(party_names(len(found.parts)))
        identities = [Identity() for _ in names]
        roster = Roster(b"cheat", names, tuple(i.public for i in identities), default_threshold(len(names)))
        largest = max(float(np.abs(table).max()) for table, _ in messages)
        # The range of a run is a public multiple of its users; a run weighted by samples may exceed it here.
        limit = max(USER_LIMIT * found.n_users, 4 * largest)
        self.specs: list[BlockSpec] = [spec_of(array, len(names), limit) for array in messages[0]]
        self._server = MaskingServer(roster, 2)
        self._clients = [
            MaskingClient(name, identity, roster, 2, True) for name, identity in zip(names, identities, strict=True)
        ]
        self._number = -1
        self._server.begin(1)
        for client in self._clients:
            self._server.take_advert(client.advertise(1))
        adverts = self._server.adverts()
        for client in self._clients:
            self._server.take_sealed(client.name, client.share(adverts))
        for client in self._clients:
            client.receive(self._server.sealed_for(client.name))

    def sum(self, messages: Sequence[Message]) -> tuple[Sum, Transcript]:
        """One message of every party, summed honestly."""
        self._number += 1
        self._server.open(self._number, self.specs)
        for client, message in zip(self._clients, messages, strict=True):
            self._server.take_upload(client.mask(self._number, list(message), self.specs))
        request = self._server.close()
        for client in self._clients:
            self._server.take_shares(client.unmask(request))
        return self._server.finish(), need_transcript(self._server.transcript)

    def outcome(self, guard: str, cheat: Sum, transcript: Transcript) -> Verdict | None:
        """What the parties say of a changed sum; None when nobody notices."""
        if guard == "verified":
            return self._checked(cheat, transcript)
        if guard == "masked":
            try:
                for block, spec in zip(cheat.blocks, self.specs, strict=True):
                    decode(block, spec, len(cheat.survivors))
            except RangeError as error:
                return Verdict((), error.message)
        return None

    def _checked(self, cheat: Sum, transcript: Transcript) -> Verdict | None:
        verifiers = [Verifier(client) for client in self._clients]
        try:
            announcement = self._server.announce(self._number, cheat)
            confirmations = [verifier.confirm(announcement) for verifier in verifiers]
            forms = [verifier.forms(confirmations) for verifier in verifiers]
            for verifier in verifiers:
                verifier.check(forms)
        except VerificationError as error:
            try:
                return verifiers[0].settle(transcript)
            except VerificationError as unsettled:
                return Verdict((), f"{error.message} It could not be settled who lied: {unsettled.message}")
        return None


def _damage(specs: Sequence[BlockSpec], honest: Sum, cheat: Sum) -> tuple[float, float]:
    """(share of values that differ, largest difference over the largest true value) of the table and the totals."""
    differing, values, largest = 0, 0, 0.0
    for spec, true, changed in zip(specs, honest.blocks, cheat.blocks, strict=True):
        # As signed numbers and without the range check: what was done to the sum is measured here, not accepted.
        kind = f"<i{spec.bits // 8}"
        one, other = (block.view(kind).astype(np.float64) for block in (true, changed))
        differing += int(np.count_nonzero(true != changed))
        values += true.size
        top = float(np.abs(one).max(initial=0.0))
        if top:
            largest = max(largest, float(np.abs(other - one).max(initial=0.0)) / top)
    return differing / max(1, values), largest
