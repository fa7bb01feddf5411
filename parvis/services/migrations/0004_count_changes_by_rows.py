from django.db import migrations, models

REPLACE = """
CREATE OR REPLACE FUNCTION services_count_years() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO services_datachange (year) SELECT DISTINCT year FROM changed WHERE snapshot_id IS NULL;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION services_count_measures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO services_datachange (year)
    SELECT DISTINCT y.year FROM changed JOIN services_serviceyear y ON y.id = changed.service_year_id
    WHERE y.snapshot_id IS NULL;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION services_count_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO services_datachange (year) SELECT 0 WHERE EXISTS (SELECT FROM changed);
    RETURN NULL;
END $$;
INSERT INTO services_datachange (year) SELECT year FROM services_dataversion;
"""


class Migration(migrations.Migration):
    dependencies = [("services", "0003_count_changes_and_freeze_editions")]

    operations = [
        migrations.CreateModel(
            name="DataChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="fiscal year")),
            ],
            options={
                "verbose_name": "change of a year’s rows",
                "verbose_name_plural": "changes of years’ rows",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["year", "id"], name="services_changes_of")],
            },
        ),
        migrations.RunSQL(REPLACE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="DataVersion"),
        migrations.AlterField(
            model_name="storedfigure",
            name="data_version",
            field=models.CharField(max_length=60, verbose_name="version of the rows it was calculated from"),
        ),
        migrations.RemoveConstraint(model_name="editionrow", name="services_edition_row_is_unique"),
        migrations.AddField(
            model_name="editionrow",
            name="year",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="fiscal year"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="editionrow",
            constraint=models.UniqueConstraint(
                fields=["edition", "is_standard", "key", "year"],
                name="services_edition_row_is_unique",
                violation_error_message="This row is in the edition already.",
            ),
        ),
    ]
