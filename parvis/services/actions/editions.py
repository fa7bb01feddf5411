"""Publishing: the figures of a fiscal year are frozen with their rows, and say what changed and why."""

from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.services.editions.difference import difference
from parvis.services.editions.freezing import FrozenRow, hash_of
from parvis.services.events import ServicesEvent
from parvis.services.indicators.evaluator import EVERYONE, Result, Year, counted_rows, evaluate
from parvis.services.indicators.model import Indicator
from parvis.services.indicators.reading import register
from parvis.services.models import Edition, EditionFigure, EditionRow, Snapshot
from parvis.services.policy import can_publish_editions
from parvis.services.queries.figures import stored_values
from parvis.services.queries.frozen import current_rows, edition_rows, frozen_year

PUBLISHING_LOCK = 0x5EA2  # a number of ours for PostgreSQL's advisory lock: one publication at a time
AT_ONCE = 2000


@action
def publish_edition(
    *, actor: Actor, year: int, why: Text, as_of: date, snapshot: Snapshot | None = None
) -> Edition:
    """Freeze the figures of the fiscal year that begins in `year`, as they stand or as a snapshot has them.

    Raises NotReadyError when a reason is missing in a language, when there are no rows, or when nothing has changed
    since the last edition.
    """
    require(can_publish_editions(actor))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
        cursor.execute("SELECT nextval(pg_get_serial_sequence('services_edition', 'id'))")
        [number] = cursor.fetchone() or [0]
    rows = current_rows(year, snapshot)
    previous = Edition.objects.of_year(year).last()
    require_none(_blockers(rows, previous, why))
    _freeze(number, year, rows)
    edition = Edition.objects.create(
        pk=number,
        year=year,
        number=previous.number + 1 if previous else 1,
        as_of=as_of,
        snapshot=snapshot,
        previous=previous,
        why_en=why.en.strip(),
        why_fr=why.fr.strip(),
        rows_hash=hash_of(row.digest for row in rows),
        services=sum(not row.is_standard for row in rows),
        standards=sum(row.is_standard for row in rows),
    )
    changes = difference(edition_rows(previous), rows) if previous else None
    append_event(
        ServicesEvent.EDITION_PUBLISHED,
        actor=actor,
        subject=edition,
        year=edition.fiscal_yr,
        number=edition.number,
        why=edition.why,
        rows_hash=edition.rows_hash,
        went=len(changes.went) if changes else 0,
        came=len(changes.came) if changes else 0,
        cells=len(changes.cells) if changes else 0,
    )
    return edition


def _blockers(rows: list[FrozenRow], previous: Edition | None, why: Text) -> list[object]:
    found: list[object] = []
    if not (why.en.strip() and why.fr.strip()):
        found.append(_("Say in English and in French why this edition is published."))
    if not rows:
        found.append(_("There are no rows of this fiscal year to publish. Load them first."))
    elif previous and previous.rows_hash == hash_of(row.digest for row in rows):
        found.append(_("Nothing has changed since the last edition, so there is nothing to publish."))
    return found


def _freeze(edition: int, year: int, rows: list[FrozenRow]) -> None:
    """Write rows and figures under the number of an edition that does not stand yet."""
    EditionRow.objects.bulk_create(
        (
            EditionRow(
                edition_id=edition,
                is_standard=row.is_standard,
                key=row.key,
                service_key=row.service_key,
                institution=row.institution,
                year=row.year,
                cells=dict(row.cells),
                digest=row.digest,
            )
            for row in rows
        ),
        batch_size=AT_ONCE,
    )
    table = frozen_year(rows, year)
    digests = {(row.is_standard, row.key): row.digest for row in rows if row.year == year}
    EditionFigure.objects.bulk_create(
        (
            EditionFigure(edition_id=edition, rows_hash=hashes.get(one.institution, ""), **stored_values(one))
            for indicator in register().indicators.values()
            for hashes in [_hashes(indicator, table, digests)]
            for one in _results(indicator, table)
        ),
        batch_size=AT_ONCE,
    )


def _results(indicator: Indicator, table: Year) -> list[Result]:
    return list(evaluate(indicator, table).values())


def _hashes(indicator: Indicator, table: Year, digests: dict[tuple[bool, str], str]) -> dict[str, str]:
    """Return the hash of the rows in scope by institution, and of all together."""
    is_standard = indicator.of == "standards"
    found: dict[str, list[str]] = {EVERYONE: []}
    for row in counted_rows(indicator, table):
        digest = digests[is_standard, row.key]
        found[EVERYONE].append(digest)
        if row.institution:
            found.setdefault(row.institution, []).append(digest)
    return {institution: hash_of(some) for institution, some in found.items()}
