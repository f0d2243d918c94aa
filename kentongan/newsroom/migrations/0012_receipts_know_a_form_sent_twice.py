from django.db import migrations


class Migration(migrations.Migration):
    """A form of the desk that is sent twice is known by `core.Receipt`; a story needs no key of its own."""

    dependencies = [("newsroom", "0011_regions_ask_more_of_checkers"), ("core", "0003_receipts")]

    operations = [migrations.RemoveField("story", "submission_key")]
