from django.db import migrations

SQL = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the record of actions is append-only'; END $$;
CREATE TRIGGER entries_are_append_only BEFORE UPDATE OR DELETE ON core_entry
FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER steps_are_append_only BEFORE UPDATE OR DELETE ON core_step
FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
"""
UNDO = """
DROP TRIGGER steps_are_append_only ON core_step;
DROP TRIGGER entries_are_append_only ON core_entry;
DROP FUNCTION core_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
