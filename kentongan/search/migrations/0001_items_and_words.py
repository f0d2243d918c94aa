import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations, models

# `search_plain`: small letters and figures without accents, everything else a space; addresses of the web are left out.
# Declared immutable, so that a query is worked out once: the rules of `unaccent` change with PostgreSQL's own release at most.
# `create` stands alone (not "or replace"): were somebody's function of that name there, the migration should stop.
FUNCTIONS = r"""
create function search_plain(said text) returns text language sql immutable parallel safe as $$
  select trim(regexp_replace(
    lower(public.unaccent('public.unaccent'::regdictionary, regexp_replace(coalesce(said, ''), 'https?://\S+', ' ', 'gi'))),
    '[^[:alnum:]]+', ' ', 'g'))
$$;
create function search_vector(config regconfig, title text, summary text, body text, places text)
returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector(config, search_plain(title)), 'A') || setweight(to_tsvector(config, search_plain(summary)), 'B')
    || setweight(to_tsvector(config, search_plain(body)), 'C') || setweight(to_tsvector(config, search_plain(places)), 'D')
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("contenttypes", "0002_remove_content_type_name")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(FUNCTIONS, "drop function search_vector; drop function search_plain;"),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("things", models.PositiveIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["word"], name="word_like", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("province_code", models.CharField(default="", max_length=2)),
                ("regency_code", models.CharField(default="", max_length=5)),
                ("district_code", models.CharField(default="", max_length=8)),
                ("village_code", models.CharField(default="", max_length=13)),
                ("at", models.DateTimeField()),
                ("site", models.CharField(max_length=140)),
                ("digest", models.CharField(max_length=16)),
                ("stems", django.contrib.postgres.search.SearchVectorField()),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["stems", "words"], name="item_text"),
                    models.Index(fields=["-at", "-id"], name="item_newest"),
                    models.Index(fields=["site"], name="item_site"),
                ],
                "constraints": [models.UniqueConstraint(fields=("content_type", "object_id"), name="one_item_a_thing")],
            },
        ),
    ]
