"""Makes the virtual environment and all that stands in it; `make setup` runs it with whatever Python there is.

It needs the standard library only, and an older Python can still read it, to say what is missing. A second run, when
nothing changed, does nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements" / "dev.txt"
VENDORED = ROOT / "parvis" / "theme" / "static" / "vendor"
TYPEFACES = ROOT / "parvis" / "theme" / "typefaces"
COMMAND = """#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import sys

from parvis.config.command import main

sys.exit(main())
"""


def say(text: str) -> None:
    """Tell a person what happens."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def stop(text: str) -> None:
    """End with a sentence."""
    sys.stderr.write(f"{text}\n")
    sys.exit(2)


def digest_of(paths: Iterable[Path]) -> str:
    """Return a digest of the files' contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def use_a_new_enough_python() -> None:
    """Go on with a newer Python of this machine when this one is too old; refuse when there is none."""
    if sys.version_info[:2] >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found and subprocess.call([found, "-c", "pass"], stderr=subprocess.DEVNULL) == 0:  # noqa: S603  # a Python
            os.execv(found, [found, *sys.argv])  # noqa: S606  # the same script, by that Python
    stop(
        f"Parvis needs Python 3.11 or newer; python3 here is {sys.version_info[0]}.{sys.version_info[1]}. "
        "Install a newer one, or name it: make setup PYTHON=/path/to/python3.12"
    )


def run(*words: str | Path) -> None:
    """Run a program; stop when it fails: its own lines say why."""
    if subprocess.call([str(word) for word in words], cwd=ROOT) != 0:  # noqa: S603  # our own words
        stop("The set-up stopped here; once the cause above is mended, the same command goes on.")


def make_environment() -> None:
    """Make an empty virtual environment."""
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.call([sys.executable, "-m", "venv", str(VENV)])  # noqa: S603  # our own words
    if made != 0:
        stop("python3 -m venv does not work here. On Debian and Ubuntu: apt-get install python3-venv")


def install_packages() -> None:
    """Install what the lock file names, each with its hash, from wherever this machine's pip looks."""
    quiet = () if sys.stdout.isatty() else ("--quiet",)
    words = ("-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps")
    run(PYTHON, *words, *quiet, "--require-hashes", "-r", LOCK)


def install_parvis() -> None:
    """Let the environment find the package where it stands, and give it its command; nothing is built."""
    words = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.check_output(words, text=True).strip())  # noqa: S603  # our own words
    (packages / "parvis.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "parvis"
    command.write_text(COMMAND.format(python=PYTHON))
    command.chmod(0o755)


def collect_static_packages() -> None:
    """Install the front-end packages by npm, and collect the files that pages use."""
    run(PYTHON, "-m", "parvis.theme.vendoring")


def compile_translations() -> None:
    """Compile the French catalogues."""
    run(PYTHON, "-c", "from parvis.theme.messages import compile_catalogues; compile_catalogues()")


def steps() -> list[tuple[str, str, str, Callable[[], None]]]:
    """Return each step's name, what it depends on, what a person reads, and what it does."""
    catalogues = sorted((ROOT / "parvis").rglob("*.po"))
    compiled = [path.with_suffix(".mo").exists() for path in catalogues]
    vendoring = [ROOT / "package-lock.json", ROOT / "parvis" / "theme" / "vendoring.py"]
    environment = f"{sys.version} {Path(sys.executable).resolve()} {ROOT} {PYTHON.exists()}"
    packages = "Installing the locked packages (a minute or two the first time)"
    return [
        ("environment", environment, "Making the virtual environment .venv", make_environment),
        ("packages", digest_of([LOCK]), packages, install_packages),
        ("parvis", digest_of([Path(__file__)]), "Installing the command .venv/bin/parvis", install_parvis),
        (
            "static",
            f"{digest_of(vendoring)} {VENDORED.exists() and TYPEFACES.exists()}",
            "Collecting static packages by npm",
            collect_static_packages,
        ),
        ("messages", f"{digest_of(catalogues)} {compiled}", "Compiling translations", compile_translations),
    ]


def main() -> int:
    """Do what is not done yet."""
    use_a_new_enough_python()
    note = VENV / "set-up.json"
    try:
        done = json.loads(note.read_text())
    except (OSError, ValueError):
        done = {}
    for number, (name, mark, text, do) in enumerate(steps()):
        if done.get(name) == mark:
            continue
        if name == "environment":
            done = {}
        say(f"{text} …")
        started = time.monotonic()
        do()
        say(f"{text}: done in {time.monotonic() - started:.0f} s")
        done[name] = steps()[number][1]  # as it is now that the step is done
        note.write_text(json.dumps(done, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
