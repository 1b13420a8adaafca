"""The parties that answered, and those that are lost: their process died, or they took too long."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import ray
import ray.exceptions
from secretflow import PYU, reveal
from secretflow.device import PYUObject
from secretflow.distributed.fed.exception import FedLocalError, FedRemoteError

from data.errors import SecretRecError
from data.sentences import Said, say
from fl.errors import BrokenSessionError, PartyError, of_party

log = logging.getLogger(__name__)

_PIECE = 1.0  # seconds
DIED = say("dropout.died", "its process died")


def answers(values: Mapping[PYU, PYUObject], timeout: float = 0.0) -> tuple[dict[PYU, Any], dict[PYU, str]]:
    """Return what each party answered, and why the others did not.

    Args:
        values: one value at each party.
        timeout: seconds to wait for all of them; 0 waits as long as it takes.

    Raises:
        PartyError: a party answered with a failure; names it.
    """
    late = _late(values, timeout)
    if not late:
        try:
            return dict(zip(values, reveal(list(values.values())), strict=True)), {}
        except ray.exceptions.RayError:
            log.info("somebody did not answer; asking one by one")
    found: dict[PYU, Any] = {}
    lost: dict[PYU, str] = {}
    for device, value in values.items():
        if device in late:
            lost[device] = too_late(timeout)
            continue
        try:
            found[device] = reveal(value)
        except ray.exceptions.RayActorError:
            lost[device] = DIED
        except ray.exceptions.RayError as error:
            log.exception("%s failed", device)
            raise PartyError(str(device), sentence(error)) from error
    return found, lost


def too_late(timeout: float) -> Said:
    """Return why a party is missing that took too long."""
    return say("dropout.late", "it did not answer within {seconds:g} seconds", seconds=timeout)


def sentence(error: BaseException) -> str:
    """Return the last line of what went wrong in another process."""
    cause = getattr(error, "cause", None) or error
    lines = str(cause).strip().splitlines()
    return lines[-1].strip() if lines else type(cause).__name__


def broken(error: BaseException) -> BrokenSessionError:
    """Return what ended a session between organisations: SecretFlow answers nothing any more after it."""
    if isinstance(error, BrokenSessionError):
        return error
    member = str(error.party()) if isinstance(error, FedRemoteError) else ""
    cause: BaseException = error
    while isinstance(cause, FedRemoteError | FedLocalError) and cause.cause() is not None:
        cause = cause.cause()
    known = cause if isinstance(cause, SecretRecError) else None
    reason = known.message if known is not None else sentence(cause)
    return BrokenSessionError(
        member, of_party(member, reason) if member else reason, known.hint if known is not None else "", known
    )


def _late(values: Mapping[PYU, PYUObject], timeout: float) -> set[PYU]:
    """Return whose value is not there in time. In one process every value is there at once.

    Waiting in short pieces, of which each counts as long as it was meant to be, leaves out the time in which this
    process was stopped itself, as a laptop that sleeps stops all of them.
    """
    pending = {value.data: device for device, value in values.items() if isinstance(value.data, ray.ObjectRef)}
    late, left = list(pending) if timeout else [], timeout
    while late and left > 0:
        piece = min(left, _PIECE)
        _, late = ray.wait(late, num_returns=len(late), timeout=piece, fetch_local=False)
        left -= piece
    return {pending[reference] for reference in late}


def first_late(values: Sequence[PYUObject], timeout: float) -> PYU | None:
    """Return whom the others wait for; None when all values are there in time.

    Args:
        values: each where it is made; none waits for a later one. The last is waited for.
        timeout: seconds; 0 waits for nothing.
    """
    if not _late({values[-1].device: values[-1]}, timeout):
        return None
    for value in values:
        if not ray.wait([value.data], timeout=0, fetch_local=False)[0]:
            return value.device
    return None
