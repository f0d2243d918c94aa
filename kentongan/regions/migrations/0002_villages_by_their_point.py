from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_region_tree")]

    operations = [
        migrations.AddIndex(
            model_name="region",
            index=models.Index(
                condition=models.Q(("lat__isnull", False), ("level", 4)), fields=["lat", "lon"], name="region_village_point"
            ),
        ),
    ]
