"""When government material may be sent, taken up, answered. What a group makes of it goes the way of every story."""

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move, Need
from kentongan.media.models import Photo
from kentongan.newsroom.models import Material, Offer
from kentongan.ui.writing import date_only

S, At = Material.State, Offer.State
OPEN = (At.SENT, At.READ, At.COMMENTED)


def _no_longer_offered(offer: Offer) -> str:
    """Why it cannot be taken up any more, and what one can do instead."""
    material = offer.material
    if material.state == S.WITHDRAWN:
        said = gettext("%(office)s sudah menarik bahan ini: %(reason)s. Tanyakan gantinya, atau tulis kabar sendiri.")
        return said % {"office": material.office.name, "reason": material.withdrawal_reason}
    said = gettext("Masa berlaku bahan ini habis pada %(date)s. Minta yang baru kepada %(office)s, atau tulis kabar sendiri.")
    return said % {"date": date_only(material.valid_until), "office": material.office.name}


def _photo_fits(material: Material) -> bool:
    return material.photo is None or material.photo.state == Photo.State.READY


HOLDS = Need(
    lambda material: material.end_of(material.valid_until) > timezone.now(),
    _("Masa berlakunya sudah lewat. Ubah tanggalnya dulu."),
    supplied_by="newsroom.edit_material",
)
PHOTO_FITS = Need(
    _photo_fits,
    _("Fotonya masih disiapkan, atau tidak bisa dipakai. Tunggu sebentar, atau ganti fotonya."),
    supplied_by="newsroom.edit_material",
)
RECEIVERS = Need(
    lambda material: material.receivers().exists(),
    _("Belum ada KIM yang akan menerimanya. Ubah pilihan penerimanya."),
    supplied_by="newsroom.choose_receivers",
)
OVER = Need(lambda material: material.over, _("Masa berlakunya belum lewat."))
STILL_OFFERED = Need(lambda offer: offer.material.offered, _no_longer_offered)
GROUP_OPEN = Need(lambda offer: offer.group.state != "dissolved", _("KIM ini sudah dibubarkan."))
NOT_COMMENTED = Need(lambda offer: not offer.comment, _("KIM Anda sudah menanggapi bahan ini."))

MOVES = (
    Move(
        "newsroom.draft_material",
        (NEW,),
        S.DRAFTED,
        done=_("Bahan tersimpan, belum terkirim. Sekarang pilih penerimanya."),
        past=_("Bahan disiapkan"),
    ),
    Move("newsroom.edit_material", (S.DRAFTED,), None, done=_("Bahan tersimpan."), past=_("Bahan diubah")),
    Move(
        "newsroom.choose_receivers",
        (S.DRAFTED,),
        None,
        done=_("Penerima tersimpan. Belum ada yang terkirim."),
        past=_("Penerima dipilih"),
    ),
    Move(
        "newsroom.send_material",
        (S.DRAFTED,),
        S.SENT,
        (HOLDS, PHOTO_FITS, RECEIVERS),
        _("Bahan dikirim. Tanda terimanya muncul di halaman ini."),
        past=_("Bahan dikirim"),
    ),
    Move("newsroom.deliver_material", (S.SENT,), None, past=_("Bahan sampai di meja KIM")),
    Move("newsroom.expire_material", (S.SENT,), S.EXPIRED, (OVER,), past=_("Masa berlaku lewat")),
    Move(
        "newsroom.withdraw_material",
        (S.SENT,),
        S.WITHDRAWN,
        done=_("Bahan ditarik. Kabar yang sudah memakainya mengatakan itu kepada pembaca."),
        past=_("Bahan ditarik"),
    ),
    Move("newsroom.read_offer", (At.SENT,), At.READ, done=_("Tercatat: KIM Anda sudah membacanya."), past=_("Dibaca")),
    Move(
        "newsroom.adopt",
        (*OPEN, At.DECLINED),
        At.ADOPTED,
        (STILL_OFFERED, GROUP_OPEN),
        _("Bahan menjadi draf kabar. Tambahkan kata-kata KIM sendiri; belum ada yang terbit."),
        past=_("Dipakai"),
    ),
    Move(
        "newsroom.decline_offer",
        OPEN,
        At.DECLINED,
        done=_("Tercatat: tidak dipakai. Instansi membaca alasannya."),
        past=_("Tidak dipakai"),
    ),
    Move("newsroom.comment_on_offer", OPEN, At.COMMENTED, (NOT_COMMENTED,), _("Tanggapan sampai di meja instansi."), _("Ditanggapi")),
    Move("newsroom.comment_on_offer", (At.ADOPTED, At.DECLINED), None, (NOT_COMMENTED,), _("Tanggapan sampai di meja instansi.")),
)
