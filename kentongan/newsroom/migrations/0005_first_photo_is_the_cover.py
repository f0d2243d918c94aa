from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0004_begun_stories_and_several_photos")]

    operations = [
        migrations.RunSQL(
            "UPDATE newsroom_story SET cover_id = photo.id FROM newsroom_storyphoto photo WHERE photo.story_id = newsroom_story.id AND photo.position = 0",
            migrations.RunSQL.noop,
        ),
    ]
