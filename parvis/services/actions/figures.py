"""Calculating figures anew where rows have changed."""

from django.db import connection

from parvis.core.action import action
from parvis.core.actor import Actor
from parvis.services.models import DataChange, StoredFigure
from parvis.services.queries.figures import (
    NAMES,
    calculated,
    data_versions,
    figure_years,
    stale_years,
    stored_values,
)

AT_ONCE = 2000
REFRESH_LOCK = 0x5EA3  # a number of ours for PostgreSQL’s advisory lock: one calculation at a time


@action
def refresh_figures(*, actor: Actor) -> tuple[int, ...]:  # noqa: ARG001  # every action has an actor
    """Calculate the figures of every year whose rows have changed since, and return these years.

    What was counted of changes before the last one is no longer needed then, and is forgotten.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REFRESH_LOCK])
    years = stale_years(data_versions())
    for year in (*years, NAMES) if years else ():
        last = DataChange.objects.filter(year=year).order_by("-pk").values_list("pk", flat=True).first()
        DataChange.objects.filter(year=year, pk__lt=last or 0).delete()
    versions = data_versions()
    StoredFigure.objects.filter(year__in=years).delete()
    StoredFigure.objects.exclude(year__in=figure_years(versions)).delete()
    for year in years:
        StoredFigure.objects.bulk_create(
            (
                StoredFigure(year=year, data_version=versions[year], **stored_values(one))
                for by_institution in calculated(year, versions[year]).values()
                for one in by_institution.values()
            ),
            batch_size=AT_ONCE,
        )
    return years
