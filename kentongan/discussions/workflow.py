"""When it may be done: the moves of topics and contributions."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move, Need
from kentongan.discussions.models import Contribution, Topic

OPEN, SUMMARISED, CLOSED, MERGED = Topic.State
SAID, TAKEN_BACK = Contribution.State


def same_group(topic: Topic) -> bool:
    """What a topic is about belongs to its group, or to none."""
    return getattr(topic.about, "group_id", topic.group_id) == topic.group_id


def one_deep(contribution: Contribution) -> bool:
    """A reply answers something said in the same topic that is itself no reply (domain/20)."""
    first = contribution.reply_to
    return first is None or (first.topic_id == contribution.topic_id and first.can_be_answered)


SPEAKABLE = Need(lambda said: said.topic.speakable, _("Pembahasan ini sudah selesai. Ketua atau sekretaris bisa membukanya lagi."))
ONE_DEEP = Need(one_deep, _("Tanggapan tidak bisa ditanggapi lagi. Tulis sebagai ucapan baru."))
SAME_GROUP = Need(same_group, _("Ini milik KIM lain; bahas di KIM-nya."))
SOMEBODY_SPOKE = Need(lambda topic: topic.contribution_count, _("Belum ada yang berbicara, jadi belum ada yang dirangkum."))
NOBODY_SPOKE = Need(lambda topic: not topic.contribution_count, _("Tulis rangkumannya dulu, supaya yang dibicarakan tidak hilang."))

MOVES = (
    Move("discussions.open", (NEW,), OPEN, (SAME_GROUP,), _("Pembahasan sudah dibuka."), past=_("Pembahasan dibuka")),
    Move("discussions.contribute", (NEW,), SAID, (SPEAKABLE, ONE_DEEP), _("Sudah disampaikan."), past=_("Pendapat disampaikan")),
    Move(
        "discussions.bring_minutes", (NEW,), SAID, (SPEAKABLE,), _("Catatan pertemuan sudah tersimpan."), past=_("Catatan pertemuan dibawa")
    ),
    Move(
        "discussions.take_back",
        (SAID,),
        TAKEN_BACK,
        done=_("Ucapan Anda sudah ditarik. Yang tinggal hanya tanda bahwa pernah ada."),
        past=_("Ucapan ditarik"),
    ),
    Move(
        "discussions.summarise",
        (OPEN, SUMMARISED),
        SUMMARISED,
        (SOMEBODY_SPOKE,),
        _("Rangkuman sudah tersimpan atas nama Anda."),
        past=_("Dirangkum"),
    ),
    Move(
        "discussions.close",
        (SUMMARISED,),
        CLOSED,
        done=_("Pembahasan sudah ditutup. Semuanya tetap bisa dibaca."),
        past=_("Pembahasan ditutup"),
    ),
    Move("discussions.close", (OPEN,), CLOSED, (NOBODY_SPOKE,), _("Pembahasan sudah ditutup.")),
    Move("discussions.reopen", (CLOSED,), OPEN, done=_("Pembahasan dibuka lagi."), past=_("Pembahasan dibuka lagi")),
    Move(
        "discussions.merge",
        (OPEN, SUMMARISED, CLOSED),
        MERGED,
        done=_("Pembahasan sudah digabung. Yang lama tetap bisa dibaca."),
        past=_("Pembahasan digabung"),
    ),
)
