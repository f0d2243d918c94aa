from django.db import migrations, models


class Migration(migrations.Migration):
    """A source says which part of the story it bears out; empty where nobody said."""

    dependencies = [("newsroom", "0012_receipts_know_a_form_sent_twice")]

    operations = [
        migrations.AddField(
            "source",
            "supports",
            models.CharField("apa yang didukung sumber ini", blank=True, db_default="", default="", max_length=160),
        )
    ]
