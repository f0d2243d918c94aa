"""When a reader may answer, and how knowledge and series are kept."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.workflow import NEW, Move, Need
from kentongan.newsroom.models import Feedback, Series, Story
from kentongan.newsroom.workflow.stories import STORY_PUBLISHED

IS_KNOWLEDGE = Need(lambda story: story.kind == Story.Kind.GUIDE, _("Hanya panduan yang punya tanggal tinjau."))
IN_A_SERIES = Need(lambda story: story.series_id, _("Kabar ini tidak ada dalam seri."))
ANYTHING_LIVE = (*Story.BEFORE_PUBLISHED, Story.State.PUBLISHED)

MOVES = (
    Move(
        "newsroom.say_understood",
        (NEW,),
        Feedback.State.SAID,
        (STORY_PUBLISHED,),
        _("Terima kasih, jawaban Anda sampai."),
        past=_("Pembaca menjawab"),
    ),
    Move(
        "newsroom.say_useful",
        (Feedback.State.SAID,),
        None,
        (STORY_PUBLISHED,),
        _("Terima kasih, jawaban Anda sampai."),
        past=_("Pembaca menjawab"),
    ),
    Move(
        "newsroom.confirm_current",
        (Story.State.PUBLISHED,),
        None,
        (IS_KNOWLEDGE,),
        _("Tercatat: panduan ini masih berlaku."),
        past=_("Ditinjau: masih berlaku"),
    ),
    Move("newsroom.start_series", (NEW,), Series.State.KEPT, past=_("Seri dimulai")),
    Move("newsroom.put_in_series", ANYTHING_LIVE, None, done=_("Kabar ini sekarang bagian dari seri itu."), past=_("Dimasukkan ke seri")),
    Move(
        "newsroom.take_from_series",
        ANYTHING_LIVE,
        None,
        (IN_A_SERIES,),
        _("Kabar ini tidak lagi bagian dari seri."),
        past=_("Dikeluarkan dari seri"),
    ),
)
