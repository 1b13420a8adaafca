"""Ray, started ahead: while the program reads data and imports SecretFlow, which takes as long.

Ray needs only itself imported to start. Its processes then load what parties and the server compute with beside the
program (`fl.federation.ray_process`), and not after it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from fl.federation.watch import ProcessWatch, kind_of
from fl.lean_start import lean_ray

# What `ray.init` raises when Ray does not start.
RAY_FAULTS = (RuntimeError, ConnectionError, TimeoutError, OSError, ValueError)


class RayAhead:
    """Ray that is being started, by a thread of its own.

    Attributes:
        names: parties and server that its resources are made for.
        watch: over Ray's processes.
    """

    def __init__(self, names: tuple[str, ...], options: Mapping[str, Any]) -> None:
        """Begin.

        Args:
            names: of the parties and the server.
            options: of `ray.init`; "num_cpus" must be among them.
        """
        self.names, self.watch = names, ProcessWatch()
        self._options = options
        self._fault: Exception | None = None
        self._done, self._over = threading.Event(), threading.Event()
        threading.Thread(target=self._start, name="ray-ahead", daemon=True).start()

    def _start(self) -> None:
        try:
            import ray

            # As SecretFlow sets them: by these it places an actor in its party.
            resources = dict.fromkeys(self.names, self._options["num_cpus"])
            self.watch.starting = True
            with lean_ray(lambda info: self.watch.add(kind_of(info), info.process)):
                ray.init("local", include_dashboard=False, resources=resources, **self._options)
        except RAY_FAULTS as error:
            self._fault = error  # for whoever waits
            return
        finally:
            self.watch.starting = False
            self._done.set()
        # Ray's processes end with the thread that started them, not only with the program.
        self._over.wait()

    def wait(self) -> None:
        """Return when Ray runs; raise what `ray.init` raised."""
        self._done.wait()
        if self._fault is not None:
            raise self._fault

    def end(self) -> None:
        """End what was started; nothing where Ray was ended before."""
        import ray

        self.watch.end()
        self._done.wait()
        ray.shutdown()
        self._over.set()
