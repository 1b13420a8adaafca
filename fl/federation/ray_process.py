"""The program of Ray's processes, in the place of Ray's own two that start one another: it loads what a party needs.

Ray's first program applies the environment that a task asks for, with all of Ray imported, and then becomes the
second, which imports all of it again. No task asks for one here. What parties and the server compute with is imported
before the process gets in touch with Ray: beside the program that starts it, not when that asks for the first actor.

It ends with Ray's node, at any moment. Ray sees to that once the process is in touch with the node; before, Ray would
look for a dead directory of processes for a minute, deaf to anything else.

    python -u fl/federation/ray_process.py PATH/default_worker.py ARGUMENTS
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys

NODE = "RAY_RAYLET_PID"  # in the environment, of Ray: the process that started this one
MODEL = "SECRETREC_MODEL"  # in the environment: the model that will be trained; empty where that is not known
_FOR_THE_OTHER = ("--serialized-runtime-env-context=", "--language=")


def end_with(node: int) -> None:
    """Have the kernel end this process when the one that started it ends, where that is Linux.

    Args:
        node: pid of that one.

    Raises:
        SystemExit: it has ended already.
    """
    if sys.platform == "linux":
        end_at_its_end = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(end_at_its_end, signal.SIGKILL)
        if os.getppid() != node:
            sys.exit(1)


def _load(model: str) -> None:
    import fl.federation.server
    import fl.federation.worker  # noqa: F401

    if model:
        from models.registry import MODELS

        MODELS[model].load_local().load()


def main() -> None:
    """Run Ray's program of a process."""
    end_with(int(os.environ.get(NODE, os.getppid())))
    # The folder of this file, which Python puts first, holds modules that others would be mistaken for.
    del sys.path[0]
    sys.argv = [word for word in sys.argv[1:] if not word.startswith(_FOR_THE_OTHER)]
    _load(os.environ.get(MODEL, ""))
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    main()
