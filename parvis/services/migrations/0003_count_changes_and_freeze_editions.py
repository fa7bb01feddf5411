from django.db import migrations

YEARLY = ("services_serviceyear", "services_standardyear")
NAMED = ("services_service", "services_servicestandard")
FROZEN = ("services_edition", "services_editionrow", "services_editionfigure")

COUNT = """
CREATE FUNCTION services_count_years() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO services_dataversion (year, number)
    SELECT DISTINCT year, 1 FROM changed WHERE snapshot_id IS NULL ORDER BY year
    ON CONFLICT (year) DO UPDATE SET number = services_dataversion.number + 1;
    RETURN NULL;
END $$;
CREATE FUNCTION services_count_measures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO services_dataversion (year, number)
    SELECT DISTINCT y.year, 1 FROM changed JOIN services_serviceyear y ON y.id = changed.service_year_id
    WHERE y.snapshot_id IS NULL ORDER BY y.year
    ON CONFLICT (year) DO UPDATE SET number = services_dataversion.number + 1;
    RETURN NULL;
END $$;
CREATE FUNCTION services_count_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO services_dataversion (year, number) SELECT 0, 1 WHERE EXISTS (SELECT FROM changed)
    ON CONFLICT (year) DO UPDATE SET number = services_dataversion.number + 1;
    RETURN NULL;
END $$;
"""
FREEZE = """
CREATE FUNCTION services_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published edition never changes: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE FUNCTION services_refuse_late_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM services_edition WHERE id = NEW.edition_id) THEN
        RAISE EXCEPTION 'a published edition never changes: nothing is added to edition %', NEW.edition_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER services_editionrow_no_late_rows BEFORE INSERT ON services_editionrow
    FOR EACH ROW EXECUTE FUNCTION services_refuse_late_rows();
CREATE TRIGGER services_editionfigure_no_late_rows BEFORE INSERT ON services_editionfigure
    FOR EACH ROW EXECUTE FUNCTION services_refuse_late_rows();
"""


def counting(table: str, function: str) -> str:
    """Return the triggers that tell `function` of every change of `table`. Old and new rows are told apart by none."""
    return "".join(
        f"CREATE TRIGGER {table}_counted_{when.lower()}_{which.lower()} AFTER {when} ON {table} "
        f"REFERENCING {which} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
        for when, which in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    )


def freezing(table: str) -> str:
    """Return the triggers that refuse every change of `table`."""
    return (
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION services_refuse_change();\n"
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION services_refuse_change();\n"
    )


CREATE = (
    COUNT
    + "".join(counting(table, "services_count_years") for table in YEARLY)
    + counting("services_measure", "services_count_measures")
    + "".join(counting(table, "services_count_names") for table in NAMED)
    + FREEZE
    + "".join(freezing(table) for table in FROZEN)
)
DROP = """
DROP FUNCTION services_count_years() CASCADE;
DROP FUNCTION services_count_measures() CASCADE;
DROP FUNCTION services_count_names() CASCADE;
DROP FUNCTION services_refuse_change() CASCADE;
DROP FUNCTION services_refuse_late_rows() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("services", "0002_figures_and_editions")]

    operations = [migrations.RunSQL(CREATE, DROP)]
