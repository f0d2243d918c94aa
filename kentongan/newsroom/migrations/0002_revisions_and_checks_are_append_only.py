from django.db import migrations

SQL = """
CREATE TRIGGER revisions_are_append_only BEFORE UPDATE OR DELETE ON newsroom_revision
FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
CREATE TRIGGER checks_are_append_only BEFORE UPDATE OR DELETE ON newsroom_check
FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
"""
UNDO = """
DROP TRIGGER checks_are_append_only ON newsroom_check;
DROP TRIGGER revisions_are_append_only ON newsroom_revision;
"""


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial"), ("core", "0002_entries_are_append_only")]
    operations = [migrations.RunSQL(SQL, UNDO)]
