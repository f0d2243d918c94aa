from django.db import migrations


class Migration(migrations.Migration):
    """Forms sent twice are known by `core.Receipt`; topics and contributions need no key of their own."""

    dependencies = [("discussions", "0002_summaries_are_append_only")]

    operations = [
        migrations.RemoveConstraint("topic", "topic_sent_once"),
        migrations.RemoveConstraint("contribution", "contribution_sent_once"),
        migrations.RemoveField("topic", "submission_key"),
        migrations.RemoveField("contribution", "submission_key"),
    ]
