"""From a tip to what is handed to the checkers: who may, when, and what is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kentongan.core.actions import may
from kentongan.core.actors import PUBLIC
from kentongan.core.errors import BadRequest, NotAllowed, NotNow, Stale
from kentongan.core.models import Entry, Step
from kentongan.discussions.models import Contribution, Topic
from kentongan.groups.models import Group, Membership
from kentongan.newsroom import actions
from kentongan.newsroom.models import BODY_MAX, Source, Story, StoryPhoto, Tip
from kentongan.newsroom.tests.factories import FACTS, SOURCE, WORDS, story_in, tip_in
from kentongan.regions.tests.factories import region_chain
from tests.cast import member

pytestmark = pytest.mark.django_db


def again(story):
    return Story.objects.get(pk=story.pk)


def discuss(story, person, state=Contribution.State.SAID):
    topic = Topic.objects.create(group=story.group, subject=story.title, opened_by=story.author, about=story, state=Topic.State.OPEN)
    Contribution.objects.create(topic=topic, person=story.author, text="Cukup jelas?", state=Contribution.State.SAID)
    return Contribution.objects.create(topic=topic, person=person, text="Sebut nomor jaga.", state=state)


# Tips


def test_a_resident_without_an_account_leaves_a_tip(cast):
    tip = actions.receive_tip(cast.group, text="Air mati.", contact="0812 3456 7890", by=PUBLIC)
    line = Entry.of(tip).get()
    assert (tip.state, line.by_kind, line.capacity) == ("received", "public", "umum")
    assert tip.contact.pk and b"0812" not in bytes(tip.contact.sealed)


def test_a_tip_form_sent_twice_is_one_tip(cast):
    first = actions.receive_tip(cast.group, text="Air mati.", key="abc")
    assert actions.receive_tip(cast.group, text="Air mati.", key="abc").pk == first.pk
    assert Tip.objects.count() == 1


def test_a_tip_says_something(cast):
    with pytest.raises(NotNow, match="Ceritakan"):
        actions.receive_tip(cast.group, text="   ")


def test_a_dissolved_group_takes_no_tips(cast):
    Group.objects.update(state="dissolved")
    with pytest.raises(NotNow, match="dibubarkan"):
        actions.receive_tip(Group.objects.get(pk=cast.group.pk), text="Air mati.")


def test_a_member_takes_a_tip_up_and_the_trace_says_so(cast):
    tip = tip_in("received", cast)
    story = actions.take_up(tip, region=cast.region, kind="berita", by=cast.anggota)
    assert (story.state, story.author, story.what) == ("gathered", cast.anggota, tip.text)
    assert Step.into(story) == [tip] and Step.out_of(tip) == [story]
    source = story.sources.get()
    assert (source.who, source.unnamed) == (tip.name, True)
    assert again(story).source_count == 1


def test_a_tip_is_taken_up_once(cast):
    tip = tip_in("taken_up", cast)
    with pytest.raises(NotNow):
        actions.take_up(tip, region=cast.region, kind="berita", by=cast.anggota2)


def test_a_tip_is_declined_with_a_reason(cast):
    with pytest.raises(NotNow, match="alasannya"):
        actions.decline_tip(tip_in("received", cast), reason=" ", by=cast.anggota)
    assert tip_in("declined", cast).reason


def test_a_tip_already_known_is_marked_as_duplicate(cast):
    assert tip_in("duplicate", cast).state == "duplicate"


@pytest.mark.parametrize("person", ["dinas", "kades", "pembina", "warga", "tetangga", "operator"])
def test_only_members_handle_tips(cast, person):
    tip, other = tip_in("received", cast), cast.people[person]
    for handle in (
        lambda: actions.take_up(tip, region=cast.region, kind="berita", by=other),
        lambda: actions.decline_tip(tip, reason="tidak", by=other),
        lambda: actions.mark_tip_duplicate(tip, by=other),
    ):
        with pytest.raises(NotAllowed):
            handle()
    assert Tip.objects.get(pk=tip.pk).state == "received"


def test_a_tip_is_read_by_its_group_only(cast):
    tip = tip_in("received", cast)
    assert tip in Tip.objects.visible_to(cast.anggota)
    assert not Tip.objects.visible_to(cast.dinas) and not Tip.objects.visible_to(None) and not Tip.objects.visible_to(cast.tetangga)


# Gather


def test_any_member_gathers_and_is_the_author(cast):
    story = story_in("gathered", cast)
    assert (story.state, story.author, story.source_count) == ("gathered", cast.anggota, 1)
    assert Entry.of(story).get().capacity == "Anggota KIM Gulangpongge"


def test_a_member_gathers_for_someone_without_a_phone_and_the_record_names_both(cast):
    story = actions.gather(cast.group, region=cast.region, **FACTS, **SOURCE, by=cast.anggota.helping(cast.warga))
    line = Entry.of(story).get()
    assert (line.by_id, line.for_id, story.author) == (cast.anggota.pk, cast.warga.pk, cast.anggota)


def test_the_button_is_asked_of_a_story_that_does_not_exist_yet(cast):
    assert may(cast.anggota, "newsroom.gather", Story(group=cast.group))
    assert not may(cast.dinas, "newsroom.gather", Story(group=cast.group)).by_right


def test_gathering_needs_a_place(cast):
    with pytest.raises(NotNow, match="di mana"):
        actions.gather(cast.group, region=cast.region, **FACTS | {"place": " "}, **SOURCE, by=cast.anggota)


def test_gathering_needs_a_source_and_leaves_nothing_behind_without_one(cast):
    with pytest.raises(NotNow, match="sumbernya"):
        actions.gather(cast.group, region=cast.region, **FACTS, source_who=" ", source_how="", by=cast.anggota)
    assert not Story.objects.exists()


def test_a_story_lies_in_its_groups_region(cast):
    with pytest.raises(NotNow, match="wilayah KIM"):
        actions.gather(cast.group, region=cast.other_group.region, **FACTS, **SOURCE, by=cast.anggota)


def test_a_forums_story_may_lie_in_the_district_itself(cast):
    district = region_chain("33.18.17")
    Group.objects.filter(pk=cast.group.pk).update(region=district)
    story = actions.gather(Group.objects.get(pk=cast.group.pk), region=district, **FACTS, **SOURCE, by=cast.anggota)
    assert (story.district_code, story.village_code) == ("33.18.17", "")
    assert list(story.sites()) == ["kim/gulangpongge", "wilayah/33.18.17", "wilayah/33.18", "wilayah/33", "nasional"]


def test_the_contact_of_a_source_is_sealed(cast):
    story = actions.gather(cast.group, region=cast.region, **FACTS, **SOURCE, source_contact="0812 3456 7890", by=cast.anggota)
    assert b"3456" not in bytes(story.sources.get().contact.sealed)


@pytest.mark.parametrize("person", ["kades", "camat", "dinas", "provinsi", "kementerian", "operator", "warga", "tetangga", "pembina"])
def test_who_is_no_member_gathers_nothing(cast, person):
    with pytest.raises(NotAllowed, match="anggota"):
        actions.gather(cast.group, region=cast.region, **FACTS, **SOURCE, by=cast.people[person])


# Write


@pytest.mark.parametrize("state", ["gathered", "written", "returned", "submitted", "verified", "scheduled"])
def test_writing_leads_to_written_and_takes_back_what_was_checked(cast, state):
    story = story_in(state, cast)
    story = actions.write(story, **WORDS | {"body": "Isi yang lain sama sekali."}, **FACTS, by=cast.redaktur)
    assert (story.state, story.verifier, story.verified_at, story.publish_at) == ("written", None, None, None)


@pytest.mark.parametrize("state", ["published", "retracted", "withdrawn", "withheld"])
def test_what_is_out_or_given_up_is_not_written_on(cast, state):
    with pytest.raises(NotNow):
        actions.write(story_in(state, cast), **WORDS, **FACTS, by=cast.redaktur)


def test_writing_needs_a_headline(cast):
    with pytest.raises(NotNow, match="Judul"):
        actions.write(story_in("gathered", cast), **WORDS | {"headline": " "}, **FACTS, by=cast.anggota)


def test_every_text_is_a_revision_and_the_same_text_is_none(cast):
    story = story_in("written", cast)
    actions.write(again(story), **WORDS, **FACTS, by=cast.redaktur)
    assert story.revisions.count() == 1
    actions.write(again(story), **WORDS | {"summary": "Lain."}, **FACTS, by=cast.redaktur)
    assert [(r.number, r.author) for r in story.revisions.all()] == [(1, cast.anggota), (2, cast.redaktur)]


def test_a_form_filled_from_an_older_story_is_stale_and_nothing_is_lost(cast):
    story = story_in("written", cast)
    actions.write(again(story), **WORDS | {"body": "Dari Dwi."}, **FACTS, by=cast.redaktur)
    with pytest.raises(Stale) as stale:
        actions.write(again(story).seen(story.version), **WORDS | {"body": "Dari Joko."}, **FACTS, by=cast.anggota)
    assert stale.value.thing.body == "Dari Dwi."


def test_fifty_thousand_characters_are_refused_with_a_sentence(cast):
    story = story_in("written", cast)
    with pytest.raises(BadRequest, match=r"50\.000 huruf, paling banyak 20\.000"):
        actions.write(story, **WORDS | {"body": "x" * 50_000}, **FACTS, by=cast.anggota)
    assert BODY_MAX == 20_000 and again(story).body == WORDS["body"]


@pytest.mark.parametrize("person", ["kades", "camat", "dinas", "provinsi", "kementerian", "operator", "warga", "tetangga", "pembina"])
def test_an_office_never_writes(cast, person):
    story = story_in("written", cast)
    with pytest.raises(NotAllowed) as refused:
        actions.write(story, **WORDS, **FACTS, by=cast.people[person])
    assert "Dwi Astuti (redaktur)" in refused.value.helpers


def test_a_right_lapses_with_the_membership(cast):
    story = story_in("written", cast)
    Membership.objects.filter(person=cast.anggota).update(ends=timezone.localdate() - timedelta(days=1))
    fresh = type(cast.anggota).objects.get(pk=cast.anggota.pk)
    with pytest.raises(NotAllowed):
        actions.submit(story, by=fresh)


# Sources and photo


@pytest.mark.parametrize("state", ["gathered", "written", "returned"])
def test_a_source_is_added_while_the_story_is_made(cast, state):
    story = story_in(state, cast)
    actions.add_source(story, who="Buku kerja bakti RT 02", how="difoto 12 Nov", by=cast.anggota2)
    assert (again(story).state, again(story).source_count) == (state, 2)


@pytest.mark.parametrize("state", ["submitted", "verified", "scheduled"])
def test_a_change_of_sources_has_to_be_checked_again(cast, state):
    story = story_in(state, cast)
    source = actions.add_source(story, who="Buku kerja bakti", how="difoto", by=cast.anggota)
    assert (again(story).state, again(story).verifier, again(story).publish_at) == ("written", None, None)
    actions.submit(again(story), by=cast.anggota)
    actions.remove_source(source, by=cast.anggota)
    assert (again(story).state, again(story).source_count) == ("written", 1)


def test_the_sources_of_a_published_story_stay(cast):
    story = story_in("published", cast)
    with pytest.raises(NotNow):
        actions.add_source(story, who="Lain", how="", by=cast.redaktur)
    with pytest.raises(NotNow, match="ralat"):
        actions.remove_source(story.sources.get(), by=cast.redaktur)


def test_a_story_without_a_source_is_not_submitted(cast):
    story = story_in("written", cast)
    actions.read_along(again(story), by=cast.anggota2)
    actions.remove_source(story.sources.get(), by=cast.anggota)
    with pytest.raises(NotNow, match="Belum ada sumber"):
        actions.submit(again(story), by=cast.anggota)


@pytest.mark.parametrize("person", ["dinas", "kades", "warga", "tetangga", "pembina"])
def test_only_members_touch_sources(cast, person):
    story = story_in("written", cast)
    with pytest.raises(NotAllowed):
        actions.add_source(story, who="Dinas", how="", by=cast.people[person])
    with pytest.raises(NotAllowed):
        actions.remove_source(story.sources.get(), by=cast.people[person])
    assert Source.objects.get().state == "named"


# Discussed


def test_what_nobody_else_talked_over_is_not_submitted_and_the_button_says_who_can_help(cast):
    story = story_in("written", cast)
    answer = may(cast.anggota, "newsroom.submit", story)
    assert not answer and answer.by_right and "Belum dibahas" in answer.sentence
    assert answer.helpers and "Joko Prasetyo (anggota)" not in answer.helpers


def test_a_contribution_by_someone_else_makes_it_discussed(cast):
    story = story_in("written", cast)
    discuss(story, cast.ketua)
    assert actions.submit(story, by=cast.anggota).discussants == 1
    assert again(story).trust().discussion == "Dibahas 1 orang lain sebelum diperiksa."


def test_the_authors_own_words_and_words_taken_back_are_no_discussion(cast):
    story = story_in("written", cast)
    discuss(story, cast.ketua, Contribution.State.TAKEN_BACK)
    assert not again(story).discussed()


def test_a_second_pair_of_eyes_is_a_member_who_wrote_nothing_of_it(cast):
    story = story_in("written", cast)
    with pytest.raises(NotAllowed, match="anggota lain"):
        actions.read_along(story, by=cast.anggota)
    with pytest.raises(NotAllowed):
        actions.read_along(story, by=cast.dinas)
    actions.read_along(story, by=cast.anggota2)
    assert again(story).discussed()


def test_a_second_reader_who_writes_is_no_second_reader_any_more(cast):
    story = story_in("written", cast)
    actions.read_along(again(story), by=cast.anggota2)
    actions.write(again(story), **WORDS | {"summary": "Lain."}, **FACTS, by=cast.anggota2)
    assert not again(story).discussed()


def test_nothing_is_read_along_before_it_is_written(cast):
    with pytest.raises(NotNow):
        actions.read_along(story_in("gathered", cast), by=cast.anggota2)


def test_an_urgent_story_goes_out_undiscussed_and_record_and_page_say_so(cast):
    story = story_in("published", cast, facts={"urgent_reason": "Banjir datang malam ini."})
    assert "newsroom.submit_urgent" in Entry.of(story).values_list("action", flat=True)
    assert story.trust().urgent == "Banjir datang malam ini."
    assert "tanpa dibahas" in story.trust().discussion


def test_an_urgent_story_that_was_discussed_is_submitted_like_any_other(cast):
    story = story_in("written", cast, facts={"urgent_reason": "Banjir datang malam ini."})
    actions.read_along(story, by=cast.anggota2)
    actions.submit(again(story), by=cast.anggota)
    assert "newsroom.submit" in Entry.of(story).values_list("action", flat=True)
    assert again(story).trust().urgent == ""


# Submit


def ready(cast, **words):
    story = story_in("written", cast, words=words)
    actions.read_along(story, by=cast.anggota2)
    return again(story)


@pytest.mark.parametrize("person", ["anggota", "redaktur"])
def test_author_and_editor_submit(cast, person):
    assert actions.submit(ready(cast), by=cast.people[person]).state == "submitted"


@pytest.mark.parametrize("person", ["anggota2", "pemeriksa", "ketua", "dinas", "kades", "warga", "tetangga", "operator"])
def test_nobody_else_submits(cast, person):
    story = ready(cast)
    with pytest.raises(NotAllowed):
        actions.submit(story, by=cast.people[person])


@pytest.mark.parametrize(("missing", "sentence"), [("summary", "Ringkasan"), ("body", "Isinya")])
def test_a_story_is_submitted_whole(cast, missing, sentence):
    story = story_in("written", cast, words={missing: ""}, facts={"urgent_reason": "Banjir."})
    with pytest.raises(NotNow, match=sentence):
        actions.submit(story, by=cast.anggota)


@pytest.mark.parametrize("state", ["gathered", "submitted", "verified", "returned", "published", "withdrawn"])
def test_only_what_is_written_is_submitted(cast, state):
    with pytest.raises(NotNow):
        actions.submit(story_in(state, cast), by=cast.anggota)


@pytest.mark.parametrize("where", ["headline", "summary", "body"])
def test_an_address_without_https_is_seen_too(cast, where):
    story = actions.submit(ready(cast, **{where: "Menang besar di slot-gacor77.com sekarang"}), by=cast.anggota)
    assert [(one.found, one.part) for one in story.unlooked()] == [("slot-gacor77.com", where)]


# Withdraw


@pytest.mark.parametrize("state", ["gathered", "written", "submitted", "verified", "scheduled", "returned"])
def test_author_or_editor_gives_up_what_is_not_out(cast, state):
    story = actions.withdraw(story_in(state, cast), by=cast.redaktur)
    assert (story.state, story.publish_at) == ("withdrawn", None)
    assert story in Story.objects.visible_to(cast.anggota) and story not in Story.objects.visible_to(cast.dinas)


@pytest.mark.parametrize("person", ["anggota2", "pemeriksa", "dinas", "kades", "tetangga"])
def test_nobody_else_gives_it_up(cast, person):
    with pytest.raises(NotAllowed):
        actions.withdraw(story_in("written", cast), by=cast.people[person])


def test_what_is_published_is_retracted_not_withdrawn(cast):
    with pytest.raises(NotNow):
        actions.withdraw(story_in("published", cast), by=cast.redaktur)


def test_a_group_still_being_formed_writes_but_its_people_only_read(cast):
    newcomer = member(cast.other_group, cast.warga, "anggota").person
    Group.objects.filter(pk=cast.other_group.pk).update(state="minuted")
    story = actions.gather(Group.objects.get(pk=cast.other_group.pk), region=cast.other_group.region, **FACTS, **SOURCE, by=newcomer)
    assert story.state == "gathered" and not StoryPhoto.objects.exists()
