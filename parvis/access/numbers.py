"""Request numbers: institution, kind, year and a running number ("CIC-A-2026-00012"), none twice and none left out.

The letters are those that federal institutions use: A for access, P for personal information, C for a correction,
I for an informal request.
"""

from collections.abc import Mapping

from django.db import connection

from parvis.access.states import RequestKind

LETTERS = {
    RequestKind.RECORDS: "A",
    RequestKind.OWN: "P",
    RequestKind.OTHER: "P",
    RequestKind.CORRECTION: "C",
    RequestKind.COPY: "I",
}
# The row stays locked until the transaction ends, so that a number is given only to a request that is kept.
# Rows are taken in the order of the institutions, so that two who ask for several never wait for each other in a ring.
NEXT = """
    INSERT INTO access_numberseries AS had (institution_id, letter, year, last)
    SELECT institution_id, %s, %s, 1 FROM unnest(%s::bigint[]) AS wanted (institution_id) ORDER BY institution_id
    ON CONFLICT (institution_id, letter, year) DO UPDATE SET last = had.last + 1
    RETURNING institution_id, last
"""


def next_numbers(slugs: Mapping[int, str], kind: str, year: int) -> dict[int, str]:
    """Return the next number of each of these institutions (slug by id), by id."""
    letter = LETTERS[RequestKind(kind)]
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [letter, year, list(slugs)])
        last = {int(institution_id): number for institution_id, number in cursor.fetchall()}
    return {one: f"{slug.upper()}-{letter}-{year}-{last[one]:05}" for one, slug in slugs.items()}
