"""Finds Chromium for the browser tests; installs it where that is simple, else says what to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core")
INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *PACKAGES)


def found() -> str:
    """Return the path of a Chromium, or nothing."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def install() -> None:
    """Install Debian's package; only root can."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("apt-get", "update", "--quiet"), INSTALL):
        if subprocess.run(words, env=environment, check=False).returncode:  # noqa: S603  # our own words
            return


def main() -> int:
    """Return 0 when the tests may run: with a browser, or, outside continuous integration, without."""
    is_debian = Path("/etc/debian_version").exists() and shutil.which("apt-get")
    if not found() and is_debian and os.geteuid() == 0:
        sys.stdout.write("Installing Chromium for the browser tests …\n")
        sys.stdout.flush()
        install()
    if found():
        return 0
    sys.stdout.write(
        "No Chromium here: the browser tests are left out. Install the package chromium and run again.\n"
    )
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
