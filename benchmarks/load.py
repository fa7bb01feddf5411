"""How many rows a second a load takes, new and unchanged. Run by `make bench`, on the database that the settings name.

It loads invented rows under a source of its own, inside one transaction that is rolled back, so that nothing stays.
"""

import csv
import sys
import tempfile
from pathlib import Path

import django
from django.db import transaction

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


def main() -> int:
    """Print the table; 1 when new rows are taken too slowly."""
    django.setup()
    from parvis.core.actor import Actor  # noqa: PLC0415  # after Django is set up
    from parvis.disclosure.loading.summaries import FileToLoad, load_summaries  # noqa: PLC0415  # as above

    actor = Actor.system("benchmark")
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        file = FileToLoad(path=Path(folder) / "benchmark.csv")
        write(file.path)
        speeds = {}
        for name in ("new", "unchanged"):
            report = load_summaries(actor=actor, file=file)
            assert report.counts[name] == ROWS, report.counts
            speeds[name] = ROWS / report.seconds
        transaction.set_rollback(True)
    print(f"| {'rows of a load':<16} | rows a second |")
    print("|---|---|")
    for name, speed in speeds.items():
        print(f"| {name:<16} | {speed:,.0f} |")
    return 0 if speeds["new"] >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
