"""Groups that were suspended before suspensions had rows of their own get one, so that it can be lifted and appealed."""

from django.db import migrations


def write_down(apps, schema_editor):
    Group, Suspension = apps.get_model("groups", "Group"), apps.get_model("groups", "Suspension")
    rows = Group.objects.filter(state="suspended", suspensions=None)
    Suspension.objects.bulk_create(
        Suspension(group=group, course="in_force", reason=group.suspended_reason, appeal_to=group.appeal_to) for group in rows.iterator()
    )


class Migration(migrations.Migration):

    dependencies = [
        ("groups", "0007_papers_statements_and_suspensions"),
    ]

    operations = [
        migrations.RunPython(write_down, migrations.RunPython.noop, elidable=True),
    ]
