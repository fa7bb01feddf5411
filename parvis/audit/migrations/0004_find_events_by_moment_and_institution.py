from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("audit", "0003_seals_are_keyed")]

    operations = [
        AddIndexConcurrently("event", models.Index(fields=["happened_at"], name="audit_event_moment")),
        AddIndexConcurrently(
            "event",
            models.Index(KeyTextTransform("institution", "data"), "id", name="audit_event_institution"),
        ),
    ]
