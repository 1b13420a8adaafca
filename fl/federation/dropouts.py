"""The parties that answered, and those that are lost: their process died, or they took too long."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import ray
import ray.exceptions
from secretflow import PYU, reveal
from secretflow.device import PYUObject
from secretflow.distributed.fed.exception import FedLocalError, FedRemoteError

from data.errors import SecretRecError
from data.sentences import say
from fl.errors import BrokenSessionError, PartyError, of_party

log = logging.getLogger(__name__)

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
            lost[device] = say("dropout.late", "it did not answer within {seconds:g} seconds", seconds=timeout)
            continue
        try:
            found[device] = reveal(value)
        except ray.exceptions.RayActorError:
            lost[device] = DIED
        except ray.exceptions.RayError as error:
            log.exception("%s failed", device)
            raise PartyError(str(device), sentence(error)) from error
    return found, lost


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
    """Return whose value is not there in time. In one process every value is there at once."""
    pending = {value.data: device for device, value in values.items() if isinstance(value.data, ray.ObjectRef)}
    if not timeout or not pending:
        return set()
    _, late = ray.wait(list(pending), num_returns=len(pending), timeout=timeout, fetch_local=False)
    return {pending[reference] for reference in late}
