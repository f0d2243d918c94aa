import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name='RegionData',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('counts', models.JSONField()),
                ('loaded_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'get_latest_by': 'loaded_at',
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=13, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Provinsi'), (2, 'Kabupaten/kota'), (3, 'Kecamatan'), (4, 'Desa/kelurahan')])),
                ('lies_in', models.CharField(blank=True, max_length=200)),
                ('lat', models.FloatField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('postal_code', models.CharField(blank=True, max_length=5)),
                ('name_text', models.CharField(editable=False, max_length=170)),
                ('search_text', models.TextField(editable=False)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='regions.region')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='RegionSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(editable=False, max_length=20)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(max_length=60)),
                ('value', models.JSONField()),
                ('source', models.CharField(max_length=300)),
                ('edition', models.CharField(max_length=60)),
                ('since', models.DateField()),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settings', to='regions.region')),
            ],
        ),
        migrations.CreateModel(
            name='RegionSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_code', models.CharField(db_index=True, max_length=13)),
                ('decree', models.CharField(max_length=200)),
                ('since', models.DateField()),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='regions.region')),
            ],
        ),
        migrations.AddIndex(
            model_name='region',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['search_text'], name='region_search_text', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='region',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['name_text'], name='region_name_text', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='region',
            index=models.Index(condition=models.Q(('postal_code', ''), _negated=True), fields=['postal_code'], name='region_postal_code'),
        ),
        migrations.AddConstraint(
            model_name='region',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__regex', '^[1-9][0-9]$'), ('level', 1)), models.Q(('code__regex', '^[1-9][0-9]\\.(0[1-9]|[1-6][0-9]|7[1-9]|[89][0-9])$'), ('level', 2)), models.Q(('code__regex', '^[1-9][0-9]\\.[0-9]{2}\\.[0-9]{2}$'), ('level', 3)), models.Q(('code__regex', '^[1-9][0-9]\\.[0-9]{2}\\.[0-9]{2}\\.[123][0-9]{3}$'), ('level', 4)), _connector='OR'), name='region_code_of_its_level', violation_error_message='Kode wilayah tidak cocok dengan tingkatnya.'),
        ),
        migrations.AddConstraint(
            model_name='region',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('level', 1), ('parent', None)), models.Q(('level__gt', 1), ('parent__isnull', False)), _connector='OR'), name='region_parent_of_all_but_provinces', violation_error_message='Setiap wilayah di bawah provinsi perlu induk.'),
        ),
        migrations.AddConstraint(
            model_name='region',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lat', None), ('lon', None)), models.Q(('lat__isnull', False), ('lat__range', (-12, 7)), ('lon__isnull', False), ('lon__range', (94, 142))), _connector='OR'), name='region_point_in_indonesia', violation_error_message='Titik itu di luar Indonesia.'),
        ),
        migrations.AddConstraint(
            model_name='regionsetting',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'current')), fields=('region', 'key'), name='one_current_setting_a_region', nulls_distinct=False, violation_error_message='Aturan ini baru saja diubah orang lain.'),
        ),
        migrations.AddConstraint(
            model_name='regionsuccession',
            constraint=models.UniqueConstraint(fields=('old_code', 'region'), name='one_succession_a_pair'),
        ),
    ]
