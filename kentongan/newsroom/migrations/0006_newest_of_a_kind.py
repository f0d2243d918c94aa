from django.db import migrations, models
from django.db.models import F, Q

COLUMNS = ("", "province_code", "regency_code", "district_code", "village_code", "group_id")


def newest_of_a_kind(column):
    """The newest published stories of one kind, everywhere or where `column` says, as one walk."""
    columns = [F(column), F("kind")] if column else [F("kind")]
    name = f"story_kind_{column[:8] or 'nation'}"
    return models.Index(*columns, F("published_at").desc(), F("id").desc(), name=name, condition=Q(state="published"))


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0005_first_photo_is_the_cover")]

    operations = [migrations.AddIndex("story", newest_of_a_kind(column)) for column in COLUMNS]
