from django.db import migrations, models

# Django's own cache table, as `createcachetable` makes it; here, so that `parvis migrate` is all that is needed.
CACHE = """
CREATE TABLE parvis_cache (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL
);
CREATE INDEX parvis_cache_expires ON parvis_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                        verbose_name="digest of limit and client",
                    ),
                ),
                ("restored_at", models.DateTimeField(verbose_name="given back whole")),
            ],
            options={"verbose_name": "allowance", "verbose_name_plural": "allowances"},
        ),
        migrations.RunSQL(
            "ALTER TABLE limits_allowance SET UNLOGGED", "ALTER TABLE limits_allowance SET LOGGED"
        ),
        migrations.RunSQL(CACHE, "DROP TABLE parvis_cache"),
    ]
