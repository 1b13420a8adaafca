"""The reading of a run folder for whoever shows, compares or reports runs. No TensorFlow, no SecretFlow."""

from __future__ import annotations

import math

from data.errors import StorageError
from fl.runs.records import RunDetail
from fl.runs.run_folder import RunFolder
from fl.runs.storage import AUDIT, read_json, unreadable_run


def describe(folder: RunFolder) -> RunDetail:
    """Return all that a run folder tells of its run.

    Raises:
        StorageError: the folder is damaged, or of another version.
    """
    info = folder.info()
    if not info.dataset:
        raise StorageError(unreadable_run(folder.name, info.problem))
    try:
        config = folder.config()
        evaluations = [found for found in folder.evaluations() if found.best_round == info.best_round]
        evaluations.sort(key=lambda found: found.protocol != info.protocol)
        audit = folder.path / AUDIT
        return RunDetail(
            info=info,
            settings=folder.settings(),
            fingerprint=str(config.get("fingerprint", "")),
            n_users=int(config.get("n_users", 0)),
            n_items=int(config.get("n_items", 0)),
            n_train=int(config.get("n_train", 0)),
            versions=config.get("versions", {}),
            machine=config.get("machine", {}),
            placement=config.get("placement", {}),
            rounds=tuple(folder.rounds()),
            result={name: value for name, value in (folder.result() or {}).items() if _is_scalar(value)},
            intervals=folder.intervals(),
            evaluations=tuple(evaluations),
            audit=read_json(audit) if audit.exists() else None,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError(unreadable_run(folder.name, error)) from error


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, str) or _is_number(value)


def _is_number(value: object) -> bool:
    """Return whether a value is a finite number: JSON from Python may hold NaN, which other readers do not take."""
    return isinstance(value, int | float) and math.isfinite(value)
