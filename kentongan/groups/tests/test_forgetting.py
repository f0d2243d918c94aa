"""The wish to be forgotten: it waits, may be taken back, and leaves a pseudonym and the public record."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kentongan.accounts.models import Account, Attempt, Erasure, Guardian, Person, Session, Slip
from kentongan.core.actors import CLOCK
from kentongan.core.errors import NotAllowed, NotNow
from kentongan.core.jobs import run_pending
from kentongan.core.models import Entry, Receipt
from kentongan.groups.actions import privacy
from kentongan.groups.models import Membership
from kentongan.newsroom.jobs import forget_due
from kentongan.newsroom.models import Story, StoryPhoto, Tip
from kentongan.newsroom.tests.factories import story_in
from kentongan.pages.models import Change
from kentongan.regions.models import RegionSetting
from kentongan.vault.models import SealedContact
from kentongan.vault.sealing import seal
from tests.cast import PASSPHRASE, Cast, member

Browser = Callable[[Person], Client]


def overdue(erasure: Erasure) -> Erasure:
    """Its waiting time is over."""
    Erasure.objects.filter(pk=erasure.pk).update(due_on=timezone.localdate())
    return Erasure.objects.get(pk=erasure.pk)


def forgotten(somebody: Person, by: Person | None = None) -> Person:
    """Asked, waited, done by the clock."""
    overdue(privacy.ask_erasure_for(somebody, by=by) if by else privacy.ask_erasure(somebody, by=somebody))
    forget_due()
    run_pending()
    return Person.objects.get(pk=somebody.pk)


def test_it_waits_fourteen_days_unless_the_region_says_otherwise(cast: Cast) -> None:
    assert privacy.ask_erasure(cast.anggota, by=cast.anggota).due_on == timezone.localdate() + timedelta(days=14)
    facts: dict[str, Any] = {"source": "Perbup", "edition": "1", "since": timezone.localdate()}
    RegionSetting.drawn_up(cast.region, "accounts.erasure_days", 5, **facts).save()
    RegionSetting.objects.update(state="current")
    assert privacy.ask_erasure(cast.anggota2, by=cast.anggota2).due_on == timezone.localdate() + timedelta(days=5)


def test_nothing_happens_before_its_day_or_after_it_was_taken_back(cast: Cast) -> None:
    waiting = privacy.ask_erasure(cast.anggota, by=cast.anggota)
    with pytest.raises(NotNow, match="Waktu tunggunya"):
        privacy.erase(waiting)
    overdue(privacy.take_back_erasure(waiting, by=cast.anggota))
    forget_due()
    run_pending()
    assert Person.objects.get(pk=cast.anggota.pk).name == "Joko Prasetyo"


def test_what_tells_who_it_was_is_gone(cast: Cast, client_of: Browser) -> None:
    client = client_of(cast.anggota)
    account = cast.anggota.account
    Slip.issue(account)
    Receipt.objects.create(key="k" * 24, by_id=cast.anggota.pk, path="/meja/", sent="x")
    person = forgotten(cast.anggota)
    account = Account.objects.get(pk=account.pk)
    assert person.name.startswith("Anggota KIM ") and (person.birth_year, person.state) == (None, "erased")
    assert (account.phone, account.username, account.totp_secret, account.last_login) == (None, f"dihapus-{account.pk}", "", None)
    assert not account.check_password(PASSPHRASE) and account.state == "closed"
    assert not Session.objects.filter(account=account).exists() and not Slip.objects.filter(account=account).exists()
    assert not Receipt.objects.filter(by_id=person.pk).exists() and not Guardian.objects.exists()
    assert client.get("/meja/").status_code == 302
    assert not Attempt.objects.filter(key__contains="081200000001").exists()


def test_every_role_ends_that_day_and_the_record_goes_on_with_ids(cast: Cast) -> None:
    lines = Entry.objects.filter(by_id=cast.anggota.pk).count()
    forgotten(cast.anggota)
    row = Membership.objects.get(person=cast.anggota)
    assert (row.state, row.ends, row.ended_reason) == ("ended", timezone.localdate(), "Data dihapus atas permintaan")
    assert Entry.objects.filter(by_id=cast.anggota.pk).count() == lines + 1  # the asking; the clock did the rest
    assert Entry.objects.filter(action="groups.erase", by_kind=CLOCK.actor_kind).count() == 1


def test_stories_stay_and_say_the_pseudonym_and_their_pages_are_taken_down_at_once(cast: Cast) -> None:
    story = story_in("published", cast)
    page = story.get_absolute_url()
    assert "Siti Rahayu" in Client().get(page).text
    before = Change.objects.count()
    person = forgotten(cast.pemeriksa)
    text = Client().get(page).text
    assert "Siti Rahayu" not in text and person.name in text
    assert Change.objects.filter(site=cast.group.site, hard=True).exists() and Change.objects.count() > before


def test_credits_minutes_and_contacts_follow(cast: Cast) -> None:
    from kentongan.newsroom import actions as newsroom
    from tests.pictures import photo_file

    draft = story_in("written", cast)
    for credit in ("Joko Prasetyo", "Siti R."):
        about: dict[str, Any] = {"alt": "Pipa", "credit": credit, "shows_vulnerable": False, "consent": False}
        newsroom.illustrate(Story.objects.get(pk=draft.pk), upload=photo_file(), **about, by=cast.anggota)
    tip = Tip.objects.create(group=cast.group, text="Pipa bocor", brought_by=cast.anggota, contact=seal("0812-1"), state="received")
    person = forgotten(cast.anggota)
    assert {picture.credit for picture in StoryPhoto.objects.all()} == {person.name, "Siti R."}
    assert Tip.objects.get(pk=tip.pk).contact is None and not SealedContact.objects.exists()


def test_no_job_carries_a_name(cast: Cast) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    overdue(privacy.ask_erasure(cast.anggota, by=cast.anggota))
    forget_due()
    assert "Joko" not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))


def test_one_that_fails_holds_up_nobody_and_twice_is_once(cast: Cast) -> None:
    overdue(privacy.ask_erasure(cast.anggota, by=cast.anggota))
    forget_due()
    forget_due()
    run_pending()
    assert Entry.objects.filter(action="groups.erase").count() == 1


def test_somebody_without_an_account_is_helped_with_two_names(cast: Cast) -> None:
    again = Person.enter("Mbah Karso")
    member(cast.group, again, "anggota")
    wish = privacy.ask_erasure_for(again, by=cast.ketua)
    line = Entry.of(wish).get()
    assert (line.by_id, line.for_id) == (cast.ketua.pk, again.pk)
    with pytest.raises(NotAllowed):
        privacy.take_back_erasure(wish, by=cast.anggota)
    privacy.take_back_erasure(wish, by=cast.dinas)
    assert forgotten(again, by=cast.dinas).name.startswith("Anggota KIM ")


def test_nobody_asks_for_somebody_who_can_ask_themselves(cast: Cast) -> None:
    with pytest.raises(NotNow, match="ia sendiri yang meminta"):
        privacy.ask_erasure_for(cast.anggota, by=cast.ketua)


def test_the_operator_hands_over_first(cast: Cast) -> None:
    with pytest.raises(NotNow, match="Serahkan dahulu"):
        privacy.ask_erasure(cast.operator, by=cast.operator)


def test_asked_twice_is_said_and_kept_once(cast: Cast) -> None:
    privacy.ask_erasure(cast.anggota, by=cast.anggota)
    with pytest.raises(NotNow, match="sudah tercatat"):
        privacy.ask_erasure(cast.anggota, by=cast.anggota)


def test_the_page_of_the_only_one_with_rights_says_what_that_means_first(cast: Cast, client_of: Browser) -> None:
    assert "tinggal tanpa pengurus" not in client_of(cast.ketua).get("/meja/saya/data/hapus/").text
    Membership.objects.filter(person=cast.sekretaris).update(state="ended", ends=timezone.localdate())
    page = client_of(cast.ketua).get("/meja/saya/data/hapus/").text
    assert "tinggal tanpa pengurus" in page and cast.group.name in page


def test_from_the_button_to_the_day_and_back(cast: Cast, client_of: Browser) -> None:
    client = client_of(cast.anggota)
    assert client.post("/meja/saya/data/hapus/", {}).status_code == 422
    page = client.post("/meja/saya/data/hapus/", {"understood": "on"}, follow=True)
    wish = Erasure.objects.get()
    assert wish.pseudonym in page.text and "Tidak jadi" in page.text
    assert "akan dihapus" in client.get("/meja/saya/data/").text
    assert "Penghapusan dibatalkan" in client.post("/meja/saya/data/hapus/pembatalan/", follow=True).text
    assert client.post("/meja/saya/data/hapus/pembatalan/").status_code == 404
