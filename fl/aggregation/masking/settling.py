"""The search for who lied, when a sum and the forms of its parts disagree: the server, or a party about its forms.

The server is asked for the transcript of the message: every upload as its sender signed it, and the secrets that
others helped it to rebuild, which open the parts. Secrets must fit the commitments and keys in the adverts, so the
server cannot invent a transcript; from it, everybody works out what it should have announced, and what forms each party
should have given. Whoever is not in agreement with it lied. A server that shows no valid transcript lied.

A transcript shows every party the other parties' parts: messages still under the masks they share with each other,
which all parties but one together can take off. So does a sum. It is asked for only after a check failed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.sentences import Said, say
from fl.aggregation.masking import masks
from fl.aggregation.masking.errors import RefusedMessageError
from fl.aggregation.masking.forms import forms
from fl.aggregation.masking.keys import Roster, is_signed, pair_seed, public_of
from fl.aggregation.masking.messages import Advert, Forms, Upload, self_commitment
from fl.aggregation.masking.packing import bits_of, reduced, unpack_block
from fl.aggregation.masking.ring_types import RingArray
from fl.errors import AggregationError

SERVER = "server"


@dataclass(frozen=True)
class Transcript:
    """Everything that a sum was made of.

    Attributes:
        uploads: of the survivors, in order.
        self_seeds: (name, seed) of the survivors' own masks.
        dropped_keys: (name, private mask key) of who dropped out.
        mask_keys: (name, public mask key) of the survivors; not trusted by who judges.
        places: (name, place on the roster) of all of them; likewise.
    """

    uploads: tuple[Upload, ...]
    self_seeds: tuple[tuple[str, bytes], ...]
    dropped_keys: tuple[tuple[str, bytes], ...]
    mask_keys: tuple[tuple[str, bytes], ...]
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Verdict:
    """The names of those who lied ("server", or parties), and a sentence. None, when sum and forms agree after all."""

    culprits: tuple[str, ...]
    reason: str


def parts_of(transcript: Transcript) -> dict[str, list[RingArray]]:
    """Return every survivor's message with the masks it shares with other survivors, which cancel in the sum."""
    seeds, keys, places = dict(transcript.self_seeds), dict(transcript.mask_keys), dict(transcript.places)
    parts = {}
    for upload in transcript.uploads:
        blocks = [unpack_block(block).copy() for block in upload.blocks]
        masks.apply(blocks, seeds[upload.sender], -1)
        for name, key in transcript.dropped_keys:
            seed = pair_seed(upload.context, upload.number, (name, key), (upload.sender, keys[upload.sender]))
            masks.apply(blocks, seed, -masks.pair_sign(places[upload.sender], places[name]))
        parts[upload.sender] = [reduced(b, bits_of(w)) for b, w in zip(blocks, upload.blocks, strict=True)]
    return parts


def settle(
    roster: Roster,
    batch: int,
    adverts: Mapping[str, Advert],
    survivors: tuple[str, ...],
    total: tuple[RingArray, ...],
    seed: bytes,
    given: Mapping[str, Forms],
    transcript: Transcript,
) -> Verdict:
    """Judge by a transcript.

    Args:
        roster: of all parties.
        batch: number of the batch.
        adverts: its keys, by party.
        survivors: as the server named them.
        total: the sum it announced.
        seed: of the linear forms.
        given: the forms that each party sent.
        transcript: what the server shows for itself.
    """
    problem = _problem_of(roster, batch, adverts, survivors, given, transcript)
    if problem:
        return Verdict(
            (SERVER,), say("verdict.not-shown", "The server cannot show what it summed: {problem}", problem=problem)
        )
    parts = parts_of(transcript)
    bits = [bits_of(block) for block in transcript.uploads[0].blocks]
    liars = tuple(name for name in survivors if forms([tuple(parts[name])], seed, bits)[0] != given[name].values)
    if liars:
        return Verdict(
            liars,
            say("verdict.liars", "{names} gave forms of something else than it uploaded.", names=", ".join(liars)),
        )
    for place, announced in enumerate(total):
        added = reduced(np.add.reduce([parts[name][place] for name in survivors], dtype=announced.dtype), bits[place])
        if not np.array_equal(added, announced):
            return Verdict(
                (SERVER,),
                say("verdict.server", "The server announced another sum than that of the signed uploads it received."),
            )
    return Verdict((), say("verdict.agree", "Sum, uploads and forms agree."))


def _problem_of(
    roster: Roster,
    batch: int,
    adverts: Mapping[str, Advert],
    survivors: tuple[str, ...],
    given: Mapping[str, Forms],
    transcript: Transcript,
) -> str:
    number, context = next((f.number, f.context) for f in given.values())
    if tuple(upload.sender for upload in transcript.uploads) != survivors:
        return say("verdict.missing", "uploads are missing.")
    for upload in transcript.uploads:
        key = roster.keys[roster.place(upload.sender)]
        if (upload.context, upload.number) != (context, number) or not is_signed(key, upload.body(), upload.signature):
            return say(
                "verdict.unsigned", "the upload of {name} is not signed by it for this message.", name=upload.sender
            )
    seeds, keys = dict(transcript.self_seeds), dict(transcript.dropped_keys)
    for name in survivors:
        told = self_commitment(roster.digest(), name, batch, number, seeds.get(name, b""))
        if told != adverts[name].self_commitments[number]:
            return say("verdict.mask", "the mask of {name} is not the one it committed to.", name=name)
    for name in adverts:
        if name not in survivors and (name not in keys or public_of(keys[name]) != adverts[name].mask_keys[number]):
            return say("verdict.key", "the key of {name}, who dropped out, is not its own.", name=name)
    honest_keys = tuple((name, adverts[name].mask_keys[number]) for name in survivors)
    places = tuple((name, roster.place(name)) for name in adverts)
    if dict(transcript.mask_keys) != dict(honest_keys) or dict(transcript.places) != dict(places):
        return say("verdict.keys", "its keys are not the parties'.")
    return ""


def not_settled(refused: AggregationError, unsettled: AggregationError) -> Said:
    """Return why a sum was refused, and why nobody can be named for it."""
    return say(
        "verdict.not-settled",
        "{refused} It could not be settled who lied: {unsettled}",
        refused=refused.message,
        unsettled=unsettled.message,
    )


def need_transcript(transcript: Transcript | None) -> Transcript:
    """Return the transcript. Raise RefusedMessageError when there is none."""
    if transcript is None:
        raise RefusedMessageError(say("masking.no-transcript-sum", "There is no transcript of a sum."))
    return transcript
