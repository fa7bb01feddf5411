"""The service inventory: loading it, all figures anew beside DuckDB over the same rows, pages, how soon an edit shows.

Needs the real files that PARVIS_DATA names. All of them are loaded, from an empty database and with every rule of
quality; then three real years stand for ten, with all departments that report. What
DuckDB gives is asserted to be what we give. Pages are asked for in one process, without what they keep and with it.
"""

import contextlib
import io
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from benchmarks.services_sql import statement
from benchmarks.thrown_away import a_database
from parvis.core.actor import Actor

SYSTEM = Actor.system("benchmark")
TEN_YEARS = range(2016, 2026)
REAL = (2018, 2019, 2023)
LOAD_AT_MOST = 60.0  # seconds
ALL_AT_MOST = 10.0  # seconds
PAGE_AT_MOST, KEPT_AT_MOST = 150.0, 20.0  # milliseconds, of 95 in 100 pages
EDIT_AT_MOST = 2.0  # seconds


def fill(data: Path) -> tuple[float, float, str]:
    """Load all real files into an empty database; then let the last year stand for those that are missing.

    Returns the seconds that loading took, rules of quality included, those of them in this process, and its account.
    """
    from django.db import connection  # noqa: PLC0415  # after Django is set up

    from parvis.services.commands import load  # noqa: PLC0415  # as above
    from parvis.services.models import ServiceYear, StandardYear  # noqa: PLC0415  # as above

    said = io.StringIO()
    began, worked = time.perf_counter(), time.process_time()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        load([data], actor=SYSTEM)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    with connection.cursor() as cursor:
        for model in (ServiceYear, StandardYear):
            table = model._meta.db_table  # noqa: SLF001  # documented
            plain = [
                str(field.column)
                for field in model._meta.concrete_fields  # noqa: SLF001  # documented
                if field.name not in ("id", "public_id", "year", "file")
            ]
            model.objects.current().exclude(year__in=REAL).delete()
            for year in set(TEN_YEARS) - set(REAL):
                cursor.execute(
                    f"INSERT INTO {table} (public_id, year, {', '.join(plain)}) "  # noqa: S608  # our own names
                    f"SELECT substr(md5(random()::text), 1, 16), {year}, {', '.join(plain)} "
                    f"FROM {table} WHERE year = 2023 AND snapshot_id IS NULL"
                )
        cursor.execute("ANALYZE")
    return took, worked, said.getvalue().splitlines()[-1]


def columns(table: Any, register: Any, of: Any) -> dict[str, Any]:
    """Return a table of ours as plain columns for DuckDB."""
    size = len(table)
    found: dict[str, Any] = {"key": list(table.keys), "institution": list(table.institutions)}
    for name, kind in register.fields[of].items():
        column = table.columns[name]
        if kind.value in ("number", "year"):
            numbers = column.numbers()
            found[name] = [None if np.isnan(one) else float(one) for one in numbers]
        elif kind.value == "codes":
            found[name] = [list(row) for row in column._rows]  # noqa: SLF001  # what it was made of
        else:
            found[name] = [str(code) for code in column._codes]  # noqa: SLF001  # as above
    found["ends_in"] = [table.ends_in] * size
    found["year"] = [table.year] * size
    if of.value == "standards":
        keys = table.parents.keys
        found["service_key"] = [keys[place] if place >= 0 else "" for place in table.parent_places]
    return found


def beside_duckdb(ours: dict[tuple[str, str, str], tuple[float, float | None, int]]) -> float:
    """Ask DuckDB for the same, assert that it says the same, and return the seconds that its statements took."""
    from parvis.services.indicators.model import Of  # noqa: PLC0415  # after Django is set up
    from parvis.services.indicators.reading import register  # noqa: PLC0415  # as above
    from parvis.services.queries.tables import year_tables  # noqa: PLC0415  # as above

    known = register()
    base = duckdb.connect()
    base.execute("SET threads = 1")
    for of in Of:
        whole: dict[str, list[Any]] = {}
        for year in TEN_YEARS:
            for name, cells in columns(year_tables(year).rows(of), known, of).items():
                whole.setdefault(name, []).extend(cells)
        make(base, of.value, whole, known.fields[of])
    theirs: dict[tuple[str, str, str], tuple[float, float | None, int]] = {}
    seconds = 0.0
    for indicator in known.indicators.values():
        query = statement(known, indicator, indicator.versions[0])
        began = time.perf_counter()
        rows = base.execute(query).fetchall()
        seconds += time.perf_counter() - began
        for year, institution, numerator, denominator, count in rows:
            theirs[indicator.id, year, institution] = (numerator or 0.0, denominator, count)
    for key, (numerator, denominator, count) in ours.items():
        if key in theirs or count:
            other = theirs[key]
            assert np.isclose(numerator, other[0]), (key, numerator, other)
            assert denominator is None or np.isclose(denominator, other[1] or 0.0), (key, denominator, other)
            assert count == other[2], (key, count, other)
    assert len([one for one in theirs if one not in ours]) == 0
    return seconds


def make(base: duckdb.DuckDBPyConnection, name: str, whole: dict[str, list[Any]], fields: Any) -> None:
    """Make a table of DuckDB."""
    types = {"number": "DOUBLE", "year": "DOUBLE", "codes": "VARCHAR[]", "code": "VARCHAR"}
    kinds = {column: types[fields[column].value] if column in fields else "VARCHAR" for column in whole}
    kinds["ends_in"] = "DOUBLE"
    base.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in kinds.items())})")
    rows = list(zip(*whole.values(), strict=True))
    marks = ", ".join("?" for _column in whole)
    base.execute("BEGIN")
    base.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608  # our own names
    base.execute("COMMIT")


def addresses() -> Iterator[str]:
    """Yield pages of every kind, many of each."""
    from parvis.services.indicators.reading import register  # noqa: PLC0415  # after Django is set up
    from parvis.services.models import (  # noqa: PLC0415  # as above
        Service,
        ServiceStandard,
        ServiceYear,
        StandardYear,
    )
    from parvis.services.queries.figures import results  # noqa: PLC0415  # as above

    found = results(indicators=["standards-met"], years=[2023])
    departments = sorted({one.institution for one in found if one.institution})
    public = [one.id for one in register().indicators.values() if one.is_public]
    for year in ("", "?year=2019-2020", "?year=2018-2019"):
        yield f"/en/services{year}"
        yield f"/fr/services/ministeres{year}"
    yield from (
        "/en/services/list",
        "/en/services/list?standards=missed&page=3",
        "/fr/services/liste?q=permis",
    )
    yield from (f"/en/services/departments/{slug}" for slug in departments[:20])
    yield from (f"/fr/services/chiffres/{name}" for name in public)
    yield from (f"/en/services/figures/{name}/2023-2024" for name in public)
    yield from (f"/en/services/figures/standards-met/2023-2024/{slug}" for slug in departments[:10])
    services = Service.objects.filter(pk__in=ServiceYear.objects.current().values("service"))
    standards = ServiceStandard.objects.filter(pk__in=StandardYear.objects.current().values("standard"))
    yield from (f"/en/services/{one.public_id}" for one in services.order_by("?")[:20])
    yield from (f"/fr/services/normes/{one.public_id}" for one in standards.order_by("?")[:10])


def times(paths: list[str], *, is_kept: bool) -> list[float]:
    """Ask for every page; return the milliseconds that each took."""
    from django.test import Client  # noqa: PLC0415  # after Django is set up

    from parvis.services.kept import forget_pages  # noqa: PLC0415  # as above

    client, found = Client(SERVER_NAME="localhost"), []
    for path in paths:
        if not is_kept:
            forget_pages()
        began = time.perf_counter()
        response = client.get(path)
        found.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200, (path, response.status_code)
    return found


def edit_shows() -> float:
    """Change a row, and return the seconds until a page shows it."""
    from django.test import Client  # noqa: PLC0415  # after Django is set up

    from parvis.services.models import ServiceYear  # noqa: PLC0415  # as above

    client, path = Client(SERVER_NAME="localhost"), "/en/services/figures/online-end-to-end/2023-2024"
    before = client.get(path).content
    row = (
        ServiceYear.objects.current()
        .filter(year=2023, service_scope__contains=["EXTERN"], os_application="N")
        .first()
    )
    assert row is not None
    began = time.perf_counter()
    names = [name for name in row.__dict__ if name.startswith("os_") and "comment" not in name]
    ServiceYear.objects.filter(pk=row.pk).update(**dict.fromkeys(names, "Y"))
    after = client.get(path).content
    seconds = time.perf_counter() - began
    assert b"383 of 1,596" in after
    assert before != after
    return seconds


def measure(data: Path) -> int:
    """Print what was measured; 1 where something is too slow."""
    from parvis.services.actions.figures import refresh_figures  # noqa: PLC0415  # after Django is set up
    from parvis.services.queries.figures import calculated, results  # noqa: PLC0415  # as above

    loading, worked, account = fill(data)
    began = time.perf_counter()
    years = refresh_figures(actor=SYSTEM)
    whole = time.perf_counter() - began
    found = results()
    ours = {
        (one.indicator, one.year, one.institution): (one.numerator, one.denominator, one.rows)
        for one in found
    }
    calculated.cache_clear()
    rivals = beside_duckdb(ours)
    pages = list(addresses())
    times(pages[:40], is_kept=True)  # a process that serves has opened its templates
    fresh, kept = times(pages, is_kept=False), []
    times(pages, is_kept=True)
    kept = times(pages, is_kept=True)
    edit = edit_shows()
    p95 = [statistics.quantiles(some, n=20)[-1] for some in (fresh, kept)]
    print(f"All real files into an empty database, every rule of quality included: {loading:.1f} s")
    print(
        f"  of which this process worked {worked:.1f} s; the rest is PostgreSQL's, and other work on the machine"
    )
    print(f"  {account}")
    print(
        f"{len(found):,} figures of {len(years)} years, {len({one.institution for one in found}) - 1} departments:"
    )
    print(f"  calculated from the database and kept   {whole:6.1f} s")
    print(
        f"  DuckDB, its statements alone            {rivals:6.1f} s (rows in memory, one thread; the same results)"
    )
    print(f"{len(pages)} pages, 95 of 100 in at most:")
    print(f"  made anew                               {p95[0]:6.0f} ms")
    print(f"  kept                                    {p95[1]:6.1f} ms")
    print(f"An edit shows in a figure after           {edit:6.2f} s")
    print(
        f"Wanted: {LOAD_AT_MOST:.0f} s, {ALL_AT_MOST:.0f} s, {PAGE_AT_MOST:.0f} ms, {KEPT_AT_MOST:.0f} ms, "
        f"{EDIT_AT_MOST:.0f} s; "
        f"load of the machine at the end {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    is_fast = (
        loading <= LOAD_AT_MOST
        and whole <= ALL_AT_MOST
        and p95[0] <= PAGE_AT_MOST
        and p95[1] <= KEPT_AT_MOST
        and edit <= EDIT_AT_MOST
    )
    return 0 if is_fast else 1


def main() -> int:
    """Make a database, measure on it, and throw it away."""
    data = Path(os.environ.get("PARVIS_DATA") or "/nowhere") / "services"
    if not data.is_dir():
        print("PARVIS_DATA names no folder with the real files of services; nothing was measured.")
        return 0
    with a_database():
        from django.core.management import call_command  # noqa: PLC0415  # after Django is set up

        call_command("collectstatic", verbosity=0, interactive=False)
        return measure(data)


if __name__ == "__main__":
    sys.exit(main())
