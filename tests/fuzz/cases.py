"""The drawing of changed inputs for a target.

Each case is a good input with a few changes. It must be taken, or refused with one of the project's own errors. What is
not is written to `tests/fuzz/corpus`, as small as hypothesis can make it, and stays there: `make test` tries it again.
"""

from __future__ import annotations

import hashlib
import time
import warnings

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.targets import CORPUS, Target

LONGEST = 2.0  # seconds of the processor that a case may take


class SlowError(Exception):
    """A reader that takes far too long."""


def try_target(target: Target, cases: int, number: int) -> str:
    """Return what a target did wrong, "" when it took or refused every case."""
    last: dict[str, bytes] = {}

    @seed(number)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(st.data())
    def each(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(target.seeds)))
        content = target.change(data.draw, target.seeds[name])
        last.update(name=name.encode(), content=content)
        began = time.process_time()
        target.feed(name, content)
        if time.process_time() - began > LONGEST:
            raise SlowError(f"{name}: {time.process_time() - began:.1f} s")

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            each()
    except Exception as error:  # noqa: BLE001  # any is what is looked for
        name, content = last["name"].decode(), last["content"]
        place = CORPUS / target.name / f"{name.replace('/', '!')}@{hashlib.sha256(content).hexdigest()[:12]}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        return f"{type(error).__name__}: {str(error)[:200]} ({place.relative_to(CORPUS.parents[2])})"
    return ""
