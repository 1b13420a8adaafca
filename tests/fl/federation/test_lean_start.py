"""What is left out at the start stays out, and says so when somebody uses it."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from fl.lean_start import LeftOutModule, _lean, lean_ray

ROOT = Path(__file__).resolve().parents[3]


def test_that_what_is_left_out_can_be_imported_but_not_used():
    module = LeftOutModule("secretflow.component.core")
    with pytest.raises(ImportError, match=r"secretflow\.component\.core\.Registry is left out"):
        module.Registry()


def modules_after(script):
    """Names of the modules that a new process has loaded after the script."""
    result = subprocess.run(
        [sys.executable, "-c", f"{script}; import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    assert result.returncode == 0, result.stderr
    return set(result.stdout.split())


def test_that_who_hands_out_the_work_loads_no_tensorflow_no_database_and_no_search():
    loaded = modules_after(
        "import fl.federation.worker, fl.federation.server, fl.jobs.training, "
        "fl.jobs.evaluation, fl.jobs.recommendation"
    )
    assert "secretflow_fl.ml.nn.fl.fl_model" in loaded
    for unused in ("tensorflow", "duckdb", "sqlglot", "ray.tune", "sklearn", "statsmodels", "numba", "dp_accounting"):
        assert unused not in loaded, unused


def test_that_a_party_loads_the_same_little_even_where_tensorflow_came_first():
    """DuckDB, which SecretFlow would load, ends the process with a segmentation fault behind TensorFlow."""
    loaded = modules_after("import tensorflow, fl.federation.worker, secretflow.device")
    assert {"tensorflow", "secretflow.device"} <= loaded
    for unused in ("duckdb", "sqlglot", "ray.tune", "sklearn", "statsmodels", "numba", "secretflow_fl"):
        assert unused not in loaded, unused


MEMBER = (
    "import fl.engine.member_session; from fl.lean_start import leave_out_between_organisations as lean; lean(); "
    "import fl.jobs.member_training, fl.aggregation.masked, fl.aggregation.verified, fl.aggregation.plain, data.readers"
)


def test_that_a_member_loads_only_what_a_session_between_organisations_uses():
    loaded = modules_after(MEMBER)
    assert {"secretflow.device.driver", "secretflow_fl.ml.nn.fl.fl_model", "fl.organisations.member_worker"} <= loaded
    for unused in ("jax._src", "jaxlib.mlir", "ray._raylet", "pandas", "scipy", "grpc", "numba", "tensorflow"):
        assert unused not in loaded, unused
    supervisor = modules_after(
        "import fl.cli.member, fl.organisations.kit, fl.organisations.supervisor, fl.cli.training"
    )
    for unused in ("secretflow", "pandas", "pyarrow", "numba", "uvicorn"):
        assert unused not in supervisor, unused


def test_that_a_member_takes_nested_values_apart_as_jax_does():
    modules_after(
        f"{MEMBER}; import jax; trees = jax.tree_util; value = {{'b': [1, (2, None)], 'a': 3}}; "
        "flat, shape = trees.tree_flatten(value); assert flat == trees.tree_leaves(value) == [3, 1, 2]; "
        "assert trees.tree_unflatten(shape, flat) == value; "
        "assert trees.tree_map(lambda x, y: x + y, value, value) == {'b': [2, (4, None)], 'a': 6}; "
        "from secretflow.device import SPU; assert not isinstance(1, SPU); import ray.exceptions\n"
        "try: raise KeyError\n"
        "except (ray.exceptions.RayError, KeyError): pass\n#"
    )


def test_that_an_import_of_jax_leaves_no_folder_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert "jax._src.compiler" in modules_after("import fl, secretflow.device")
    assert not list(tmp_path.iterdir())


def test_that_the_raylet_starts_our_program_and_no_agents():
    import ray._private.workers

    theirs = str(Path(ray._private.workers.__file__).with_name("setup_worker.py"))
    assert _lean(f"--python_worker_command=python -u {theirs} worker.py --x") == (
        f"--python_worker_command=python -u {ROOT / 'fl' / 'federation' / 'ray_process.py'} worker.py --x"
    )
    for name in ("--dashboard_agent_command=", "--runtime_env_agent_command="):
        assert _lean(f"{name}python -u agent.py").startswith(f"{name}sh -c 'exec tail --pid=")
    assert _lean("--session_dir=/tmp/x") == "--session_dir=/tmp/x"


PARENT = """
import os, subprocess, sys
subprocess.Popen([sys.executable, *sys.argv[1:]], env={**os.environ, "RAY_RAYLET_PID": str(os.getpid())})
sys.stdin.read()
"""


def test_that_a_process_of_rays_ends_with_the_node_that_started_it(tmp_path):
    """Where it is not in touch with Ray yet, nobody else ends it: when the program is killed, its node goes first."""
    (tmp_path / "worker.py").write_text("print('here', flush=True)\nimport time\ntime.sleep(600)\n")
    words = [str(ROOT / "fl" / "federation" / "ray_process.py"), str(tmp_path / "worker.py")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SECRETREC_MODEL": ""}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *words], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as node:
        assert node.stdout is not None
        assert b"here\n" in node.stdout  # reads up to it: libraries say something before
        (process,) = psutil.Process(node.pid).children()
        node.kill()
        process.wait(30)  # raises TimeoutExpired where it lives on
    late = subprocess.run([sys.executable, *words], env={**environment, "RAY_RAYLET_PID": str(node.pid)}, timeout=60)
    assert late.returncode == 1


def test_that_ray_gets_its_daemons_back():
    from ray._private import services
    from ray._private.node import Node

    before, start = Node.start_monitor, services.start_ray_process
    with lean_ray(lambda _: None):
        assert Node.start_monitor is not before
        assert Node.start_monitor(None) is None
    assert Node.start_monitor is before
    assert services.start_ray_process is start
