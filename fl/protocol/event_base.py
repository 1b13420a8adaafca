"""The base of all events, and of those of a job."""

from __future__ import annotations

from fl.record import Record


class Event(Record):
    """Something that the engine says. The literal `type` of each class tells them apart."""


class JobEvent(Event):
    """An event of one job, whose id the command chose."""

    job: str
