"""The account of a run, on disk before anything is revealed: a round that crashed was still sent, and counts."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from data.errors import SettingsError, StorageError
from data.sentences import say
from fl.privacy.accountant import account_of, epsilon_of_a_party
from fl.privacy.mechanism import Privacy
from fl.privacy.settings import damaged_account
from fl.runs.storage import ACCOUNT, read_object, write_json

_BEFORE = {"colluding": 0}  # of accounts that are older than the setting


class Budget:
    """A count of the rounds that were revealed, and what that costs.

    Attributes:
        releases: rounds begun so far, finished or not.
    """

    def __init__(self, privacy: Privacy, folder: Path | None, done: int = 0) -> None:
        """Go on with the account in the folder, if there is one.

        Args:
            privacy: the mechanism of the run.
            folder: of the run; None keeps the account in memory.
            done: rounds finished before, for a run without an account on disk.

        Raises:
            StorageError: the account is damaged, or of another mechanism.
        """
        self._accountant = account_of(privacy)
        self._path = None if folder is None else folder / ACCOUNT
        self.releases = done
        if self._path is not None and self._path.exists():
            self._read(self._path, done)

    @property
    def epsilon(self) -> float:
        """The epsilon of everything revealed so far."""
        return self._accountant.epsilon(self.releases)

    def allows_another(self) -> bool:
        """Return whether one more round stays within the target."""
        return self._accountant.epsilon(self.releases + 1) <= self._accountant.privacy.target_epsilon

    def begin_round(self) -> None:
        """Count a round, before anything of it leaves a party.

        Raises:
            SettingsError: it would exceed the target.
            StorageError: it cannot be written down.
        """
        target = self._accountant.privacy.target_epsilon
        if not self.allows_another():
            next_one = self._accountant.epsilon(self.releases + 1)
            raise SettingsError(
                say(
                    "privacy.round-raise-epsilon-above",
                    "Another round would raise epsilon to {next_one:.3g}, above the target of {target:g}.",
                    next_one=next_one,
                    target=target,
                ),
                say("privacy.choose-larger-target-more", "Choose a larger target or more noise."),
            )
        self.releases += 1
        if self._path is not None:
            write_json(self._path, self._record())

    def _record(self) -> dict[str, object]:
        p = self._accountant.privacy
        seen = epsilon_of_a_party(replace(p, target_epsilon=math.inf), self.releases)
        return {
            "method": p.method,
            "adjacency": "one user's contribution emptied; the number of users is public",
            "clip_norm": p.clip_norm,
            "noise_multiplier": p.noise_multiplier,
            "figures_multiplier": p.figures_multiplier if p.figures else None,
            "sampling": p.sampling,
            "delta": p.delta,
            "target_epsilon": p.target_epsilon if math.isfinite(p.target_epsilon) else None,
            "releases": self.releases,
            "epsilon": self.epsilon,
            "colluding": p.colluding,
            "epsilon_of_a_party": seen,
        }

    def _read(self, path: Path, done: int) -> None:
        stored, own = read_object(path), self._record()
        same = ("method", "clip_norm", "noise_multiplier", "sampling", "delta", "colluding")
        if not isinstance(stored.get("releases"), int):
            raise StorageError(damaged_account(path))
        different = [name for name in same if stored.get(name, _BEFORE.get(name)) != own[name]]
        if different:
            raise StorageError(
                say(
                    "privacy.account-mechanism-differ",
                    "{path} is the account of another mechanism ({different} differ).",
                    path=path,
                    different=", ".join(different).replace("_", " "),
                ),
                say("privacy.resume-run-settings-began", "Resume a run with the settings it began with."),
            )
        self.releases = max(done, stored["releases"])
