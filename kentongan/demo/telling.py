"""The demo's stories, tips and talks, carried to where they stand by the actions of the newsroom and the discussions."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kentongan.accounts.models import Person
from kentongan.demo.days import WIB, Past, dated, since
from kentongan.demo.founding import person
from kentongan.demo.people import MAIN, username_of
from kentongan.demo.pictures import picture
from kentongan.demo.stories import STORIES, TALKS, TIPS, DemoStory, DemoTip, Mending, Objection, Talk
from kentongan.discussions import actions as discussions
from kentongan.discussions.models import Contribution
from kentongan.groups.models import Group
from kentongan.media.jobs import render
from kentongan.newsroom import actions as newsroom
from kentongan.newsroom.models import Alarm, Story
from kentongan.newsroom.suspicion import Finding

STEPS = {
    "begun": ("begin",),
    "gathered": ("gather",),
    "written": ("gather", "write"),
    "withdrawn": ("gather", "write", "withdraw"),
    "submitted": ("gather", "write", "submit"),
    "returned": ("gather", "write", "submit", "send_back"),
    "verified": ("gather", "write", "submit", "verify"),
    "scheduled": ("gather", "write", "submit", "verify", "schedule"),
    "published": ("gather", "write", "submit", "verify", "publish"),
    "retracted": ("gather", "write", "submit", "verify", "publish", "retract"),
    "withheld": ("gather", "write", "submit", "verify", "publish", "withhold"),
}
"""The way to each state, as methods of `Telling`."""

USUAL = {
    "source": "Sumber ditanya sekali lagi, membenarkan.",
    "date_place": "Tanggal dan tempat cocok dengan keterangan sumber.",
    "names": "Nama dan jabatan dieja ulang bersama yang bersangkutan.",
    "numbers": "Angka dicocokkan dengan catatan aslinya.",
    "picture": "Gambar contoh untuk demo, bukan foto kejadian.",
    "other_side": "Tidak ada pihak yang dirugikan oleh kabar ini.",
}
"""What a checker of the demo notes where the story says nothing more exact."""


def tell_all(group: Group, key: str) -> None:
    """Everything the demo has of one group, the oldest first."""
    for talk in sorted((talk for talk in TALKS if talk.group == key), key=lambda talk: -talk.days):
        _talk(group, talk)
    for story in sorted((story for story in STORIES if story.group == key), key=lambda story: -story.days):
        Telling(group, story).tell()
    for tip in sorted((tip for tip in TIPS if tip.group == key), key=lambda tip: -tip.days):
        _tip(group, tip)


class Telling:
    """One story of the demo on its way. Each step is a method that does what a person would do."""

    def __init__(self, group: Group, told: DemoStory) -> None:
        self.group, self.told, self.today = group, told, timezone.localdate()
        self.pk = 0

    def tell(self) -> None:
        """Take every step, a good half hour apart, then what came later: objection and corrections."""
        with since(self.told.days, self.told.hour) as clock:
            for step in STEPS[self.told.state]:
                getattr(self, f"_{step}")(clock)
                clock.wait(minutes=35)
            for mending in self.told.mendings:
                clock.wait(days=1)
                self._mend(mending, clock)
            if self.told.objection:
                clock.wait(hours=20)
                self._object(self.told.objection, clock)
            if self.told.slipped_in:
                clock.wait(hours=9)
                self._ring(self.told.slipped_in)
            self._read(clock)

    def _ring(self, address: str) -> None:
        newsroom.raise_alarm(self.group, self._story(), Alarm.Cause.PAGE, [Finding("page", address, "page", address)])

    def _read(self, clock: Past) -> None:
        clear, puzzled, useful = self.told.readers
        for turn in range(clear + puzzled):
            clock.wait(minutes=7)
            said = newsroom.say_understood(self._story(), understood=turn < clear, device=f"HP contoh {turn}")
            if turn < useful:
                newsroom.say_useful(said, useful=True)
        Story.objects.filter(pk=self.pk).count_feedback()

    def _story(self) -> Story:
        return Story.objects.get(pk=self.pk)

    def _by(self, role: str) -> Person:
        return person(username_of(self.told.group, role))

    @property
    def _reader(self) -> Person:
        """A second member beside the author."""
        return self._by("anggota2" if self.told.group == MAIN else "ketua")

    def _dated(self, text: str) -> str:
        return dated(text, self.today)

    def _facts(self) -> dict[str, Any]:
        told = self.told
        facts = {"what": told.summary or told.body, "place": told.place, "happened": told.happened, "who": told.who}
        facts["urgent_reason"] = told.urgent
        return {"kind": told.kind, "why": "", "how": ""} | {name: self._dated(text) for name, text in facts.items()}

    def _begin(self, clock: Past) -> None:
        story = newsroom.begin(self.group, what=self._dated(self.told.body), by=self._by("anggota"))
        self.pk = story.pk
        Story.objects.filter(pk=story.pk).update(demo=True)

    def _gather(self, clock: Past) -> None:
        told, author = self.told, self._by("anggota")
        sources = [(self._dated(who), self._dated(how)) for who, how in told.sources]
        if told.tip:
            tip = newsroom.receive_tip(self.group, text=told.tip, place=told.place, happened=self._dated(told.happened), name="Warsini")
            clock.wait(minutes=50)
            story = newsroom.take_up(tip, region=self.group.region, kind=told.kind, by=author)
        else:
            (who, how), *sources = sources
            consent = bool(told.teller)
            story = newsroom.begin(self.group, **self._facts(), teller=told.teller, teller_consent=consent, by=author)
            clock.wait(minutes=2)
            story = newsroom.gather_begun(story, source_who=who, source_how=how, by=author)
        self.pk = story.pk
        Story.objects.filter(pk=story.pk).update(demo=True)
        for who, how in sources:
            newsroom.add_source(self._story(), who=who, how=how, by=author)

    def _write(self, clock: Past) -> None:
        told, author = self.told, self._by("anggota")
        words = {"headline": self._dated(told.headline), "summary": self._dated(told.summary), "body": self._dated(told.body)}
        again = clock.moment.date() + timedelta(days=told.review_in) if told.kind == "panduan" else None
        newsroom.write(self._story(), **words, **self._facts(), review_by=again, interest_note=self.told.interest, by=author)
        if told.series:
            newsroom.put_in_series(self._story(), title=told.series, by=author)
        for name, alt in ((told.picture, told.alt), *told.more_pictures):
            if name:
                self._illustrate(name, alt)
        if told.said:
            self._discuss(clock)

    def _illustrate(self, name: str, alt: str) -> None:
        upload = SimpleUploadedFile("gambar.jpg", picture(name).read(), "image/jpeg")
        said: dict[str, Any] = {"alt": alt, "credit": "gambar contoh demo", "shows_vulnerable": False, "consent": False}
        render(photo=newsroom.illustrate(self._story(), upload=upload, **said, by=self._by("anggota")).photo_id)

    def _discuss(self, clock: Past) -> None:
        story = self._story()
        question = "Apa yang kurang sebelum diajukan?"
        topic = discussions.open_topic(self.group, subject=story.headline, question=question, about=story, by=self._by("anggota"))
        speakers = (self._reader, self._by("redaktur"))
        for turn, text in enumerate(self.told.said):
            clock.wait(minutes=18)
            kind = Contribution.Kind.QUESTION if text.endswith("?") else Contribution.Kind.INFORMATION
            discussions.contribute(topic, kind=kind, text=self._dated(text), may_be_public=turn == 0, by=speakers[turn % 2])
        if self.told.agreed:
            topic.refresh_from_db()
            discussions.summarise(topic, text=self.told.agreed, by=self._by("redaktur"))

    def _submit(self, clock: Past) -> None:
        if not self.told.said and not self.told.urgent:
            newsroom.read_along(self._story(), by=self._reader)
        newsroom.submit(self._story(), by=self._by("anggota"))

    def _verify(self, clock: Past) -> None:
        newsroom.verify(self._story(), notes=USUAL | self.told.notes, by=self._by("pemeriksa"))

    def _send_back(self, clock: Past) -> None:
        newsroom.return_story(self._story(), reason=self.told.reason, by=self._by("pemeriksa"))

    def _schedule(self, clock: Past) -> None:
        tomorrow = datetime.combine(self.today + timedelta(days=1), time(6), WIB)
        newsroom.schedule(self._story(), at=tomorrow, by=self._by("redaktur"))

    def _publish(self, clock: Past) -> None:
        newsroom.publish(self._story(), by=self._by("redaktur"))

    def _withdraw(self, clock: Past) -> None:
        newsroom.withdraw(self._story(), by=self._by("anggota"))

    def _retract(self, clock: Past) -> None:
        clock.wait(hours=9)
        newsroom.retract(self._story(), reason=self.told.reason, by=self._by("redaktur"))

    def _withhold(self, clock: Past) -> None:
        clock.wait(days=20)
        newsroom.withhold(self._story(), order=self.told.reason, by=person("operator"))

    def _mend(self, mending: Mending, clock: Past) -> None:
        story = self._story()
        words = {name: getattr(story, name).replace(mending.wrong, mending.right) for name in Story.TEXTS}
        correction = newsroom.propose_correction(story, what=mending.what, why=mending.why, **words, by=self._by("anggota"))
        if not mending.waiting:
            clock.wait(minutes=40)
            newsroom.confirm_correction(correction, by=self._by("pemeriksa"))

    def _object(self, objection: Objection, clock: Past) -> None:
        flag = newsroom.raise_flag(self._story(), concern=objection.concern, by=person("dinas"))
        if objection.answer:
            clock.wait(hours=3)
            newsroom.answer_flag(flag, answer=objection.answer, by=self._by("redaktur"))


def _tip(group: Group, told: DemoTip) -> None:
    today = timezone.localdate()
    member = person(username_of(told.group, "anggota"))
    with since(told.days, 18) as clock:
        happened = dated(told.happened, today)
        text = dated(told.text, today)
        brought = {"by": member} if told.inside else {"name": told.name}
        tip = newsroom.receive_tip(group, text=text, place=told.place, happened=happened, **brought)
        clock.wait(hours=2)
        if told.state == "duplicate":
            newsroom.mark_tip_duplicate(tip, by=member)
        elif told.state == "declined":
            newsroom.decline_tip(tip, reason=told.reason, by=member)


def _talk(group: Group, told: Talk) -> None:
    with since(told.days, 19) as clock:
        topic = discussions.open_topic(group, subject=told.subject, question=told.question, by=person(username_of(told.group, "ketua")))
        for username, kind, text in told.said:
            clock.wait(minutes=25)
            discussions.contribute(topic, kind=kind, text=text, by=person(username))
        if told.minutes:
            present, text = told.minutes
            met = _day_of(clock)
            discussions.bring_minutes(topic, text=text, met_on=met, present=present, by=person(username_of(told.group, "sekretaris")))
        if told.agreed:
            topic.refresh_from_db()
            topic = discussions.summarise(topic, text=told.agreed, by=person(username_of(told.group, "ketua")))
        if told.closed:
            clock.wait(days=1)
            discussions.close(topic, by=person(username_of(told.group, "ketua")))


def _day_of(clock: Past) -> date:
    return clock.now().astimezone(WIB).date()
