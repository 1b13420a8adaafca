"""The sum of masked uploads and of the secrets that open them, for the server and for parties that check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fl.aggregation.masking import masks
from fl.aggregation.masking.keys import Roster, pair_seed
from fl.aggregation.masking.messages import Advert, Upload
from fl.aggregation.masking.packing import bits_of, reduced, unpack_block
from fl.aggregation.masking.ring_types import RingArray

NamedSecrets = Sequence[tuple[str, bytes]]


def summed(
    roster: Roster,
    adverts: Mapping[str, Advert],
    uploads: Sequence[Upload],
    self_seeds: NamedSecrets,
    keys: NamedSecrets,
) -> tuple[RingArray, ...]:
    """Return the sum of the messages in `uploads`, as ring elements.

    Args:
        roster: of all parties.
        adverts: of the senders, by name.
        uploads: of the survivors, of equal shapes.
        self_seeds: (name, seed) of their own masks.
        keys: (name, private mask key) of the parties that dropped out after they shared keys.
    """
    total = [unpack_block(block).copy() for block in uploads[0].blocks]
    for upload in uploads[1:]:
        for block, more in zip(total, upload.blocks, strict=True):
            np.add(block, unpack_block(more), out=block)
    seeds = dict(self_seeds)
    for upload in uploads:
        _take_off(total, roster, adverts[upload.sender], upload, seeds[upload.sender], keys)
    return _reduced(total, uploads[0])


def opened(
    roster: Roster, advert: Advert, upload: Upload, self_seed: bytes, keys: NamedSecrets
) -> tuple[RingArray, ...]:
    """Return one message with the masks that it shares with other survivors, which cancel in the sum."""
    blocks = [unpack_block(block).copy() for block in upload.blocks]
    _take_off(blocks, roster, advert, upload, self_seed, keys)
    return _reduced(blocks, upload)


def _take_off(
    blocks: Sequence[RingArray], roster: Roster, advert: Advert, upload: Upload, self_seed: bytes, keys: NamedSecrets
) -> None:
    """Take off a party's own mask and those that it shares with parties that dropped out, in place."""
    masks.apply(blocks, self_seed, -1)
    for name, key in keys:
        public = advert.mask_keys[upload.number]
        seed = pair_seed(upload.context, upload.number, upload.told, (name, key), (upload.sender, public))
        masks.apply(blocks, seed, -masks.pair_sign(roster.place(upload.sender), roster.place(name)))


def _reduced(blocks: Sequence[RingArray], upload: Upload) -> tuple[RingArray, ...]:
    return tuple(reduced(block, bits_of(wire)) for block, wire in zip(blocks, upload.blocks, strict=True))
