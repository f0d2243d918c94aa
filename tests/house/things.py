"""One of everything in the cast's village, and a browser for each part: what the sweeps walk over."""

from django.test import Client
from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.core.jobs import run_pending
from kentongan.discussions import actions as discussions
from kentongan.groups import actions as groups
from kentongan.media.models import Photo
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.models import Story
from kentongan.newsroom.suspicion import Finding
from kentongan.newsroom.tests.factories import story_in, tip_in
from kentongan.newsroom.tests.material import material_in, offer_in
from kentongan.registers.tests.bringing import DECREED, previewed
from tests.cast import Cast, browser_for, member
from tests.house.addresses import ROLES, Things
from tests.pictures import photo_file


def one_of_everything(cast: Cast) -> Things:
    """One of everything in the cast's village."""
    story = story_in("published", cast)
    topic = discussions.open_topic(cast.group, subject="Dinding penahan", question="Berapa biayanya?", by=cast.anggota2)
    draft = story_in("written", cast)
    newsroom.illustrate(draft, upload=photo_file(), alt="Pipa", credit="Joko P.", shows_vulnerable=False, consent=False, by=cast.anggota)
    run_pending()
    photo = Photo.objects.get()
    photo.make_public()
    newsroom.put_in_series(story, title="Pipa Krajan", by=cast.anggota)
    story = Story.objects.get(pk=story.pk)
    return {
        "group": cast.group,
        **living_things(cast),
        "region": cast.region,
        "membership": cast.anggota.memberships.get(),
        "story": story,
        "series": story.series,
        "feedback": newsroom.say_understood(story, understood=True, device="HP"),
        "source": story.sources.get(),
        "draft": draft,
        "picture": draft.pictures.get(),
        "submitted": story_in("submitted", cast),
        "correction": newsroom.propose_correction(
            story, what="Angka", why="Salah hitung", headline=story.headline, summary="46 rumah.", body=story.body, by=cast.anggota
        ),
        "flag": newsroom.raise_flag(Story.objects.get(pk=story.pk), concern="Angkanya beda dengan data kami.", by=cast.dinas),
        "tip": tip_in("received", cast),
        "hold": story_in("submitted", cast, words={"body": "Baca https://situs.id/slot-gacor-77 sekarang."}).holds.get(),
        "alarm": newsroom.raise_alarm(cast.group, story, "page", [Finding("page", "https://togel.id/a", "page")]),
        "material": material_in("drafted", cast),
        "offer": offer_in("sent", cast),
        "topic": topic,
        "contribution": discussions.contribute(topic, kind="opinion", text="Kira-kira dua juta.", by=cast.anggota),
        "photo": photo,
        "import": previewed(cast, DECREED),
        "twins": twins_in(cast),
    }


def twins_in(cast: Cast) -> tuple[Person, Person]:
    """A member of the village and the same human, written down again by an import: no account, a title before the name."""
    again = Person.enter("H. Joko Prasetyo")
    member(cast.group, again, "anggota")
    return cast.anggota, again


def living_things(cast: Cast) -> Things:
    """A visit of the regency, a paper the anggota wrote, and a book the board stated."""
    today = timezone.localdate()
    facts = {"kind": "rapat", "title": "Rapat November", "on": today, "text": "Hadir semua."}
    return {
        "visit": groups.note_visit(cast.group, on=today, kind="kunjungan", found="Buku rapi.", by=cast.dinas),
        "deed": groups.write_deed(cast.group, **facts, by=cast.anggota),
        "item": groups.state_item(cast.group, name="buku kas", on=today, by=cast.ketua),
    }


def browser_of_each(cast: Cast) -> dict[str, Client]:
    """A browser for each part of the cast; `tamu` is somebody who is not signed in."""
    return {role: browser_for(None if role == "tamu" else getattr(cast, role)) for role in ROLES}
