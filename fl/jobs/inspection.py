"""The job `inspect_round`: one round of a run's messages, for the person to look at.

The round after the run's best one is replayed in this process: what party-1 has to send, what the server receives of
it, and the sum over all parties, as crops for heatmaps; and a record of every kind of message with its size and who can
read it. Showing a party's update is for demonstration: the driver of a simulation has all parties' data anyway; a party
of a real federation never gives it away. So it happens only when asked for, and never in training.

With differential privacy what party-1 sends has its part of the noise, drawn anew, and nothing without noise is shown.
Still its part alone protects less than the sum's noise does, and no account counts this round: the pictures are shown
and not kept.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data.sentences import Said, join, say
from fl.aggregation.masking.packing import bits_of, unpack_block
from fl.aggregation.masking.ring import decode
from fl.audit.masked_parties import MaskedParties
from fl.audit.message_records import Sizes, message_records
from fl.audit.replayed_party import ReplayedRound, Sent
from fl.jobs.context import JobContext
from fl.jobs.replay import Replay, replay
from fl.protocol.commands import InspectRound
from fl.protocol.events import RoundInspected
from fl.runs.records import Heatmap, Inspection, PictureKind
from fl.runs.storage import INSPECTION
from fl.settings.aggregators import AGGREGATORS, claim_for

ROWS, COLUMNS = 40, 32

_NOTE = say(
    "inspection.note",
    "For demonstration, in simulation: a round replayed on this machine from the run's checkpoint. A party never shows "
    "what it sends.",
)
_KEPT_NOTE = say("inspection.kept", "Crops of the tables are in the run folder, {file}.", file=INSPECTION)
_NOISE_NOTE = say(
    "inspection.noise",
    "Its noise is drawn anew; the update without noise is not shown. The pictures are not counted in epsilon and not "
    "kept: do not pass them on.",
)


def inspect_round(command: InspectRound, context: JobContext) -> RoundInspected:
    """Replay a round of a run and show its messages.

    Raises:
        SecretRecError: no such run, nothing trained yet, other data, or a party refuses to send its update.
    """
    found = replay(command.run, context)
    settings = found.settings
    context.phase(say("phase.replaying-to-show", "replaying a round to show its messages"))
    given = found.round()
    # Sizes are those of the same round in training; a run that ended before it has them of the best round.
    trained = {record.round: record for record in found.folder.rounds()}
    measured = trained.get(given.number, trained[found.best_round])
    noisy = found.rules.privacy is not None
    done = Inspection(
        run=command.run,
        round=given.number,
        aggregator=settings.aggregator,
        party="party-1",
        claim=claim_for(settings.aggregator_choice, settings.parties),
        note=join((_NOTE, _NOISE_NOTE if noisy else _KEPT_NOTE)),
        messages=message_records(settings, found.n_items, Sizes(measured.bytes_up, measured.bytes_down)),
        pictures=_pictures(found, given, list(found.messages(given, context))),
    )
    kept = done.model_copy(update={"pictures": ()}) if noisy else done
    found.folder.write_object(INSPECTION, kept.model_dump())
    return RoundInspected(job=context.job, inspection=done)


def _pictures(found: Replay, given: ReplayedRound, messages: list[Sent]) -> tuple[Heatmap, ...]:
    """Return the same rows and columns of party-1's update, of what the server receives of it, and of the sum."""
    settings, update = found.settings, given.real(messages[0].table)
    places = _places(update)
    items = given.rows[places]
    true = say("picture.update", "true update of {party}", party="party-1")
    noised = say("picture.noised", "update of {party} with its noise", party="party-1")
    received = say("picture.received", "as the server receives it")
    first = _picture("update", true, update[places], items)
    if found.rules.privacy is not None:
        first = _picture("noised", noised, update[places], items)
    pictures = [first]
    if AGGREGATORS[settings.aggregator].masks:
        spec = found.specs(messages[0])[0]
        masked = MaskedParties(len(messages)).sum([sent.parts[:1] for sent in messages], [spec])
        wire = masked.uploads[0].blocks[0]
        # Ring elements, uniform in 0 .. 2^b - 1, as shares of that range.
        shares = unpack_block(wire).astype(np.float64) / 2.0 ** bits_of(wire)
        pictures.append(_picture("received", received, shares[places], items))
        total = given.real(decode(masked.total.blocks[0], spec, len(messages)))
    else:
        if AGGREGATORS[settings.aggregator].is_open:
            pictures.append(_picture("received", received, update[places], items))
        total = np.sum([given.real(sent.table) for sent in messages], axis=0)
    what = say("picture.sum", "sum over {parties} parties", parties=settings.parties)
    pictures.append(_picture("sum", what, total[places], items))
    return tuple(pictures)


def _places(update: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rows to show: the half that changes most, and others evenly from the rest, in order."""
    n = min(ROWS, len(update))
    by_size = np.argsort(-np.linalg.norm(update, axis=1), kind="stable")
    rest = by_size[n // 2 :]
    chosen = rest[np.linspace(0, len(rest) - 1, n - n // 2).round().astype(np.int64)]
    return np.sort(np.concatenate([by_size[: n // 2], chosen]))


def _picture(kind: PictureKind, what: Said, rows: NDArray[np.float64], items: NDArray[np.int64]) -> Heatmap:
    crop = rows[:, :COLUMNS]
    return Heatmap(
        kind=kind,
        what=what,
        items=tuple(items.tolist()),
        values=tuple(tuple(float(f"{value:.6g}") for value in row) for row in crop),
        low=float(crop.min()),
        high=float(crop.max()),
    )
