"""Runs every check of `make check`, one after the other, and ends with what did not hold."""

import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet"],
    "lint": ["ruff", "check", "--quiet"],
    "import floors": ["lint-imports"],
    "templates": ["djlint", "parvis", "--lint", "--quiet"],
    "types": ["mypy"],
    "translations": ["parvis", "messages", "check"],
    "migrations": ["parvis", "makemigrations", "--check", "--dry-run"],
    "settings": ["parvis", "check"],
}


def main() -> int:
    """Run them all; return 1 when one does not hold."""
    failed = []
    for name, (program, *words) in CHECKS.items():
        started = time.monotonic()
        done = subprocess.run(  # noqa: S603  # our own tools
            [BIN / program, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        holds = done.returncode == 0
        sys.stdout.write(
            f"{name}: {'holds' if holds else 'DOES NOT HOLD'} ({time.monotonic() - started:.1f} s)\n"
        )
        if not holds:
            sys.stdout.write(done.stdout)
            failed.append(name)
        sys.stdout.flush()
    if failed:
        sys.stdout.write(f"These do not hold: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
