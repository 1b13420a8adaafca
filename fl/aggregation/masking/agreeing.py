"""A party's checks before it helps to unmask: of the list of survivors, and of the others' signatures of it."""

from __future__ import annotations

from collections.abc import Sequence

from data.sentences import say
from fl.aggregation.masking.batch import Batch, SentMessage
from fl.aggregation.masking.errors import DropoutError, RefusedMessageError
from fl.aggregation.masking.keys import Roster, is_signed
from fl.aggregation.masking.messages import Agreement, SurvivorList


def check_list(batch: Batch, name: str, threshold: int, survivors: SurvivorList) -> SentMessage:
    """Refuse a list of survivors that a party must not sign. Return the message that it is of.

    Args:
        batch: the party's memory.
        name: of the party.
        threshold: of the roster.
        survivors: as the server shows it.

    Raises:
        RefusedMessageError: the list is not for the last message, lacks this party or its upload, or differs from one
            that was signed before.
        DropoutError: there are fewer survivors than the threshold.
    """
    sent, names = batch.sent.get(survivors.number), survivors.names
    if survivors.context != batch.context or sent is None:
        raise RefusedMessageError(
            say(
                "masking.unmasking-asked-message",
                "Unmasking was asked for message {number}, which is not open: a replay.",
                number=survivors.number,
            )
        )
    if sent.survivors is not None and sent.survivors != survivors:
        raise RefusedMessageError(
            say(
                "masking.named-survivors-after",
                "The server named survivors {survivors} after {survivors_2}, or other uploads of them: answering "
                "both could expose a party.",
                survivors=", ".join(names),
                survivors_2=", ".join(sent.survivors.names),
            )
        )
    if tuple(other for other in batch.adverts if other in names) != names:
        raise RefusedMessageError(
            say(
                "masking.survivors-not-parties",
                "The survivors {survivors} are not parties of this batch.",
                survivors=", ".join(names),
            )
        )
    if name not in names:
        raise RefusedMessageError(
            say(
                "masking.counts-dropped-though-sent",
                "The server counts {name} as dropped out, though it sent its part.",
                name=name,
            )
        )
    if dict(survivors.uploads)[name] != sent.upload:
        raise RefusedMessageError(
            say(
                "masking.shows-another-upload",
                "The server shows another upload of {name} than it sent.",
                name=name,
            )
        )
    if len(names) < threshold:
        raise DropoutError(
            say(
                "masking.parties-left-fewer",
                "{n_survivors} parties are left, fewer than the threshold {threshold}.",
                n_survivors=len(names),
                threshold=threshold,
            )
        )
    return sent


def check_agreements(roster: Roster, shown: str, survivors: SurvivorList, agreements: Sequence[Agreement]) -> None:
    """Refuse a list of survivors that fewer than `threshold` of them signed.

    Args:
        roster: of all parties.
        shown: the party that was shown the list.
        survivors: the list.
        agreements: signatures of it; those of other parties than the survivors do not count.

    Raises:
        RefusedMessageError: a signature is of another list, or there are too few.
    """
    names, body = survivors.names, survivors.body()
    signed: set[str] = set()
    for agreement in agreements:
        name = agreement.sender
        if name not in names:
            continue
        if not is_signed(roster.keys[roster.place(name)], body, agreement.signature):
            raise RefusedMessageError(
                say(
                    "masking.signed-another-list",
                    "{name} did not sign the list of survivors that {shown} was shown: the server tells different "
                    "parties different things.",
                    name=name,
                    shown=shown,
                )
            )
        signed.add(name)
    if len(signed) < roster.threshold:
        raise RefusedMessageError(
            say(
                "masking.list-signed-by-few",
                "{n_signed} parties signed the list of survivors, fewer than the threshold {threshold}.",
                n_signed=len(signed),
                threshold=roster.threshold,
            )
        )
