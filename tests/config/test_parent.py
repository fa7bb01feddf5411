import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.conftest import ROOT, until

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("make"), reason="looks at make's processes by /proc"
)
CHILD = """
import os, signal, sys, time
for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.SIG_DFL)
from parvis.config.parent import end_with_make
end_with_make()
open(sys.argv[1], "w").write(str(os.getpid()))
time.sleep(60)
"""
# Started in the background of a shell, we may have inherited signals as ignored, and so would make.
MAKE = """
import os, signal, sys
for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGKILL]
)
def test_whatever_ends_make_alone_ends_what_it_runs(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "child.py").write_text(CHILD)
    (tmp_path / "Makefile").write_text(f"run:\n\t@{sys.executable} child.py started\n")
    make = subprocess.Popen(  # noqa: S603  # our own words
        [sys.executable, "-c", MAKE, str(shutil.which("make"))],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    started = tmp_path / "started"
    try:
        assert until(lambda: started.exists() and started.read_text())
        child = Path("/proc") / started.read_text() / "cmdline"
        make.send_signal(number)
        assert until(lambda: not child.exists() or not child.read_bytes(), seconds=10)
        assert make.wait(timeout=10) != 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(make.pid, signal.SIGKILL)
        make.wait()
