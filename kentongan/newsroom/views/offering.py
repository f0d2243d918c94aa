"""The verbs of government material and of passing on another group's story, as the tables of `verbs`."""

from django.utils.translation import gettext_lazy as _

from kentongan.newsroom import actions, forms
from kentongan.newsroom.models import Offer
from kentongan.newsroom.views.verbs import Verb


def is_without_comment(offer: Offer) -> bool:
    """A group answers an office once; what it said stays."""
    return not offer.comment


MATERIAL_VERBS = (
    Verb("receivers", "penerima", "newsroom.choose_receivers", _("Pilih penerima, lalu kirim"), icon="send"),
    Verb("edit_material", "ubah", "newsroom.edit_material", _("Ubah bahan"), icon="edit"),
    Verb(
        "withdraw_material",
        "penarikan",
        "newsroom.withdraw_material",
        _("Tarik bahan"),
        actions.withdraw_material,
        forms.WithdrawForm,
        _("KIM tidak bisa memakainya lagi. Kabar yang sudah memakainya tetap milik KIM, dan mengatakan bahwa bahannya ditarik."),
        kind="danger",
        quiet=True,
    ),
)
SEND = Verb(
    "send_material",
    "pengiriman",
    "newsroom.send_material",
    _("Kirim sekarang"),
    actions.send_material,
    forms.NothingForm,
    _("Bahan sampai di meja semua KIM di atas dan tidak bisa diubah lagi; bila keliru, tarik dan kirim yang baru."),
    _("Ya, kirim"),
    icon="send",
)
OFFER_VERBS = (
    Verb(
        "adopt",
        "pemakaian",
        "newsroom.adopt",
        _("Pakai jadi kabar"),
        actions.adopt,
        forms.AdoptForm,
        _("Menjadi draf di KIM Anda, bertanda nama instansinya. Tambahkan kata-kata sendiri; belum ada yang terbit."),
        icon="edit",
    ),
    Verb(
        "comment_on_offer",
        "tanggapan",
        "newsroom.comment_on_offer",
        _("Tanggapi"),
        actions.comment_on_offer,
        forms.CommentForm,
        _("Instansi membacanya. Anda masih bisa memakai bahan ini atau tidak."),
        _("Kirim tanggapan"),
        icon="talk",
        quiet=True,
        fits=is_without_comment,
    ),
    Verb(
        "decline_offer",
        "penolakan",
        "newsroom.decline_offer",
        _("Tidak dipakai"),
        actions.decline_offer,
        forms.DeclineOfferForm,
        _("KIM bebas tidak memakainya. Instansi membaca alasannya."),
        _("Simpan alasan"),
        quiet=True,
    ),
    Verb("read_offer", "pembacaan", "newsroom.read_offer", _("Sudah kami baca"), actions.read_offer, icon="check", quiet=True),
)
REPOST = Verb(
    "repost",
    "pembagian",
    "newsroom.repost",
    _("Bagikan ulang di KIM kita"),
    actions.repost,
    forms.IntroductionForm,
    _("Menjadi draf di KIM Anda. Kata-katanya tetap milik KIM asalnya, dengan tautan; ralat dan pencabutannya ikut."),
    _("Jadikan draf"),
    icon="share",
    quiet=True,
)
