from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_consents_are_append_only'),
        ('groups', '0003_dormant_sites'),
        ('regions', '0002_villages_by_their_point'),
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='group',
            name='group_state',
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'socialised', 'deliberated', 'minuted', 'decreed', 'registered', 'verified', 'suspended', 'dissolved', 'withdrawn'])), name='group_state'),
        ),
    ]
