"""`make bench`: run every measurement in a process of its own, show it, and write docs/benchmarks.md."""

import importlib.util
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
MEASUREMENTS = {
    "load": "Loading: how many rows of summaries a second",
    "law": "Deadlines: how many one core computes in a second",
    "board": "Institutions on board: the board at 8, 150 and 2,000, beside asking for one after the other",
    "enumeration": "Signing in: whether the time of the answer tells who has an account",
    "redaction": "Personal information: how fast it is looked for, and how often it is found in released texts",
    "services": "The service inventory: loading, figures anew beside DuckDB, pages, and how soon an edit shows",
    "search": "Search: how fast, and what is found, beside other engines over the same texts",
    "suggestions": "Suggestions: what search finds, and how often the right institution is named",
}
HEAD = """# What was measured

Written by `make bench` on {day}, with Python {python} on {cores} cores ({processor}).
What a measurement does and needs stands at the head of its file in `benchmarks/`.
Numbers of another machine will differ; run it there.
"""


def processor() -> str:
    """Return the processor's name, or its kind where the system does not tell."""
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def measured(name: str) -> tuple[int, str]:
    """Run one measurement; return its exit status and what it printed."""
    result = subprocess.run(  # noqa: S603  # our own modules
        [sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    return result.returncode, result.stdout.strip()


def with_sections(page: str, sections: list[str]) -> str:
    """Return the page with these sections in the place of those of the same title; new ones come last."""
    kept = [
        f"## {part}" if place else part
        for place, part in enumerate(re.split(r"^## ", page, flags=re.MULTILINE))
    ]
    for section in sections:
        title = section.partition("\n")[0]
        places = [place for place, part in enumerate(kept) if part.partition("\n")[0] == title]
        if places:
            kept[places[0]] = section + ("\n" if places[0] < len(kept) - 1 else "")
        else:
            kept[-1] = kept[-1].rstrip("\n") + "\n\n"
            kept.append(section)
    return "".join(kept)


def main(wanted: list[str]) -> int:
    """Run the measurements named, or all; return 1 when one of them fell short.

    A whole run writes the page anew; a part of it replaces its own sections, each with its day, and keeps the others.
    """
    day = datetime.now(tz=UTC).date()
    python, cores = platform.python_version(), os.cpu_count()
    parts = [HEAD.format(day=day, python=python, cores=cores, processor=processor())]
    worst = 0
    for name, title in MEASUREMENTS.items():
        if (wanted and name not in wanted) or not importlib.util.find_spec(f"benchmarks.{name}"):
            continue
        status, said = measured(name)
        worst = max(worst, status)
        print(f"{title}\n{said}\n", flush=True)
        note = (
            f"Measured by itself on {day}, with Python {python} on {cores} cores ({processor()}).\n\n"
            if wanted
            else ""
        )
        parts.append(f"## {title}\n\n{note}```\n{said}\n```\n")
    PAGE.write_text(
        with_sections(PAGE.read_text(encoding="utf-8"), parts[1:]) if wanted else "\n".join(parts),
        encoding="utf-8",
    )
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
