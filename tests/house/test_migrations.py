"""Migrations fit the version that still runs: while they are applied, the old code goes on reading and writing.

What the old code names may not go away, and what it does not know of may not be demanded of it. So things are removed
in two releases: first the code stops using them, then a later migration drops them. What is allowed all the same stands
in docs/ratchet.md with its reason.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models.fields import NOT_PROVIDED

ROOT = Path(__file__).resolve().parents[2]
LOADER = MigrationLoader(None)
OURS = sorted(
    key for key, found in LOADER.disk_migrations.items() if type(found).__module__.startswith("parvis.")
)


def allowed() -> set[str]:
    """Read the rows `| app.migration: what | reason |` of docs/ratchet.md."""
    text = (ROOT / "docs" / "ratchet.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z]+\.\d{4}_[a-z0-9_]+: [^`]+)` \|", text, re.MULTILINE))


def demands(field: "models.Field[object, object]") -> bool:
    """Say whether a column refuses the rows of code that does not know it."""
    return not (field.null or field.many_to_many or field.generated or field.db_default is not NOT_PROVIDED)


def breaks(operation: object, made_here: set[str], before: object) -> str:
    """Return what the running version would stumble over, or nothing."""
    name = getattr(operation, "model_name", "") or getattr(operation, "name", "")
    if isinstance(operation, migrations.CreateModel):
        made_here.add(operation.name.lower())
    if str(name).lower() in made_here:
        return ""  # no running code knows a table that this very migration makes
    match operation:
        case migrations.DeleteModel() | migrations.RenameModel() | migrations.AlterModelTable():
            return f"{type(operation).__name__} {name or operation.old_name}"  # type: ignore[union-attr]  # of RenameModel
        case migrations.RemoveField() | migrations.RenameField():
            return f"{type(operation).__name__} {name}.{getattr(operation, 'name', '') or operation.old_name}"  # type: ignore[union-attr]  # as above
        case migrations.AddField() if demands(operation.field):
            return f"AddField {name}.{operation.name}"
        case migrations.AlterField() if demands(operation.field) and was_free(
            before, str(name), operation.name
        ):
            return f"AlterField {name}.{operation.name}"
    return ""


def was_free(before: object, model: str, field: str) -> bool:
    """Say whether the column, as it was before, took rows that leave it out."""
    found = before.models[model].fields[field]  # type: ignore[attr-defined]  # the state of one application
    return not demands(found)


class States:
    """The models of one application before a migration."""

    def __init__(self, app: str, name: str) -> None:
        state = LOADER.project_state((app, name), at_end=False)
        self.models = {model: found for (label, model), found in state.models.items() if label == app}


def faults(app: str, name: str) -> Iterator[str]:
    migration, made_here = LOADER.disk_migrations[app, name], set[str]()
    if migration.initial or not migration.dependencies:
        return
    for operation in migration.operations:
        needs_state = isinstance(operation, migrations.AlterField)
        if found := breaks(operation, made_here, States(app, name) if needs_state else None):
            yield f"{app}.{name}: {found}"


def test_every_migration_fits_the_version_that_still_runs() -> None:
    found = {fault for app, name in OURS for fault in faults(app, name)}
    assert found - allowed() == set(), "do it in two releases, or argue for it in docs/ratchet.md"
    assert allowed() - found == set(), "these rows of docs/ratchet.md are no longer needed"


@pytest.mark.parametrize(
    ("operation", "says"),
    [
        (migrations.RemoveField("event", "data"), "RemoveField event.data"),
        (migrations.RenameField("event", "data", "details"), "RenameField event.data"),
        (migrations.DeleteModel("Event"), "DeleteModel Event"),
        (migrations.RenameModel("Event", "Happening"), "RenameModel Event"),
        (
            migrations.AddField("event", "place", models.CharField(default="", max_length=9)),
            "AddField event.place",
        ),
        (migrations.AddField("event", "place", models.CharField(db_default="", max_length=9)), ""),
        (migrations.AddField("event", "place", models.CharField(null=True, max_length=9)), ""),
        (migrations.AlterField("event", "name", models.CharField(max_length=200)), ""),
        (migrations.AlterField("event", "actor_id", models.BigIntegerField()), "AlterField event.actor_id"),
        (migrations.AddIndex("event", models.Index(fields=["name"], name="an_index")), ""),
    ],
)
def test_what_would_break_the_running_version_is_seen(operation: object, says: str) -> None:
    assert breaks(operation, set(), States("audit", "0002_append_only")) == says
    assert breaks(operation, {"event"}, States("audit", "0002_append_only")) == ""
