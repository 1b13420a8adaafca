"""The check of the keys that parties advertise, made by every party and by the server."""

from __future__ import annotations

from collections.abc import Sequence

from data.sentences import Said, say
from fl.aggregation.masking.errors import DropoutError, RefusedMessageError
from fl.aggregation.masking.keys import Roster, is_signed
from fl.aggregation.masking.messages import Advert

# Messages per batch: a round needs two (update, validation figures), so keys are renewed every 32 rounds.
BATCH_MESSAGES = 64


def keys_came_twice(sender: str) -> Said:
    """Return that a party sent keys a second time."""
    return say("masking.keys-came-twice", "Keys of {sender} came twice.", sender=sender)


def check_adverts(roster: Roster, batch: int, messages: int, adverts: Sequence[Advert]) -> None:
    """Refuse keys that are not those of enough different parties of the roster, for this batch.

    Raises:
        RefusedMessageError: naming whose are refused.
        DropoutError: there are fewer adverts than the threshold.
    """
    seen: set[str] = set()
    for advert in adverts:
        if advert.sender in seen:
            raise RefusedMessageError(keys_came_twice(advert.sender))
        check_advert(roster, batch, messages, advert)
        seen.add(advert.sender)
    if len(seen) < roster.threshold:
        raise DropoutError(
            say(
                "masking.parties-sent-keys-fewer",
                "{n_seen} parties sent keys, fewer than the threshold of {threshold}.",
                n_seen=len(seen),
                threshold=roster.threshold,
            )
        )


def check_advert(roster: Roster, batch: int, messages: int, advert: Advert) -> None:
    """Refuse keys that are not signed by a party of the roster, or not for this batch.

    Raises:
        RefusedMessageError: naming the sender.
    """
    name = advert.sender
    if name not in roster.names:
        raise RefusedMessageError(
            say("masking.keys-came-not-roster", "Keys came from {name}, who is not on the roster.", name=name)
        )
    if not is_signed(roster.keys[roster.place(name)], advert.body(roster.digest()), advert.signature):
        raise RefusedMessageError(say("masking.keys-not-signed", "The keys of {name} are not signed by it.", name=name))
    if advert.batch != batch:
        raise RefusedMessageError(
            say(
                "masking.keys-batch-not-replay",
                "The keys of {name} are of batch {batch}, not {batch_2}: a replay.",
                name=name,
                batch=advert.batch,
                batch_2=batch,
            )
        )
    lists = (advert.mask_keys, advert.self_commitments)
    if any(len(values) != messages or any(len(value) != 32 for value in values) for values in lists):
        raise RefusedMessageError(
            say("masking.did-not-send-key", "{name} did not send one key and commitment per message.", name=name)
        )
