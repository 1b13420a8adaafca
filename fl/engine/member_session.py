"""The process of one session of a member of a federation: python -m fl.engine.member_session.

Its supervisor (`fl.organisations.supervisor`) writes the task as a JSON line, and later words for the server; it reads
events and, last, a `SessionEnd`. Everything that libraries print goes to the log. When the supervisor is gone, so is
this process. It leaves at once when all is said: SecretFlow may hang in its own shutdown and keep the port.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from data.errors import DataError, SecretRecError, SettingsError, StorageError
from data.sentences import say
from fl.aggregation.masking.errors import SummedBeforeError
from fl.engine.streams import divert_to_log
from fl.errors import BrokenSessionError, FederationError, PartyError, SessionError
from fl.lean_start import leave_out_between_organisations
from fl.organisations import kit as kits
from fl.organisations.audit_log import AuditLog, audit_path
from fl.organisations.link import Connecting, terms_of, use
from fl.organisations.member_words import GO_ON, REGROUP, STOP
from fl.organisations.plan import Session, SessionEnd

if TYPE_CHECKING:
    from collections.abc import Callable

    from fl.organisations.kit import Kit
    from fl.organisations.link import SignedLink
    from fl.protocol.events import Event

log = logging.getLogger(__name__)

_JOB: Final = "member"
_CLOSING_SECONDS: Final = 5.0  # for what was sent last to arrive
# What a member cannot do now, it cannot do in the next session either.
_LASTING: Final = (DataError, SettingsError, StorageError, FederationError, PartyError)


def main() -> None:
    """Do the task that comes on standard input, and leave."""
    out, _, _ = divert_to_log("member-session")
    task = json.loads(sys.stdin.readline())
    kit = kits.read(Path(task["kit"]))
    audit = AuditLog(audit_path(kit.file.name, kit.member))
    terms = terms_of(kit, Session.model_validate(task["session"]), task["listen"])
    connecting = Connecting(terms, task["held_port"])
    wish = _Wish()
    threading.Thread(target=wish.listen, name="supervisor", daemon=True).start()

    end = _end_of_session(task, kit, connecting, audit, wish, lambda event: _tell(event, out))
    _tell(end, out)
    logging.shutdown()
    os._exit(0)


def _end_of_session(
    task: dict[str, Any],
    kit: Kit,
    connecting: Connecting,
    audit: AuditLog,
    wish: _Wish,
    tell: Callable[[Event], None],
) -> SessionEnd:
    """Train, and say how it ended."""
    # Heavy: while they are imported, the link connects.
    from fl.federation.session import prepare_environment

    leave_out_between_organisations()
    prepare_environment()
    from fl.jobs.context import JobContext
    from fl.jobs.member_training import MemberTask, RegroupError, train_as_member

    link = use(connecting, kit.identity(), audit)
    try:
        job = MemberTask(kit, Session.model_validate(task["session"]), task["dataset"], task["threads"], wish.get)
        done = train_as_member(job, link, JobContext(_JOB, tell))
    except RegroupError as error:
        _close(link)
        return SessionEnd(outcome="regroup", problem=error.message)
    except BrokenSessionError as error:
        log.exception("the session broke")
        lasting = not error.member and isinstance(error.cause, _LASTING)
        return SessionEnd(
            outcome="failed" if lasting else "broken",
            member=error.member or (kit.member if error.cause is not None else ""),
            problem=error.message,
            hint=error.hint,
            lasting=lasting,
            needs_all=isinstance(error.cause, SummedBeforeError),
        )
    except SecretRecError as error:
        log.exception("the session failed")
        lasting = not isinstance(error, SessionError)
        return SessionEnd(
            outcome="failed" if lasting else "broken",
            member=kit.member,
            problem=error.message,
            hint=error.hint,
            lasting=lasting,
        )
    except Exception as error:  # the outermost frame: it is logged, and the supervisor tries again
        log.exception("unforeseen failure")
        problem = say(
            "member.unforeseen", "An unforeseen failure ({kind}); the log says more.", kind=type(error).__name__
        )
        return SessionEnd(outcome="broken", member=kit.member, problem=problem)
    _close(link)
    return SessionEnd(outcome="finished", result=done.result)


def _tell(event: Event | SessionEnd, out: TextIO) -> None:
    print(event.model_dump_json(), file=out, flush=True)


class _Wish:
    """What the supervisor wants of the server after a round; the process leaves when its supervisor is gone."""

    def __init__(self) -> None:
        self._word = GO_ON

    def get(self) -> str:
        return self._word

    def listen(self) -> None:
        for line in sys.stdin:
            if line.strip() in (REGROUP, STOP):
                self._word = line.strip()
        os._exit(1)


def _close(link: SignedLink) -> None:
    """Let what was sent last arrive; not for ever, because the others may be gone already."""
    closing = threading.Thread(target=link.stop, daemon=True)
    closing.start()
    closing.join(_CLOSING_SECONDS)


if __name__ == "__main__":
    main()
