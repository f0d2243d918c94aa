import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_guardians_erasures_and_mergers'),
        ('groups', '0006_visits_deeds_items_reminders_and_handovers'),
        ('regions', '0002_villages_by_their_point'),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='nama berkas')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('sheets', models.JSONField(default=list)),
                ('notes', models.JSONField(default=list)),
                ('sentence', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True, max_length=300, verbose_name='alasan')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(null=True)),
                ('judged_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.office')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.CharField(max_length=100)),
                ('kind', models.CharField(max_length=10)),
                ('number', models.PositiveIntegerField()),
                ('place', models.PositiveSmallIntegerField()),
                ('name', models.CharField(blank=True, max_length=200)),
                ('where', models.CharField(blank=True, max_length=200)),
                ('region_code', models.CharField(blank=True, max_length=13)),
                ('fields', models.JSONField(default=dict)),
                ('verdict', models.CharField(choices=[('ask', 'Pilih'), ('refused', 'Ditolak'), ('changed', 'Berubah'), ('new', 'Baru'), ('same', 'Sama'), ('skipped', 'Dilewati')], max_length=10)),
                ('asked', models.BooleanField(default=False)),
                ('candidates', models.JSONField(default=list)),
                ('choice', models.CharField(blank=True, max_length=40)),
                ('reasons', models.JSONField(default=list)),
                ('changes', models.JSONField(default=list)),
                ('kept', models.JSONField(default=list)),
                ('moved', models.BooleanField(default=False)),
                ('made', models.JSONField(default=dict)),
                ('applied_version', models.PositiveIntegerField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('', ''), ('entered', 'dicatat baru'), ('amended', 'dilengkapi'), ('left', 'tidak disimpan'), ('withdrawn', 'ditarik lagi'), ('restored', 'dikembalikan'), ('stayed', 'dibiarkan: sudah berubah sesudah impor')], max_length=10)),
                ('said', models.CharField(blank=True, max_length=300)),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.group')),
                ('importing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='registers.import')),
            ],
        ),
        migrations.CreateModel(
            name='Heading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('heading', models.CharField(max_length=200)),
                ('field', models.CharField(blank=True, max_length=40)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='groups.office')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('office', 'kind', 'heading'), name='one_meaning_a_heading')],
            },
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['office', 'digest'], name='import_same_file'),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['-id', 'region'], name='import_newest'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'read', 'unreadable', 'judging', 'previewed', 'same', 'saving', 'confirmed', 'undoing', 'undone', 'dropped'])), name='import_state'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'undoing', 'undone']), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='import_confirmed_at'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', False), _connector='OR'), name='import_undone_at'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['importing', 'place', 'number', 'id'], name='row_in_order'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['importing', 'verdict', 'number', 'id'], name='row_of_verdict'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('importing', 'sheet', 'number'), name='one_row_a_line'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['ask', 'refused', 'changed', 'new', 'same', 'skipped'])), name='row_verdict'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('choice', ''), ('asked', True), _connector='OR'), name='row_choice_where_asked'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ['entered', 'amended']), _negated=True), ('group__isnull', False), _connector='OR'), name='row_saved_has_group'),
        ),
    ]
