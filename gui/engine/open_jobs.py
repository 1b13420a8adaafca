"""Which jobs the engine still owes an end, and which of its events may go on to the window."""

from __future__ import annotations

import logging
from typing import Any

from fl.protocol import events as ev

log = logging.getLogger(__name__)

# Events that end their job. Everything else a job says is about its way there.
FINAL = (
    ev.TrainDone,
    ev.AuditDone,
    ev.RoundInspected,
    ev.CheatShown,
    ev.PrivacyRecord,
    ev.Datasets,
    ev.DatasetFetched,
    ev.FilePreview,
    ev.FileImported,
    ev.DatasetRemoved,
    ev.DatasetPreview,
    ev.TrainEstimate,
    ev.RunRenamed,
    ev.Runs,
    ev.Users,
    ev.Recommendations,
    ev.Items,
    ev.NewRecommendations,
    ev.RecommendedAll,
    ev.Evaluation,
    ev.RunDetails,
    ev.ReportWritten,
    ev.JobFailed,
    ev.JobCancelled,
)


class OpenJobs:
    """Jobs that were sent to the engine and have not ended."""

    def __init__(self) -> None:
        self._cancelled: dict[str, bool] = {}  # by job, in the order they were sent

    def __contains__(self, job: str) -> bool:
        return job in self._cancelled

    @property
    def waits_for_cancelled(self) -> bool:
        """Whether a job that was cancelled has not ended."""
        return any(self._cancelled.values())

    def add(self, job: str) -> None:
        """A command was sent."""
        self._cancelled[job] = False

    def cancel(self, job: str) -> bool:
        """From now on only the end of this job goes on. Whether it was open, and not cancelled before."""
        if self._cancelled.get(job, True):
            return False
        self._cancelled[job] = True
        return True

    def accept(self, event: Any) -> list[Any]:
        """What of an event may go on: nothing late, nothing of a cancelled job but its end."""
        job = getattr(event, "job", None)
        if job is None:
            return [event]
        if job not in self._cancelled:
            log.info("Dropped a late %s of job %s.", event.type, job)
            return []
        final = isinstance(event, FINAL)
        if self._cancelled[job]:
            if not final:
                return []
            event = ev.JobCancelled(job=job)
        if final:
            del self._cancelled[job]
        return [event]

    def close(self, reason: str) -> list[ev.JobCancelled | ev.JobFailed]:
        """Nothing more will come: the ends of all open jobs, for those who wait for them."""
        jobs, self._cancelled = self._cancelled, {}
        return [
            ev.JobCancelled(job=job) if cancelled else ev.JobFailed(job=job, error=reason, hint="", details="")
            for job, cancelled in jobs.items()
        ]
