import django.db.models.deletion
from django.db import migrations, models


# Named as the constraint it completes, so that people read that constraint's sentence: what is passed on is the original of another group.
SQL = """
CREATE FUNCTION newsroom_repost_names_the_original() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.repost_of_id IS NOT DISTINCT FROM NEW.repost_of_id AND OLD.group_id = NEW.group_id THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM newsroom_story WHERE id = NEW.repost_of_id AND (repost_of_id IS NOT NULL OR group_id = NEW.group_id))
        OR EXISTS (SELECT 1 FROM newsroom_story WHERE repost_of_id = NEW.id)
    THEN
        RAISE EXCEPTION 'story % cannot pass on story %', NEW.id, NEW.repost_of_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'repost_names_the_original', TABLE = 'newsroom_story';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER repost_names_the_original BEFORE INSERT OR UPDATE ON newsroom_story
FOR EACH ROW WHEN (NEW.repost_of_id IS NOT NULL) EXECUTE FUNCTION newsroom_repost_names_the_original();
"""
UNDO = """
DROP TRIGGER repost_names_the_original ON newsroom_story;
DROP FUNCTION newsroom_repost_names_the_original();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_consents_are_append_only"),
        ("groups", "0001_initial"),
        ("media", "0001_initial"),
        ("newsroom", "0006_newest_of_a_kind"),
        ("regions", "0001_region_tree"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(editable=False, max_length=20)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(editable=False, null=True)),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                ("decline_reason", models.CharField(blank=True, max_length=300, verbose_name="mengapa tidak dipakai")),
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="tanggapan")),
                ("commented_at", models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="story",
            name="repost_of",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reposts",
                to="newsroom.story",
            ),
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(editable=False, max_length=20)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("title", models.CharField(max_length=140, verbose_name="judul")),
                ("summary", models.CharField(max_length=280, verbose_name="ringkasan")),
                ("text", models.TextField(max_length=20000, verbose_name="isi")),
                ("answers", models.JSONField(blank=True, default=list, verbose_name="tanya jawab")),
                ("alt", models.CharField(blank=True, max_length=200, verbose_name="apa yang terlihat")),
                ("credit", models.CharField(blank=True, max_length=80, verbose_name="siapa yang memotret")),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("publik", "Milik publik: bebas dipakai dan diubah"),
                            ("cc-by", "CC BY 4.0: bebas dipakai dan diubah, sebutkan instansinya"),
                            ("izin", "Izin instansi: bebas dipakai KIM penerima, sebutkan instansinya"),
                        ],
                        default="publik",
                        max_length=10,
                        verbose_name="izin pakai",
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="bidang")),
                ("valid_until", models.DateField(verbose_name="berlaku sampai")),
                ("to_field", models.CharField(blank=True, max_length=40, verbose_name="bidang penerima")),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                ("expires_at", models.DateTimeField(editable=False, null=True)),
                ("delivered_at", models.DateTimeField(editable=False, null=True)),
                ("withdrawal_reason", models.CharField(blank=True, max_length=300, verbose_name="alasan ditarik")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("demo", models.BooleanField(default=False)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person")),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="materials", to="groups.office")),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="media.photo"
                    ),
                ),
                ("to_groups", models.ManyToManyField(blank=True, related_name="+", to="groups.group")),
                (
                    "to_region",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="story",
            name="material",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stories",
                to="newsroom.material",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("material__isnull", True), ("repost_of__isnull", True), _connector="OR"),
                name="story_has_one_origin",
                violation_error_message="Kabar dari bahan instansi tidak sekaligus kutipan kabar KIM lain.",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("repost_of__isnull", True), models.Q(("repost_of", models.F("id")), _negated=True), _connector="OR"),
                name="repost_names_the_original",
                violation_error_message="Yang dikutip adalah kabar asli KIM lain, bukan kutipan dan bukan kabar sendiri.",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("group", "repost_of"),
                name="one_repost_a_group",
                violation_error_message="KIM ini sudah mengutip kabar itu.",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="answered_by",
            field=models.ForeignKey(
                blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="commented_by",
            field=models.ForeignKey(
                blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person"
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="group",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="groups.group"),
        ),
        migrations.AddField(
            model_name="offer",
            name="material",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="newsroom.material"),
        ),
        migrations.AddField(
            model_name="offer",
            name="story",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offer",
                to="newsroom.story",
            ),
        ),
        migrations.AddIndex(
            model_name="material",
            index=models.Index(fields=["office", "-id"], name="material_newest"),
        ),
        migrations.AddIndex(
            model_name="material",
            index=models.Index(condition=models.Q(("state", "sent")), fields=["expires_at"], name="material_due"),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["drafted", "sent", "withdrawn", "expired"])), name="material_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("summary", ""), _negated=True), models.Q(("text", ""), _negated=True)
                ),
                name="material_says_something",
                violation_error_message="Judul, ringkasan, dan isinya perlu diisi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "drafted"),
                    models.Q(("expires_at__gt", models.F("sent_at")), ("expires_at__isnull", False), ("sent_at__isnull", False)),
                    _connector="OR",
                ),
                name="sent_material_still_holds",
                violation_error_message="Masa berlakunya sudah lewat. Pilih tanggal yang akan datang, lalu kirim.",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("photo__isnull", True),
                    models.Q(models.Q(("alt", ""), _negated=True), models.Q(("credit", ""), _negated=True)),
                    _connector="OR",
                ),
                name="material_photo_is_described",
                violation_error_message="Sebutkan apa yang terlihat di foto dan siapa yang memotret.",
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    models.Q(models.Q(("withdrawal_reason", ""), _negated=True), ("withdrawn_at__isnull", False)),
                    _connector="OR",
                ),
                name="withdrawn_material_says_why",
                violation_error_message="Sebutkan mengapa ditarik: KIM dan pembaca membacanya.",
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["group", "-id"], name="offer_newest"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["material", "state", "id"], name="offer_receipts"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(fields=("material", "group"), name="one_offer_a_group"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["sent", "read", "commented", "adopted", "declined"])), name="offer_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True), models.Q(("decline_reason", ""), _negated=True), _connector="OR"
                ),
                name="declined_offer_says_why",
                violation_error_message="Sebutkan mengapa tidak dipakai: instansi yang mengirim membacanya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "adopted"), _negated=True),
                    models.Q(("answered_by__isnull", False), ("story__isnull", False)),
                    _connector="OR",
                ),
                name="adopted_offer_has_a_story",
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "sent"), ("read_at__isnull", False), _connector="OR"), name="answered_offer_was_read"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "commented"), _negated=True), models.Q(("comment", ""), _negated=True), _connector="OR"
                ),
                name="comment_says_something",
                violation_error_message="Tuliskan dulu tanggapannya.",
            ),
        ),
        migrations.RunSQL(SQL, UNDO),
    ]
