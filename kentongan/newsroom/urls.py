"""Addresses of this room: the desk's, one POST resource a verb, and the public form for tips."""

from django.urls import path

from kentongan.media.urls import NAME as PHOTO
from kentongan.newsroom.views import keeping, lists, readers, safety, story, tips, writing
from kentongan.newsroom.views.verbs import PART_VERBS, SOURCE_AND_PHOTO_VERBS, STORY_VERBS, TIP_VERBS

app_name = "newsroom"

STORY, TIP = "meja/kabar/<int:pk>", "meja/bahan/<int:pk>"

urlpatterns = [
    path("meja/kabar/", lists.stories, name="stories"),
    path("meja/kabar/baru/", writing.gather, name="gather"),
    path(f"{STORY}/", story.story, name="story"),
    path(f"{STORY}/tulis/", writing.write, name="write"),
    path(f"{STORY}/pemeriksaan/", writing.check, name="check"),
    path(f"{STORY}/ralat/", writing.correct, name="correct"),
    path(f"{STORY}/seri/", keeping.series, name="series"),
    path(f"{STORY}/pratinjau/", story.preview, name="preview"),
    path(f"{STORY}/versi/", story.versions, name="versions"),
    path(f"meja/foto/{PHOTO}", story.photo, name="photo"),
    path("meja/tanda-bahaya/<int:pk>/", safety.alarm, name="alarm"),
    path("meja/tanda-bahaya/<int:pk>/penutupan/", safety.close, name="close_alarm"),
    path("meja/bahan/", lists.tips, name="tips"),
    path(f"{TIP}/", tips.tip_at_desk, name="tip_at_desk"),
    path("kim/<slug:slug>/kabar/<int:number>-<str:title>/paham/", readers.understood, name="understood"),
    path("kim/<slug:slug>/bahan/", tips.tip, name="tip"),
    path("kim/<slug:slug>/bahan/terima-kasih/", tips.tip_thanks, name="tip_thanks"),
    *(
        path(f"{STORY}/{verb.address}/", story.story_verb(verb), name=verb.name)
        for verb in (*STORY_VERBS, *SOURCE_AND_PHOTO_VERBS)
        if verb.do is not None
    ),
    *(
        path(f"{STORY}/{part}/<int:part>/{verb.address}/", story.part_verb(verb, kind), name=verb.name)
        for part, kind, verbs in PART_VERBS
        for verb in verbs
    ),
    *(path(f"{TIP}/{verb.address}/", tips.tip_verb(verb), name=verb.name) for verb in TIP_VERBS),
]
