"""Which columns are sealed, and with which keys."""

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models

from parvis.vault.sealed import SealedField, SealedModel
from parvis.vault.sealing import MARK_BYTES


def sealed_columns() -> Iterator[tuple[type[SealedModel], str]]:
    """Give every sealed column of every room."""
    for model in apps.get_models():
        if issubclass(model, SealedModel):
            for field in model._meta.get_fields():  # noqa: SLF001  # documented
                if isinstance(field, SealedField):
                    yield model, field.name


def rows_by_key() -> Counter[str]:
    """Return how many sealed values each key holds, by its mark."""
    found: Counter[str] = Counter()
    for model, name in sealed_columns():
        table, column = model._meta.db_table, name  # noqa: SLF001  # documented; a sealed column bears its own name
        quoted = connection.ops.quote_name
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT encode(substring({quoted(column)} from 2 for {MARK_BYTES}), 'hex'), count(*) "  # noqa: S608  # names of our own columns
                f"FROM {quoted(table)} WHERE length({quoted(column)}) > 0 GROUP BY 1"
            )
            found.update({str(mark): int(count) for mark, count in cursor.fetchall()})
    return found


def sealed_otherwise(model: type[SealedModel], name: str, mark: str) -> models.QuerySet[SealedModel]:
    """Return the rows whose column was sealed with another key than the one of this mark."""
    head = bytes([1]) + bytes.fromhex(mark)
    rows: models.QuerySet[SealedModel] = model._default_manager.exclude(**{name: b""})  # noqa: SLF001  # documented
    return rows.annotate(
        seal_head=models.Func(
            models.F(name),
            function="substring",
            template=f"%(function)s(%(expressions)s from 1 for {len(head)})",
            output_field=models.BinaryField(),
        )
    ).exclude(seal_head=head)
