"""Request numbers: institution, kind, year and a running number ("CIC-A-2026-00012"), none twice and none left out.

The letters are those that federal institutions use: A for access, P for personal information, C for a correction,
I for an informal request.
"""

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
NEXT = """
    INSERT INTO access_numberseries AS had (institution_id, letter, year, last)
    VALUES (%s, %s, %s, 1)
    ON CONFLICT (institution_id, letter, year) DO UPDATE SET last = had.last + 1
    RETURNING last
"""


def next_number(institution_id: int, slug: str, kind: str, year: int) -> str:
    """Return the next number of an institution. Whoever takes several takes them in the order of `institution_id`."""
    letter = LETTERS[RequestKind(kind)]
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [institution_id, letter, year])
        (last,) = next(iter(cursor.fetchall()))
    return f"{slug.upper()}-{letter}-{year}-{last:05}"
