from django.db import migrations

SQL = """
CREATE TRIGGER consents_are_append_only BEFORE UPDATE OR DELETE ON accounts_consent
FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change();
"""
UNDO = "DROP TRIGGER consents_are_append_only ON accounts_consent;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "0002_entries_are_append_only")]
    operations = [migrations.RunSQL(SQL, UNDO)]
