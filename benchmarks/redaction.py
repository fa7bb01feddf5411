"""How fast personal information is looked for, and how often it is found in released summaries. Run by `make bench`.

Ordinary text: the summaries of PARVIS_DATA, or, without them, the marked sentences over and over. Hostile text: what
makes careless expressions slow, at 250,000 and at one million signs: four times the text may take about four times as
long. Released summaries had the personal information of requesters taken out, so what is found there is an upper bound
of false alarms: addresses of buildings and of companies, mostly.
"""

import csv
import os
import sys
import time
from collections import Counter
from pathlib import Path

from parvis.redaction import find_personal_information
from parvis.redaction.checking import read_sentences

SIGNS = 1_000_000
MOST_SECONDS = 2.0  # a million signs of ordinary text
MOST_GROWTH = 8.0  # four times the text
HOSTILE = {
    "digits": "1",
    "groups of digits": "123 ",
    "at signs": "@",
    "half addresses": "a@a.",
    "colons": "a:",
    "dots": "1.1.1.1.",
    "streets without end": "12 Abc Def ",
    "rues sans fin": "12 rue de la ",
    "words that name": "born tel SIN passport ",
    "telephone numbers": "613-555-0123 ",
    "spaces": " ",
}


def summaries() -> list[str]:
    """Return the summaries of the real files in both languages; the marked sentences where there are none."""
    texts = []
    for path in sorted((Path(os.environ.get("PARVIS_DATA") or "none") / "summaries").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                texts += [text for name in ("summary_en", "summary_fr") if (text := row.get(name))]
    return texts or [sentence.text for sentence in read_sentences()] * 20


def seconds(text: str) -> float:
    """Return the processor time of one look."""
    began = time.process_time()
    find_personal_information(text)
    return time.process_time() - began


def main() -> int:
    """Print the measurements; return 1 when ordinary text takes too long or hostile text grows out of proportion."""
    texts = summaries()
    ordinary = seconds(("\n".join(texts) * (1 + SIGNS // sum(map(len, texts))))[:SIGNS])
    print(f"redaction: {ordinary:.2f} s for a million signs of ordinary text (at most {MOST_SECONDS:.0f})")
    worst, growth = 0.0, 0.0
    for piece in HOSTILE.values():
        whole = (piece * (SIGNS // len(piece) + 1))[:SIGNS]
        short, long = seconds(whole[: SIGNS // 4]), seconds(whole)
        worst, growth = max(worst, long), max(growth, long / short)
    print(
        f"redaction: at most {worst:.2f} s for a million hostile signs; four times the text, {growth:.1f} times as long"
    )
    found = Counter(one.kind for text in texts for one in find_personal_information(text))
    kinds = ", ".join(f"{kind} {count * 1000 / len(texts):.2f}" for kind, count in found.most_common())
    print(f"redaction: found in 1,000 of {len(texts):,} released summaries: {kinds or 'nothing'}")
    return 0 if ordinary <= MOST_SECONDS and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
