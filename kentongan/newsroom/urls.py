"""Addresses of this room: the desk's, one POST resource a verb, and the public form for tips."""

from django.urls import path

from kentongan.media.urls import NAME as PHOTO
from kentongan.newsroom.views import keeping, lists, materials, readers, reposts, safety, story, tips, wizard, writing
from kentongan.newsroom.views.offering import MATERIAL_VERBS, OFFER_VERBS, REPOST, SEND
from kentongan.newsroom.views.verbs import PART_VERBS, SOURCE_AND_PHOTO_VERBS, STORY_VERBS, TIP_VERBS

app_name = "newsroom"

STORY, TIP = "meja/kabar/<int:pk>", "meja/bahan/<int:pk>"
MATERIAL = "meja/materi/<int:pk>"

urlpatterns = [
    path("meja/kabar/", lists.stories, name="stories"),
    path("meja/kabar/tulis/", wizard.begin, name="gather"),
    path("meja/kabar/tulis/<int:pk>/", wizard.go_on, name="go_on"),
    path("meja/kabar/tulis/<int:pk>/keterangan/", wizard.pictures, name="pictures"),
    path("meja/kabar/tulis/<int:pk>/judul/", wizard.words, name="words"),
    path("meja/kabar/tulis/<int:pk>/siap/", wizard.look, name="look"),
    path("meja/kabar/tulis/<int:pk>/<slug:key>/", wizard.screen, name="screen"),
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
    path("meja/materi/", materials.materials, name="materials"),
    path("meja/materi/baru/", materials.draft, name="draft_material"),
    path(f"{MATERIAL}/", materials.material, name="material"),
    path(f"{MATERIAL}/ubah/", materials.edit, name="edit_material"),
    path(f"{MATERIAL}/penerima/", materials.receivers, name="receivers"),
    path(f"{MATERIAL}/penerima/daftar/", materials.receivers_listed, name="receivers_listed"),
    *(
        path(f"{MATERIAL}/{verb.address}/", materials.material_verb(verb), name=verb.name)
        for verb in (*MATERIAL_VERBS, SEND)
        if verb.do is not None
    ),
    *(path(f"{MATERIAL}/tawaran/<int:part>/{verb.address}/", materials.offer_verb(verb), name=verb.name) for verb in OFFER_VERBS),
    path(f"{STORY}/{REPOST.address}/", reposts.repost, name=REPOST.name),
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
