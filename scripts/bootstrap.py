"""Set-up of SecretRec: from a fresh clone to a working `.venv`. `make` and the Dockerfile call it.

    python3 scripts/bootstrap.py          make .venv from requirements.txt, if it is not ready
    python3 scripts/bootstrap.py lock     make requirements.txt from pyproject.toml

Runs on any Python 3.8 or newer, with the standard library only: it is what fetches everything else. The steps:

1. find a Python 3.10 that really runs, or have uv install one;
2. find uv, or install the uv pinned in requirements.txt into `.tools/`;
3. make `.venv` and install requirements.txt into it, hashes checked, byte-code compiled;
4. look for the system libraries the wheels need and for a font with Chinese characters; as root, install what is
   missing through apt, else print the line that does.

Only step 4 touches anything outside this folder, uv's cache and uv's own folder for Pythons.
"""

from __future__ import annotations

import argparse
import configparser
import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import platform
import pwd
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / ".tools"
REQUIREMENTS = ROOT / "requirements.txt"

USUAL_PROGRAM_FOLDERS = (Path("/usr/local/bin"), Path("/usr/bin"))  # looked in even if $PATH leaves them out
SYSTEM_PIP_FILES = (Path("/etc/xdg/pip/pip.conf"), Path("/etc/pip.conf"))
SYSTEM_UV_FILES = (Path("/etc/xdg/uv/uv.toml"), Path("/etc/uv/uv.toml"))

# Says "unfinished" while an install is under way, "complete" after its last step.
STAMP = VENV / ".secretrec-setup.json"
UNFINISHED = "unfinished"

PYTHON_VERSION = "3.10"  # SecretFlow 1.13 has wheels for 3.9 and 3.10
OLDEST_UV = (0, 5)  # the first with dependency groups and `pip sync --require-hashes` behaving as used here
FREE_BYTES_NEEDED = 5 * 10**9  # .venv takes 3.6 GB

# What SecretFlow links to and its wheel does not bring, and the Debian package that has it.
TRAINING_LIBRARIES = {"libgomp.so.1": "libgomp1"}
# What Qt's window plugins link to beyond their own wheel (a test asks ldd), likewise.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
CJK_FONT_PACKAGE = "fonts-noto-cjk"
CJK_FONT_FILES = re.compile(r"cjk|wqy|droidsansfallback|arphic|ukai|uming|sourcehan", re.IGNORECASE)

LOCK_HEADER = """\
# Every package SecretRec runs on and is tested with, pinned, with hashes, for Python 3.10 on Linux x86-64.
# Made from pyproject.toml by `make lock`; do not edit. Install with `pip install --no-deps -r requirements.txt`:
# --no-deps, because SecretFlow's own metadata also asks for torch and xgboost, which are left out on purpose.
"""


class SetupError(Exception):
    """A reason why set-up cannot go on, in one sentence the reader can act on."""


class Interpreter(NamedTuple):
    """A Python that was run and answered."""

    path: Path
    version: str


def say(text: str) -> None:
    """Print one line of progress. To stderr: stdout belongs to the program that is started next."""
    print(f"setup: {text}", file=sys.stderr, flush=True)


def run(command: list[str | Path], env: dict[str, str], failure: str) -> None:
    """Run a command with its output shown.

    Raises:
        SetupError: `failure`, if it exits with anything but 0.
    """
    # close_fds=False hands the set-up lock on: if this process is killed, it stays held until the command has ended.
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=env, stdout=sys.stderr, close_fds=False, check=False
    )
    if done.returncode != 0:
        raise SetupError(failure)


def answer(command: list[str | Path], env: dict[str, str] | None = None) -> str | None:
    """Return what a command prints, or None if it cannot be run, fails, or gives no answer in 30 s (shims may hang)."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None


# --- Python 3.10 --------------------------------------------------------------------------------------------------


def folder_in(variable: str) -> list[Path]:
    """Return the folder an environment variable names, if it is set and not empty."""
    return [Path(os.environ[variable])] if os.environ.get(variable) else []


def home_folders() -> list[Path]:
    """Return the home folder by $HOME, then the account's; they differ under sudo, in containers and in CI."""
    homes = folder_in("HOME")
    with contextlib.suppress(KeyError):  # a user id without an account, as containers have
        homes.append(Path(pwd.getpwuid(os.getuid()).pw_dir))
    return homes


def path_folders() -> list[Path]:
    """Return the folders of $PATH and the usual ones, but those of our own .venv: it may be made anew."""
    named = [Path(name) for name in os.environ.get("PATH", "").split(os.pathsep) if name]
    folders = [*named, *(folder for folder in USUAL_PROGRAM_FOLDERS if folder not in named)]
    return [folder for folder in folders if VENV not in (folder, *folder.parents)]


def pyenv_roots() -> list[Path]:
    """Return where pyenv keeps its versions: by its own setting, by what of it is on $PATH, and by habit."""
    roots = folder_in("PYENV_ROOT")
    for folder in path_folders():
        if folder.name == "shims":
            roots.append(folder.parent)
        elif (folder / "pyenv").is_file():
            roots.append((folder / "pyenv").resolve().parent.parent)
    return roots + [home / ".pyenv" for home in home_folders()]


def uv_python_folders() -> list[Path]:
    """Return where uv keeps the Pythons it has installed."""
    named = folder_in("UV_PYTHON_INSTALL_DIR")
    data = folder_in("XDG_DATA_HOME") + [home / ".local" / "share" for home in home_folders()]
    return [*named, *(folder / "uv" / "python" for folder in data), TOOLS / "python"]


def newest_first(paths: Iterator[Path]) -> list[Path]:
    """Sort by the numbers in the path, so that 3.10.13 comes before 3.10.9."""
    return sorted(paths, key=lambda path: [int(number) for number in re.findall(r"\d+", str(path))], reverse=True)


def python_candidates() -> Iterator[Path]:
    """Yield every place a Python 3.10 may be, best first. Nothing is run here."""
    for name in ("python3.10", "python3", "python"):
        for folder in path_folders():
            yield folder / name
    for root in pyenv_roots():
        yield from newest_first(root.glob("versions/3.10*/bin/python3.10"))
    for folder in uv_python_folders():
        yield from newest_first(folder.glob("cpython-3.10*/bin/python3.10"))


def probe(path: Path) -> Interpreter | None:
    """Run `path` and return the interpreter behind it (behind shims and environments), or None if it is no usable 3.10.

    A Python built without the headers of OpenSSL, zlib or libffi starts, but cannot install or run what we need.
    """
    code = (
        "import sys, ssl, zlib, ctypes; "
        "inside = sys.prefix != sys.base_prefix; "
        f"print(sys.base_prefix + '/bin/python{PYTHON_VERSION}' if inside else sys.executable); "
        "print('.'.join(map(str, sys.version_info[:3])), sys.implementation.name, sep='\\n')"
    )
    lines = (answer([path, "-I", "-c", code]) or "").splitlines()
    if len(lines) != 3 or not lines[1].startswith(PYTHON_VERSION + ".") or lines[2] != "cpython":
        return None
    return Interpreter(Path(lines[0]), lines[1])


def find_python() -> Interpreter | None:
    """Return a Python 3.10 that runs, or None.

    Raises:
        SetupError: if $SECRETREC_PYTHON names one that does not.
    """
    wanted = os.environ.get("SECRETREC_PYTHON")
    if wanted:
        found = probe(Path(wanted))
        if found is None:
            raise SetupError(f"SECRETREC_PYTHON is {wanted}, which is not a Python {PYTHON_VERSION} that runs.")
        return found
    tried = set()
    for path in python_candidates():
        if path not in tried and os.access(path, os.X_OK):
            tried.add(path)
            found = probe(path)
            if found is not None:
                return found
    return None


def install_python(uv: Path) -> Interpreter:
    """Have uv download a Python 3.10.

    Raises:
        SetupError: if that fails, e.g. without a way to the internet.
    """
    say(f"no Python {PYTHON_VERSION} found on this machine; installing one with uv")
    env = uv_environment()
    failed = (
        f"Python {PYTHON_VERSION} is not installed and uv could not download it (reason above): install Python "
        f"{PYTHON_VERSION} yourself, or name one with SECRETREC_PYTHON=/path/to/python{PYTHON_VERSION}, and try again."
    )
    run([uv, "python", "install", PYTHON_VERSION], env, failed)
    folder = answer([uv, "python", "dir"], env)
    for path in newest_first(Path(folder).glob("cpython-3.10*/bin/python3.10")) if folder else []:
        found = probe(path)
        if found is not None:
            return found
    raise SetupError(failed)


# --- uv -----------------------------------------------------------------------------------------------------------


def config_folders() -> list[Path]:
    """Return the folders of the user's configuration files."""
    return folder_in("XDG_CONFIG_HOME") or [home / ".config" for home in home_folders()[:1]]


def pip_settings() -> dict[str, str]:
    """Return what the user told pip about package indexes: its configuration files, overridden by its PIP_* variables.

    Raises:
        SetupError: if a file is not in pip's format.
    """
    config = configparser.RawConfigParser()
    if os.environ.get("PIP_CONFIG_FILE") != os.devnull:  # which turns the files off
        old = [home / ".pip" / "pip.conf" for home in home_folders()[:1]]
        new = [folder / "pip" / "pip.conf" for folder in config_folders()]
        try:
            config.read([*SYSTEM_PIP_FILES, *old, *new, *folder_in("PIP_CONFIG_FILE")], encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError) as error:
            raise SetupError(f"pip's configuration cannot be read: {' '.join(str(error).split())}.") from error
    settings = {}
    for key in ("index-url", "extra-index-url", "find-links", "trusted-host", "cert"):
        values = [os.environ.get("PIP_" + key.upper().replace("-", "_"))]
        values += [config.get(section, key, fallback=None) for section in ("install", "global")]
        settings[key] = next((" ".join(value.split()) for value in values if value), "")
    return {key: value for key, value in settings.items() if value}


def has_uv_configuration() -> bool:
    """Return whether the user told uv itself where packages come from."""
    names = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_CONFIG_FILE")
    files = [*SYSTEM_UV_FILES, *(folder / "uv" / "uv.toml" for folder in config_folders())]
    return any(os.environ.get(name) for name in names) or any(file.is_file() for file in files)


def uv_environment(extra_indexes: bool = True) -> dict[str, str]:
    """Return the environment uv runs in: the user's, without what would mislead it, with pip's indexes if uv has none.

    uv does not read pip's configuration, and a machine that reaches packages only through a mirror often says so to pip
    alone. Installing may look in extra indexes too, since the hashes decide what is accepted; resolving must not, since
    then the lock would hold what only this machine can get.
    """
    env = dict(os.environ)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # without byte-code each process compiles all that it imports anew
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX", "UV_SYSTEM_PYTHON"):  # another Python
        env.pop(name, None)
    env["UV_PYTHON_INSTALL_BIN"] = "0"  # no python3.10 in ~/.local/bin: that is the user's to decide
    if not any(writable(home) for home in home_folders()[:1]):
        env.setdefault("UV_CACHE_DIR", str(TOOLS / "cache"))
        env.setdefault("UV_PYTHON_INSTALL_DIR", str(TOOLS / "python"))
    settings = pip_settings()
    if "cert" in settings:
        env.setdefault("SSL_CERT_FILE", settings["cert"])
    if not has_uv_configuration():
        names = {"index-url": "UV_DEFAULT_INDEX", "trusted-host": "UV_INSECURE_HOST"}
        if extra_indexes:
            names.update({"extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"})
            env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # look in all of them, as pip does
        for key, name in names.items():
            if key in settings:
                env.setdefault(name, settings[key].replace(" ", "," if key == "find-links" else " "))
    return env


def writable(folder: Path) -> bool:
    """Return whether `folder` can be written to, or, where it does not exist, be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)


def usable_uv(path: Path) -> bool:
    """Return whether `path` is a uv that runs and is new enough."""
    version = re.match(r"uv (\d+)\.(\d+)", answer([path, "--version"]) or "") if os.access(path, os.X_OK) else None
    return version is not None and (int(version[1]), int(version[2])) >= OLDEST_UV


def pinned_uv() -> str:
    """Return the lines of requirements.txt that pin uv, with its hashes.

    Raises:
        SetupError: if there are none.
    """
    block = re.search(r"^uv==(?:.*\\\n)*.*\n", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    if block is None:
        raise SetupError("requirements.txt does not pin uv: restore it with `git checkout requirements.txt`.")
    return block[0]


def get_uv(python: Interpreter | None) -> Path:
    """Return a uv that runs: on $PATH, or in .tools from an earlier run, or installed there now.

    Raises:
        SetupError: if it cannot be installed.
    """
    home = TOOLS / "uv"
    for path in [*(folder / "uv" for folder in path_folders()), home / "bin" / "uv"]:
        if usable_uv(path):
            return path
    say("installing uv into .tools")
    makers = [python.path] if python else []
    makers.append(Path(sys.executable))
    maker = next((path for path in makers if answer([path, "-c", "import ensurepip, venv"]) is not None), None)
    if maker is None:  # Debian keeps both in a package of their own
        need_apt_package("python3-venv", "This Python cannot make virtual environments (Debian packs that separately)")
        maker = Path("/usr/bin/python3")
    shutil.rmtree(home, ignore_errors=True)
    env = uv_environment()
    run([maker, "-m", "venv", home], env, "A virtual environment for uv could not be made (reason above).")
    pins = TOOLS / "uv.txt"
    pins.write_text(pinned_uv(), encoding="utf-8")
    pip: list[str | Path] = [home / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run(
        # --no-user, because PIP_USER may be set for the user's daily work and would fail in an environment of our own.
        [*pip, "--no-user", "--no-deps", "--require-hashes", "-r", pins],
        env,
        "uv could not be installed from the package index (reason above): check the network or pip's index settings.",
    )
    if not usable_uv(home / "bin" / "uv"):
        raise SetupError("uv was installed into .tools but does not run: delete .tools and try again.")
    return home / "bin" / "uv"


# --- .venv --------------------------------------------------------------------------------------------------------


def lock_digest() -> str:
    """Return the SHA-256 of requirements.txt.

    Raises:
        SetupError: if the file is missing.
    """
    try:
        return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise SetupError("requirements.txt is missing: restore it with `git checkout requirements.txt`.") from None


def read_stamp() -> dict[str, str]:
    """Return what the last set-up wrote; empty if there was none or it cannot be read."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(stamp: dict[str, str]) -> None:
    """Replace the stamp in one step: a reader sees the old one or the new one."""
    draft = STAMP.with_suffix(".new")
    draft.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
    draft.replace(STAMP)


def venv_version() -> str | None:
    """Return the version of the Python in .venv, or None if it does not run (e.g. the Python it was made from went)."""
    return answer([VENV_PYTHON, "-I", "-c", "import platform; print(platform.python_version())"])


def ready(digest: str) -> bool:
    """Return whether .venv is complete, made from this requirements.txt, in this folder, and its Python still runs."""
    stamp = read_stamp()
    return (
        (stamp.get("requirements"), stamp.get("root")) == (digest, str(ROOT))  # the scripts in it hold its full path
        and stamp.get("python") == venv_version()
    )


def make_venv(digest: str) -> None:
    """Make .venv, or bring it up to date.

    A complete .venv of another lock is changed in place. One whose install was interrupted may hold half a package that
    looks whole, so it is made anew; so is one whose Python is gone, has another version, or which was moved here.
    """
    stamp = read_stamp()
    version = venv_version()
    reusable = (
        version is not None
        and version.startswith(PYTHON_VERSION + ".")
        and stamp.get("state") != UNFINISHED
        and stamp.get("root", str(ROOT)) == str(ROOT)
    )
    free = shutil.disk_usage(ROOT).free
    if not reusable and free < FREE_BYTES_NEEDED:
        sizes = f"{FREE_BYTES_NEEDED / 1e9:.0f} GB of free disk space in {ROOT}, and there are {free / 1e9:.1f} GB"
        raise SetupError(f"Set-up needs {sizes}.")
    python = find_python()
    uv = get_uv(python)
    env = uv_environment()
    if not reusable:
        if stamp.get("state") == UNFINISHED:
            say("an earlier set-up was interrupted; making .venv anew")
        python = python or install_python(uv)
        say(f"making .venv with Python {python.version} ({python.path})")
        shutil.rmtree(VENV, ignore_errors=True)
        run([uv, "venv", "--quiet", "--python", python.path, VENV], env, ".venv could not be made (reason above).")
    write_stamp({"state": UNFINISHED})
    say("installing the packages of requirements.txt (about 3.6 GB in .venv; a few minutes the first time)")
    run(
        [uv, "pip", "sync", "--python", VENV_PYTHON, "--require-hashes", "--compile-bytecode", REQUIREMENTS],
        env,
        "The packages could not be installed (reason above): mend that and run the same command again.",
    )
    write_stamp({"state": "complete", "requirements": digest, "root": str(ROOT), "python": venv_version() or ""})


# --- system packages ----------------------------------------------------------------------------------------------


def loads(library: str) -> bool:
    """Return whether the dynamic linker finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_cjk_font() -> bool:
    """Return whether a font with Chinese characters is installed: without one Qt draws boxes."""
    listed = answer(["fc-list", ":lang=zh", "file"])
    if listed is not None:
        return bool(listed)
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), *(home / ".fonts" for home in home_folders())]
    return any(CJK_FONT_FILES.search(path.name) for folder in folders for path in folder.rglob("*.*"))


def missing_system_packages() -> dict[str, str]:
    """Return what is missing, by Debian package, with the reader's name for it: the library, or what it is."""
    libraries = {**TRAINING_LIBRARIES, **QT_LIBRARIES}
    missing = {package: library for library, package in sorted(libraries.items()) if not loads(library)}
    return missing if has_cjk_font() else {**missing, CJK_FONT_PACKAGE: "a font with Chinese characters"}


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages as root; False if that fails."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *packages]
    # The package lists of a fresh container are empty; elsewhere they are usually good, and fetching them is slow.
    for command in (install, ["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=env, stdout=sys.stderr, check=False)
        if done.returncode == 0 and command is install:
            return True
    return False


def need_apt_package(package: str, reason: str) -> None:
    """Install a package set-up cannot go on without.

    Raises:
        SetupError: with the line to run, if that is not possible.
    """
    say(f"{reason}; installing {package}")
    if not (os.geteuid() == 0 and shutil.which("apt-get") and apt_install([package])):
        raise SetupError(f"{reason}: run `{apt_line([package])}` and try again.")


def apt_line(packages: list[str]) -> str:
    """Return the line that installs `packages`, ready to paste. It updates, as a fresh machine has no package lists."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install --yes --no-install-recommends {shlex.join(packages)}"


def offer_system_packages() -> None:
    """Install the missing system packages, or say how. Never fails: much of SecretRec works without them.

    A failed installation is remembered in the stamp, so that a machine without network does not wait at each start.
    """
    missing = missing_system_packages()
    has_apt = shutil.which("apt-get") is not None
    if missing and has_apt and os.geteuid() == 0 and read_stamp().get("apt_failed") != shlex.join(missing):
        with only_one():
            say(f"installing system packages through apt: {', '.join(missing)}")
            if not apt_install(list(missing)):
                write_stamp({**read_stamp(), "apt_failed": shlex.join(missing)})
        missing = missing_system_packages()
    if not missing:
        return
    for_training = any(package in missing for package in TRAINING_LIBRARIES.values())
    for_window = any(package not in TRAINING_LIBRARIES.values() for package in missing)
    who = " and ".join(["training"] * for_training + ["the window"] * for_window)
    if has_apt:
        say(f"system packages are missing for {who}; install them with: {apt_line(list(missing))}")
    else:
        say(f"for {who}, install through your system's package manager: {', '.join(missing.values())}")


# --- commands -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the set-up lock of this folder; wait while another set-up has it. The kernel frees it if the holder dies."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "setup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work in this folder; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        os.set_inheritable(file.fileno(), True)
        yield


def check_machine() -> None:
    """Stop where the lock cannot work: it is made for Linux on x86-64.

    Raises:
        SetupError: on any other machine.
    """
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise SetupError(f"SecretRec runs on Linux on x86-64; this is {sys.platform} on {platform.machine()}.")


def setup() -> None:
    """Make .venv and the system ready, doing only what is missing."""
    digest = lock_digest()
    if not ready(digest):
        with only_one():
            if not ready(digest):  # else the set-up we waited for did it
                make_venv(digest)
                say("done")
    offer_system_packages()


def lock() -> None:
    """Make requirements.txt from pyproject.toml."""
    with only_one():
        python = find_python()
        uv = get_uv(python)
        env = uv_environment(extra_indexes=False)
        choice: list[str | Path] = ["--python", python.path] if python else []
        run([uv, "lock", *choice], env, "The versions could not be resolved (reason above).")
        draft = TOOLS / "requirements.txt"
        export: list[str | Path] = [uv, "export", "--quiet", "--frozen", "--no-emit-project", "--no-header"]
        run([*export, "--output-file", draft, *choice], env, "The lock could not be written (reason above).")
        draft.write_text(LOCK_HEADER + draft.read_text(encoding="utf-8"), encoding="utf-8")
        draft.replace(REQUIREMENTS)
    say("wrote requirements.txt; `make setup` installs it")


def main() -> NoReturn:
    """Run one command; exit with 0, 1 after a sentence on stderr, or 130 if interrupted."""
    parser = argparse.ArgumentParser(description="Set SecretRec up.")
    parser.add_argument("command", nargs="?", choices=["setup", "lock"], default="setup")
    command = {"setup": setup, "lock": lock}[parser.parse_args().command]
    try:
        check_machine()
        command()
    except SetupError as error:
        sys.exit(f"setup: {error}")
    except OSError as error:  # disk full, folder not writable, ...: the error names the file
        sys.exit(f"setup: stopped by the system: {error}.")
    except KeyboardInterrupt:
        say("interrupted; run the same command again and it will mend itself")
        sys.exit(130)
    sys.exit(0)


if __name__ == "__main__":
    main()
