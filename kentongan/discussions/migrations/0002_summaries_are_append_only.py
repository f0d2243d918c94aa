from django.db import migrations

SQL = """
CREATE TRIGGER summaries_are_append_only BEFORE UPDATE OR DELETE ON discussions_summary
FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
"""
UNDO = "DROP TRIGGER summaries_are_append_only ON discussions_summary;"


class Migration(migrations.Migration):
    dependencies = [("discussions", "0001_initial"), ("core", "0002_entries_are_append_only")]
    operations = [migrations.RunSQL(SQL, UNDO)]
