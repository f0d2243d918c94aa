"""What the gallery shows: invented things, every component in every state. Nothing here is stored anywhere."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.core.actions import Answer
from kentongan.ui import drawing
from kentongan.ui.choices import noted
from kentongan.ui.icons import PATHS

HERE = "#atas"


class Sample(forms.Form):
    """One field of every shape."""

    phone = forms.CharField(
        label=gettext_lazy("Nomor HP"),
        help_text=gettext_lazy("Boleh 0812…, +62 812…, dengan atau tanpa spasi."),
        widget=forms.TextInput(attrs={"class": "brief", "inputmode": "tel", "autocomplete": "tel"}),
    )
    day = forms.CharField(label=gettext_lazy("Tanggal"), widget=forms.TextInput(attrs={"class": "brief"}))
    what = forms.CharField(label=gettext_lazy("Apa yang terjadi?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    topic = forms.ChoiceField(label=gettext_lazy("Bidang"))
    seen_by = forms.ChoiceField(label=gettext_lazy("Siapa boleh melihat nama Anda?"), widget=forms.RadioSelect)
    looked_at = forms.MultipleChoiceField(label=gettext_lazy("Yang diperiksa"), required=False, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label=gettext_lazy("Orang tua anak di foto sudah mengizinkan"))
    picture = forms.FileField(
        label=gettext_lazy("Ambil atau pilih foto"),
        required=False,
        help_text=gettext_lazy("Paling besar 15 MB. Lokasi di dalam foto kami hapus."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "topic": [("farm", _("Pertanian")), ("health", _("Kesehatan"))],
            "seen_by": [
                ("all", _("Semua orang")),
                ("none", noted(_("Tidak seorang pun"), _("Kami pun tidak, kecuali dibuka dengan alasan tercatat"))),
            ],
            "looked_at": [("source", _("Sumber dihubungi")), ("number", _("Angka dan nama"))],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def clean_day(self) -> str:
        """Always refused: the gallery shows what a refusal looks like."""
        raise forms.ValidationError(_("31 Nov tidak ada. Tulis misalnya 30 Nov 2026. Isian lain aman."))

    def clean(self) -> None:
        """Always refused as a whole, for the same reason."""
        raise forms.ValidationError(_("Belum tersimpan: ada satu isian yang perlu Anda perbaiki."))


def context() -> dict[str, object]:
    """The variables of `/gaya/`."""
    refused = {"phone": "0812 3456 7890", "day": "31 Nov 2026", "seen_by": "none", "looked_at": ["source"], "agreed": "on"}
    return {
        "here": HERE,
        "once": "{% once %}",
        "now": datetime(2026, 11, 21, 7, 5, tzinfo=UTC),
        "today": date(2026, 11, 12),
        "colours": colours(),
        "icons": sorted(PATHS),
        "form": Sample(auto_id="kosong_%s"),
        "refused_form": Sample(refused, auto_id="salah_%s"),
        "yours": [(_("Ubah tulisan"), "#galeri-lengkapi")],
        "no": Answer(
            False, _("Belum bisa terbit: belum ada pemeriksa. Penulis tidak boleh memeriksa kabarnya sendiri."), ("Siti R.", "Nanik S.")
        ),
        "yes": Answer(True),
        "photo": photo(),
        "waiting": waiting(),
        "steps": steps(),
        "map": dot_map(),
        "facts": facts(),
        "checks": [
            Thing(label=_("Sumber dihubungi"), done=True, note=_("Sutrisno ditelepon 15.30, membenarkan.")),
            Thing(label=_("Angka"), done=False, note=""),
        ],
        "tabs": [
            Thing(label=_("Draf"), href=HERE, current=False, waiting=0),
            Thing(label=_("Perlu diperiksa"), href=HERE, current=True, waiting=2),
            Thing(label=_("Terbit"), href=HERE, current=False, waiting=0),
        ],
        "head": [_("Desa"), _("Kecamatan"), _("Kabar")],
        "rows": [[("Kajen", HERE), "Margoyoso", "11"], [("Bumiayu", HERE), "Wedarijaksa", "5"]],
        "crumbs": [(_("Beranda"), "/"), (_("Gaya"), "")],
    }


def colours() -> list[tuple[str, str]]:
    """Each token of the palette and what it is for."""
    return [
        ("paper", _("dasar")), ("board", _("papan, catatan")), ("sheet", _("tempat menulis")), ("ink", _("huruf")),
        ("ink-soft", _("keterangan")), ("line", _("garis halus")), ("edge", _("tepi isian")),
        ("brand", _("tautan, sudah terjadi")), ("brand-wash", _("latar gambar")), ("deep", _("pita penuh")),
        ("accent", _("menunggu Anda")), ("accent-wash", _("sorotan untuk Anda")), ("good", _("beres")),
        ("warn", _("berubah, basi")), ("bad", _("lewat, salah")), ("bad-wash", _("latar yang salah")),
    ]  # fmt: skip


def photo() -> Thing:
    """The shape `photo.html` expects; the file is a drawing."""
    address = {(width, kind): static(f"ui/contoh-{width}.{kind}") for width in (320, 640) for kind in ("avif", "jpg")}
    return Thing(
        avif=f"{address[320, 'avif']} 320w, {address[640, 'avif']} 640w",
        fallback=f"{address[320, 'jpg']} 320w, {address[640, 'jpg']} 640w",
        src=address[320, "jpg"],
        width=640,
        height=360,
    )


def waiting() -> list[Thing]:
    """Things that wait: late, today, later and blocked, and what others owe."""
    blocked = Answer(False, _("Belum bisa terbit: belum ada pemeriksa."), ("Siti R.", "Nanik S."))
    return [
        _row("late", _("Jawab Bu Warsini: apakah gorong-gorong jadi dibersihkan?"), _("Lewat 2 hari"), _("Tulis jawaban")),
        _row("", _("Siapkan berita acara musyawarah 14 Nov"), _("Hari ini"), _("Baca dan tanda tangani")),
        _row("later", _("Terbitkan “Bibit kopi gratis dibagikan di balai desa”"), _("3 hari lagi"), _("Terbitkan"), blocked),
        _row("theirs", _("SK pengganti dari Kepala Desa"), _("Rab, 25 Nov"), ""),
    ]


def _row(kind: str, title: str, due: str, label: str, answer: Answer | None = None) -> Thing:
    return Thing(
        kind=kind, title=title, href=HERE, meta=_("dari siapa, untuk apa"), due=due, due_note=_("dijanjikan Jum, 20 Nov"),
        action_label=label, action_href=HERE if label and answer is None else "", answer=answer, id=f"tertutup-{kind}",
    )  # fmt: skip


def steps() -> list[Thing]:
    """A timeline with every length and kind of stroke."""
    rows = [
        (_("Hari yang sama"), "", 0), (_("Satu hari"), "", 1), (_("Sampai lima hari"), "", 2), (_("Sampai sepuluh hari"), "", 3),
        (_("Menunggu Anda"), "now", 0), (_("Lewat janji"), "late", 2), (_("Belum terjadi"), "todo", 0),
    ]  # fmt: skip
    return [Thing(title=title, kind=kind, wait=wait, note=_("siapa, kapan"), wait_label="") for title, kind, wait in rows]


def dot_map() -> Thing:
    """A few invented dots."""
    villages = [(-6.5 - row * 0.021, 111 + column * 0.031 + row % 3 * 0.009) for row in range(6) for column in range(11)]
    plane = drawing.plane(villages)
    points = [plane.at(*village) for village in villages]
    return Thing(
        width=plane.width, height=plane.height, title=_("Peta titik contoh: tiga dari 66 desa punya KIM"),
        dots=drawing.dots(points), has=drawing.dots(points[20:50:13]), ring=drawing.rings(points[20:21]), you=drawing.dots(points[60:61]),
        names=[Thing(x=points[5][0], y=points[5][1] + 40, text="Tayu")], numbers=[],
    )  # fmt: skip


def facts() -> list[tuple[str, object]]:
    """What a trust line unfolds into."""
    return [
        (_("Sumber"), [_("Sutrisno, ketua kelompok air dukuh, ditemui di lokasi 12 Nov."), _("Buku kerja bakti RT 02, difoto 12 Nov.")]),
        (_("Yang diperiksa"), _("Sumber dihubungi · tempat dan waktu · angka dan nama. Penulis dan pemeriksa orang yang berbeda.")),
        (_("Ralat"), [(_("Jumlah rumah, 13 Nov"), HERE)]),
        (_("Versi"), [(_("2 versi. Lihat yang berubah"), HERE)]),
    ]
