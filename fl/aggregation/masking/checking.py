"""Every party adds up the sum itself, from the masked uploads, and compares.

After unmasking, the server shows each survivor the sum, all signed uploads, and the rebuilt secrets that open them. The
party takes the uploads whose digests stand in the list of survivors that `threshold` parties signed before any share
was given; checks that each is signed by its sender and that the secrets fit the commitments and keys in the adverts;
adds up; and compares with the announced sum, value by value. Counts and losses are blocks of the same message, so they
are covered.

What it gives: a sum that a party accepts holds every honest survivor's message exactly once and unchanged, whoever
colludes with the server. And nobody's message was chosen after something was known of the sum of the others, while
fewer than 2 * threshold - n parties collude: all digests were fixed before the first share (a server with more parties
on its side can have two lists signed).

What it shows: each party sees the others' uploads without their own masks, but still under the masks that every two
survivors share, which only all parties but one together can take off, as they can with the sum. What it does not show:
what the server does with the sum afterwards, nor that inputs are honest.

A party receives n uploads for each sum. The alternative of constant size, random linear forms of the parts that add up
to those of the sum, does not bind a party that colludes with the server: it answers with the sum's forms minus the
others'. Homomorphic commitments to the uploads would (Guo et al., VeriFL, IEEE TIFS 2021), at one curve operation a
value.
"""

from __future__ import annotations

import numpy as np

from data.sentences import say
from fl.aggregation.masking import masks
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.errors import RefusedMessageError, VerificationError
from fl.aggregation.masking.keys import KEY_BYTES, is_signed, public_of
from fl.aggregation.masking.messages import Announcement, SurvivorList, self_commitment
from fl.aggregation.masking.packing import unpack_block
from fl.aggregation.masking.unmasking import summed

SERVER = "server"


def check_sum(client: MaskingClient, announcement: Announcement) -> None:
    """Refuse an announced sum that is not that of the survivors' uploads. Also after a refusal the client may go on.

    Args:
        client: of the party that checks, which gave shares for this message.
        announcement: as the server shows it to this party.

    Raises:
        VerificationError: naming what is wrong; the server is the culprit.
    """
    try:
        sent = client.sent(announcement.number)
    except RefusedMessageError as error:
        raise VerificationError(
            say("checking.old-sum", "The server announced an old sum. {reason}", reason=error.message)
        ) from error
    if announcement.context != client.context:
        raise VerificationError(say("checking.another-batch", "The server announced a sum of another batch: a replay."))
    if sent.survivors is None or sent.shares is None:
        raise VerificationError(
            say(
                "checking.before-unmasking",
                "The server announced a sum of message {number} before unmasking it.",
                number=announcement.number,
            )
        )
    sent.checked = True
    problem = _problem_of(client, sent.survivors, announcement)
    if problem:
        raise VerificationError(
            say("checking.cannot-show", "The server cannot show what it summed: {problem}", problem=problem),
            culprits=(SERVER,),
        )
    right = summed(
        client.roster, client.adverts, announcement.uploads, announcement.self_seeds, announcement.dropped_keys
    )
    try:
        found = [unpack_block(block) for block in announcement.total]
    except RefusedMessageError as error:
        raise VerificationError(
            say("checking.no-sum", "The server announced no sum. {reason}", reason=error.message), culprits=(SERVER,)
        ) from error
    if [(block.shape, block.dtype) for block in found] != [(block.shape, block.dtype) for block in right]:
        raise VerificationError(
            say("checking.other-shapes", "The server announced a sum with arrays of other shapes than the parties'."),
            culprits=(SERVER,),
        )
    differing = sum(int(np.count_nonzero(one != other)) for one, other in zip(found, right, strict=True))
    if differing:
        raise VerificationError(
            say(
                "checking.another-sum",
                "The server's sum is not the sum of what the {n_parties} parties sent: {differing} of {n_values} "
                "values differ.",
                n_parties=len(sent.survivors.names),
                differing=differing,
                n_values=sum(block.size for block in right),
            ),
            culprits=(SERVER,),
        )


def _problem_of(client: MaskingClient, survivors: SurvivorList, announcement: Announcement) -> str:
    """Return why the shown uploads and secrets are not those of the list that was signed, as a sentence, or ""."""
    roster, number = client.roster, announcement.number
    if tuple((upload.sender, upload.digest()) for upload in announcement.uploads) != survivors.uploads:
        return say("checking.other-uploads", "its uploads are not those whose digests the parties signed.")
    for upload in announcement.uploads:
        if not is_signed(roster.keys[roster.place(upload.sender)], upload.body(), upload.signature):
            return say("checking.unsigned-upload", "the upload of {name} is not signed by it.", name=upload.sender)
    seeds, keys, roster_digest = dict(announcement.self_seeds), dict(announcement.dropped_keys), roster.digest()
    for name in survivors.names:
        seed = seeds.get(name, b"")
        committed = self_commitment(roster_digest, name, client.batch_number, number, seed)
        if len(seed) != masks.SEED_BYTES or committed != client.adverts[name].self_commitments[number]:
            return say("checking.other-mask", "the mask of {name} is not the one it committed to.", name=name)
    dropped = [name for name in client.adverts if name not in survivors.names]
    if [name for name, _ in announcement.dropped_keys] != dropped:
        return say("checking.missing-keys", "the keys of who dropped out are not there.")
    for name in dropped:
        if len(keys[name]) != KEY_BYTES or public_of(keys[name]) != client.adverts[name].mask_keys[number]:
            return say("checking.other-key", "the key of {name}, who dropped out, is not its own.", name=name)
    return ""
