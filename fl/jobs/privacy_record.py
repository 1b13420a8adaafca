"""The reading of what a run folder tells of the run's privacy: messages, account, verification log, audit."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from data.errors import StorageError
from fl.jobs.context import JobContext
from fl.protocol.commands import ReadPrivacy
from fl.protocol.events import PrivacyRecord
from fl.runs import verification_log
from fl.runs.records import Audit, MessageRecord
from fl.runs.run_folder import RunFolder
from fl.runs.storage import ACCOUNT, AUDIT, read_object, unreadable_run


def read_privacy(command: ReadPrivacy, context: JobContext) -> PrivacyRecord:
    """Return all that a run's folder tells of its privacy.

    Raises:
        StorageError: a file of the folder is damaged.
    """
    folder = RunFolder.find(command.run)
    config, settings, rounds = folder.config(), folder.settings(), folder.rounds()
    account = _optional(folder, ACCOUNT) or {}
    audit = _optional(folder, AUDIT)
    try:
        return PrivacyRecord(
            job=context.job,
            run=folder.name,
            settings=settings,
            messages=_messages(folder, int(config.get("n_items", 0))) if rounds else (),
            epsilons=tuple((one.round, one.epsilon) for one in rounds if one.epsilon is not None),
            epsilon=account.get("epsilon"),
            delta=account.get("delta"),
            noise_multiplier=account.get("noise_multiplier"),
            checks=verification_log.read(folder),
            audit=None if audit is None else Audit(**audit),
        )
    except (KeyError, TypeError, ValidationError) as error:
        raise StorageError(unreadable_run(folder.name, error)) from error


def _messages(folder: RunFolder, n_items: int) -> tuple[MessageRecord, ...]:
    # Only where they are needed: the masks' cryptography comes with them.
    from fl.audit.message_records import Sizes, message_records

    last = folder.rounds()[-1]
    return message_records(folder.settings(), n_items, Sizes(last.bytes_up, last.bytes_down))


def _optional(folder: RunFolder, name: str) -> dict[str, Any] | None:
    path = folder.path / name
    return read_object(path) if path.exists() else None
