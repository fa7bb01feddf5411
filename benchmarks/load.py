"""How many rows a second a load takes, new and unchanged, on an embedded database made for this and thrown away.

Invented rows first; then, where PARVIS_DATA names them, the three real files, to be accounted for in 90 seconds.
"""

import contextlib
import csv
import io
import os
import sys
from pathlib import Path

from benchmarks.thrown_away import a_database
from parvis.core.actor import Actor

ROWS = 20_000
WANTED = 23_219 / 90  # rows a second: the three real files in 90 seconds
HEADER = (
    "year",
    "month",
    "request_number",
    "summary_en",
    "summary_fr",
    "disposition",
    "pages",
    "owner_org",
    "owner_org_title",
)
SUBJECTS = (
    "ferry timetables",
    "lighthouse repairs",
    "customs forms",
    "grain cars",
    "ice cores",
    "pension letters",
)


def write(path: Path) -> None:
    """Write so many rows of the official layout; one number in fifty occurs twice."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow((*HEADER[:7], "comments_en", "comments_fr", *HEADER[7:]))
        for number in range(ROWS):
            subject = SUBJECTS[number % len(SUBJECTS)]
            shown = number - 1 if number % 50 == 49 else number  # every fiftieth
            english = (
                f"Memos, letters and briefing notes about {subject} at post {shown}, and what they cost."
            )
            french = f"Notes, lettres et notes d’information sur le poste {shown} ({subject}), et leur coût."
            row = (2015 + number % 9, 1 + number % 12, f"A-{2015 + number % 9}-{shown:05}", english, french)
            writer.writerow(
                (
                    *row,
                    "Disclosed in part / Divulgué en partie",
                    number % 900,
                    "",
                    "",
                    "",
                    "Post Office | Bureau de poste",
                )
            )


def measure(home: Path) -> int:
    """Print the table; 1 when new rows are taken too slowly."""
    from parvis.config.command import run  # noqa: PLC0415  # after Django is set up
    from parvis.disclosure.loading.summaries import FileToLoad, load_source  # noqa: PLC0415  # as above

    with contextlib.redirect_stdout(io.StringIO()):  # its own report is no measurement
        run("load institutions")
    invented = home / "invented.csv"
    write(invented)
    sets = {"invented": [invented]}
    real = sorted((Path(os.environ.get("PARVIS_DATA") or home) / "summaries").glob("*.csv"))
    if real:
        sets["real files"] = real
    print("| rows of a load | rows | seconds | rows a second |\n|---|---|---|---|")
    slowest = float("inf")
    for name, paths in sets.items():
        for outcome in ("new", "unchanged"):
            files = [FileToLoad(path=path) for path in paths]
            reports = [load_source(actor=Actor.system("benchmark"), files=[file])[0] for file in files]
            rows = sum(report.rows for report in reports)
            seconds = sum(report.seconds for report in reports)
            assert sum(report.counts[outcome] + report.refused for report in reports) == rows
            slowest = min(slowest, rows / seconds)
            print(f"| {name}, {outcome} | {rows:,} | {seconds:.1f} | {rows / seconds:,.0f} |")
    return 0 if slowest >= WANTED else 1


def main() -> int:
    """Make a database, measure on it, and throw it away."""
    with a_database() as home:
        return measure(home)


if __name__ == "__main__":
    sys.exit(main())
