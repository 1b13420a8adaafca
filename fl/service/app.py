"""The HTTP interface: what can be asked, and how each fault is answered in a sentence."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Any, Final, TypeVar

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from data.errors import SecretRecError, SettingsError, StorageError, UnknownNameError
from data.sentences import say
from fl.service.answers import Fault, Health, ItemList, Picks, settings_of_user
from fl.service.limits import Gate
from fl.service.metrics import CONTENT_TYPE, Metrics
from fl.service.served_run import ServedRun
from fl.settings.base import Scope

log = logging.getLogger(__name__)
T = TypeVar("T")

_LOOK_SECONDS: Final = 1.0  # between two looks whether the run was trained on
_MOST_WAITING: Final = 128  # requests; more than these could not be answered in time
_LOCAL_HOSTS: Final = ("localhost", "127.0.0.1", "[::1]")
_FAULTS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": Fault, "description": text}
    for status, text in {
        400: "A value that cannot be used",
        401: "No token, or another one",
        404: "No such user or item",
        408: "The request came too slowly",
        413: "The body is too large",
        503: "Too busy, or the run cannot be read now",
    }.items()
}
# By class, the first that fits.
_STATUS: Final[tuple[tuple[type[SecretRecError], int], ...]] = (
    (UnknownNameError, 404),
    (SettingsError, 400),
    (StorageError, 503),
)


class _BusyError(Exception):
    """Too many requests wait."""


class Desk:
    """Answers what is quick at once, and hands the rest to the one thread that computes lists, in order."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._waiting = seconds, 0
        self._thread = ThreadPoolExecutor(1, "lists")

    async def do(self, work: Callable[[], T], is_quick: bool) -> T:
        """Return what `work()` returns.

        Args:
            work: what is to be done.
            is_quick: whether all others may wait for it.

        Raises:
            asyncio.TimeoutError: it took too long; it is not waited for.
            SecretRecError: as `work`.
        """
        if is_quick:
            return work()
        if self._waiting >= _MOST_WAITING:
            raise _BusyError
        self._waiting += 1
        try:
            return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._thread, work), self._seconds)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End the thread when it is done."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def make_app(served: ServedRun, *, token: str = "", is_local: bool = True, seconds: float = 10.0) -> FastAPI:
    """Return the application that answers from a run.

    Args:
        served: the run.
        token: that requests must bear; "" for none.
        is_local: only this computer can reach it: then only its own names are taken for the service's, so that no page
            of the web can ask through a person's browser.
        seconds: until a request is given up.
    """
    desk, metrics = Desk(seconds), Metrics(served)

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        looking = asyncio.create_task(_look(served))
        yield
        looking.cancel()
        desk.close()

    app: FastAPI = FastAPIOffline(
        title="SecretRec",
        version=served.name,
        description="Lists from a trained run, for users of this party, for somebody new, and for a basket.",
        redoc_url=None,
        lifespan=life,
    )
    _add_faults(app, seconds)
    _add_questions(app, served, desk, metrics)
    # Added last, asked first.
    if is_local:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(_LOCAL_HOSTS), www_redirect=False)
    app.add_middleware(Gate, refuse=_refusal, answered=metrics.answered, token=token.encode(), seconds=seconds)
    return app


def _add_questions(app: FastAPI, served: ServedRun, desk: Desk, metrics: Metrics) -> None:
    """Add everything that can be asked."""

    @app.get("/recommendations", response_model=ItemList, responses=_FAULTS, summary="The list of a user")
    async def of_user(
        user: Annotated[str, Query(min_length=1, max_length=1000, description="By the id that the data set uses.")],
        k: Annotated[int, Query(ge=1, le=1000, description="How many items.")] = 10,
        scope: Annotated[Scope, Query(description="unrated leaves out what the user has.")] = "unrated",
        reasons: Annotated[bool, Query(description="Whether to say which own items speak for an item.")] = True,
    ) -> Response:
        settings = settings_of_user(served.name, user, k, scope)
        found = await desk.do(lambda: served.for_user(settings, reasons), served.is_quick(settings))
        return Response(found, media_type="application/json")

    @app.post("/recommendations", response_model=ItemList, responses=_FAULTS, summary="A list for picked items")
    async def of_picks(picks: Picks) -> Response:
        settings = picks.settings(served.name)
        found = await desk.do(lambda: served.for_picks(settings, picks.reasons), served.is_quick(settings))
        return Response(found, media_type="application/json")

    @app.get("/health", response_model=Health, summary="Whether the service answers, and from which round")
    async def health() -> Health:
        return Health(
            status="stale" if served.problem else "ok", run=served.name, round=served.held.round, problem=served.problem
        )

    @app.get("/metrics", response_class=Response, summary="Figures for Prometheus")
    async def figures() -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE)


def _refusal(status: int, error: str, headers: Mapping[str, str] | None = None, hint: str = "") -> JSONResponse:
    return JSONResponse({"error": error, "hint": hint}, status, headers)


def _add_faults(app: FastAPI, seconds: float) -> None:
    """Have every fault answered in a sentence."""

    @app.exception_handler(SecretRecError)
    async def foreseen(_: Request, error: SecretRecError) -> JSONResponse:
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
        return _refusal(status, error.message, hint=error.hint)

    @app.exception_handler(RequestValidationError)
    async def misshapen(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = []
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"] if part not in ("body", "query")) or "body"
            faults.append(f"{where}: {fault['msg']}")
        return _refusal(400, "; ".join(faults) + ".", hint=say("serve.see-docs", "GET /docs says what can be asked."))

    @app.exception_handler(HTTPException)
    async def elsewhere(request: Request, error: HTTPException) -> JSONResponse:
        sentences = {
            404: say("serve.no-path", "There is nothing at {path}.", path=request.url.path),
            405: say("serve.no-method", "{path} is not for {method}.", path=request.url.path, method=request.method),
        }
        hint = say("serve.see-paths", "GET /docs says what there is.")
        return _refusal(error.status_code, sentences.get(error.status_code, str(error.detail)), error.headers, hint)

    @app.exception_handler(_BusyError)
    async def busy(_: Request, error: _BusyError) -> JSONResponse:
        sentence = say("serve.busy", "Too many requests wait already; try again in a moment.")
        return _refusal(503, sentence, {"retry-after": "1"})

    @app.exception_handler(asyncio.TimeoutError)
    async def late(_: Request, error: asyncio.TimeoutError) -> JSONResponse:
        sentence = say("serve.late", "No list was ready within {seconds} s.", seconds=seconds)
        return _refusal(503, sentence, {"retry-after": "1"})


async def _look(served: ServedRun) -> None:
    """Take the run anew whenever it was trained on."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        await asyncio.to_thread(served.refresh)
