from django.db import migrations

# Named as the constraint it completes, so that people read that constraint's sentence. Asked when the verifier is set, and once more
# when what was verified is published; a correction confirmed later may well come from the verifier.
SQL = """
CREATE FUNCTION newsroom_verifier_wrote_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.verifier_id IS NOT DISTINCT FROM NEW.verifier_id AND NOT (OLD.state = 'verified' AND NEW.state = 'published') THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM newsroom_revision WHERE story_id = NEW.id AND author_id = NEW.verifier_id) THEN
        RAISE EXCEPTION 'person % wrote a revision of story % and cannot verify it', NEW.verifier_id, NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'verifier_is_not_the_author', TABLE = 'newsroom_story';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verifier_wrote_nothing BEFORE INSERT OR UPDATE ON newsroom_story
FOR EACH ROW WHEN (NEW.verifier_id IS NOT NULL) EXECUTE FUNCTION newsroom_verifier_wrote_nothing();
"""
UNDO = """
DROP TRIGGER verifier_wrote_nothing ON newsroom_story;
DROP FUNCTION newsroom_verifier_wrote_nothing();
"""


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_revisions_and_checks_are_append_only")]
    operations = [migrations.RunSQL(SQL, UNDO)]
