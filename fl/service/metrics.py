"""The figures of the service for a monitor, in Prometheus' text format. Nothing in them is of a user."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from fl.service.served_run import ServedRun

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Metrics:
    """The counters of one service."""

    def __init__(self, served: ServedRun) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "secretrec_requests", "Requests that were answered.", ("what", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "secretrec_request_seconds",
            "Seconds from a request to its answer.",
            ("what",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        for name, text, figure in (
            ("secretrec_round", "Round of the run that lists are from.", lambda: served.held.round),
            ("secretrec_users", "Users that lists are made for.", lambda: len(served.held.places)),
            ("secretrec_items", "Items of the catalogue.", lambda: served.held.run.known.n_items),
            ("secretrec_loaded_timestamp_seconds", "When the run was read.", lambda: served.held.since),
            ("secretrec_reloads", "How often the run was read anew.", lambda: served.reloads),
            ("secretrec_stale", "1 while the run on disk cannot be read.", lambda: int(bool(served.problem))),
        ):
            Gauge(name, text, registry=self._registry).set_function(figure)

    def answered(self, what: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(what, status).inc()
        self._seconds.labels(what).observe(seconds)

    def text(self) -> bytes:
        """Return all figures."""
        return generate_latest(self._registry)
