"""Request numbers: institution, kind, year and a running number ("CIC-A-2026-00012"), none twice and none left out.

The letters are those that federal institutions use: A for access, P for personal information, C for a correction,
I for an informal request.
"""

from collections.abc import Mapping

from django.db import connection

from parvis.access.models import Submission
from parvis.access.states import RequestKind

LETTERS = {
    RequestKind.RECORDS: "A",
    RequestKind.OWN: "P",
    RequestKind.OTHER: "P",
    RequestKind.CORRECTION: "C",
    RequestKind.COPY: "I",
}
# A row of the series stays locked until the transaction ends, so that a number is given only to a request that is kept;
# so numbers are given last, when all else is written. Rows are taken in the order of the institutions, so that two who
# ask several never wait for each other in a ring.
GIVE = """
    WITH wanted AS (
        SELECT institution_id, prefix FROM unnest(%s::bigint[], %s::text[]) AS wanted (institution_id, prefix)
    ), taken AS (
        INSERT INTO access_numberseries AS had (institution_id, letter, year, last)
        SELECT institution_id, %s, %s, 1 FROM wanted ORDER BY institution_id
        ON CONFLICT (institution_id, letter, year) DO UPDATE SET last = had.last + 1
        RETURNING institution_id, last
    )
    UPDATE access_accessrequest AS part
    SET number = prefix || lpad(last::text, greatest(5, length(last::text)), '0')
    FROM taken JOIN wanted USING (institution_id)
    WHERE part.submission_id = %s AND part.institution_id = taken.institution_id
    RETURNING part.institution_id, part.number
"""


def give_numbers(submission: Submission, slugs: Mapping[int, str], kind: str, year: int) -> dict[int, str]:
    """Give each part of a new submission the next number of its institution (slug by id); return them by id."""
    letter = LETTERS[RequestKind(kind)]
    prefixes = [f"{slug.upper()}-{letter}-{year}-" for slug in slugs.values()]
    with connection.cursor() as cursor:
        cursor.execute(GIVE, [list(slugs), prefixes, letter, year, submission.pk])
        return dict(cursor.fetchall())
