"""A large, varied, repeatable multitude of groups and published stories, for seeing how everything behaves with much of it.

Rows are copied, not acted: they obey every constraint and their counts are right, but no line of the record, no check, no discussion and no
account stands behind them. All are marked as demo.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zlib import crc32

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.text import slugify

from kentongan.accounts.models import Person
from kentongan.demo.copying import copy, reserve
from kentongan.demo.people import made_up
from kentongan.demo.words import HOW, SOURCES, Words, words
from kentongan.groups.models import Decree, Group, Membership, Standing, Tally, reckon_all
from kentongan.groups.settings import CONDUCT_VERSION, RANKS
from kentongan.newsroom.models import Revision, Source, Story
from kentongan.pages import store
from kentongan.regions.models import chain
from kentongan.search import index

SPAN = timedelta(days=3 * 365)
CHUNK = 20_000
"""Stories in one transaction: some fifty megabytes in memory."""
RECKONED = 5000
"""Groups reckoned in one transaction."""
STORIES_A_GROUP, FEWEST, MOST = 50, 38, 5000
"""So many stories to a group, but at least one group a province and at most what the country has today, by order of magnitude."""
MARK = "seed-"
ROLES = ("ketua", "sekretaris", "bendahara", "redaktur", "pemeriksa", "anggota")
STATES = ("verified",) * 22 + ("registered",) * 2 + ("decreed",)
FIELDS = ("pertanian", "kesehatan", "pendidikan", "usaha warga", "budaya", "lingkungan", "pelayanan desa")

# The same villages for every size: those of a smaller seed are the first of a larger one, in turn from every province.
VILLAGES = """
    select id, code, name from (
        select id, code, name, row_number() over (partition by left(code, 2) order by md5(code)) as turn
        from regions_region where level = 4 and id not in (
            select region_id from groups_group where submission is null or submission not like 'seed-%%'
        )
    ) village order by turn, md5(code) limit %s
"""
COUNT = """
    update groups_group set story_count = story_count + new.count, last_published_at = greatest(last_published_at, new.newest)
    from unnest(%s::bigint[], %s::int[], %s::timestamptz[]) as new (id, count, newest) where groups_group.id = new.id
"""
PRACTISE = """
    insert into groups_practice (group_id, step, last_at)
    select id, step, last_published_at - span from groups_group, (values
        ('diseminasi', interval '0', 1), ('akses', interval '2 days', 1),
        ('diskusi', interval '1 day', 2), ('networking', interval '9 days', 5)
    ) as taken (step, span, every) where submission like 'seed-%' and last_published_at is not null and id % every = 0
    on conflict (group_id, step) do update set last_at = greatest(groups_practice.last_at, excluded.last_at)
"""
Say = Callable[[str], None]


@dataclass(slots=True)
class Seeded:
    """A group of the seed: its place and who plays which part in it; `stories` and `newest` count what is being added."""

    pk: int
    region: int
    code: str
    village: str
    people: dict[str, int] = field(default_factory=dict)
    stories: int = 0
    newest: datetime | None = None

    @property
    def codes(self) -> list[str]:
        return chain(self.code)


def stories_there() -> int:
    """How many published stories the groups of the seed have."""
    return Group.objects.filter(submission__startswith=MARK).aggregate(n=Sum("story_count"))["n"] or 0


def grow(size: int, say: Say, groups_wanted: int = 0) -> int:
    """Add what is missing to `size` stories; returns how many were added. A run that was cut off is continued by the next one.

    In `groups_wanted` groups, or so many as such a number of stories usually comes from.
    """
    there = stories_there()
    if there >= size:
        return 0
    _found(groups_wanted or min(max(size // STORIES_A_GROUP, FEWEST), MOST), say)
    groups = seeded_groups()
    made = there
    while made < size:
        count = min(CHUNK, size - made)
        with transaction.atomic():
            _tell(groups, Random(made), count, (made - there, size - there))
        made += count
        say(f"  {made:,} kabar".replace(",", "."))
    say("  hitungan tiap wilayah")
    _practise()
    _reckon(groups)
    _analyse()
    say("  indeks pencarian")
    index.complete()
    store.changed(*{site for group in groups for site in (f"kim/{_slug(group.village, group.code)}", *_portals(group.code))})
    return made - there


def seeded_groups() -> list[Seeded]:
    """The groups of the seed with their people, in the order they were founded."""
    rows = Group.objects.filter(submission__startswith=MARK).order_by("id").values_list("pk", "region_id", "region__code", "region__name")
    groups = {row[0]: Seeded(*row) for row in rows}
    members = Membership.objects.filter(group__submission__startswith=MARK).values_list("group_id", "role", "person_id")
    for pk, role, person in members.iterator():
        groups[pk].people[role] = person
    return list(groups.values())


@transaction.atomic
def _found(count: int, say: Say) -> None:
    known = set(Group.objects.filter(submission__startswith=MARK).values_list("submission", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(VILLAGES, [count])
        villages = [row for row in cursor.fetchall() if f"{MARK}{row[1]}" not in known]
    if not villages:
        return
    say(f"  {len(villages):,} KIM dengan {len(villages) * len(ROLES):,} orang".replace(",", "."))
    groups = [Seeded(pk, *village) for pk, village in zip(reserve(Group, len(villages)), villages, strict=True)]
    people = iter(reserve(Person, len(groups) * len(ROLES)))
    for group in groups:
        group.people = {role: next(people) for role in ROLES}
    copy(Person, ("id", "name"), _persons(groups), state=Person.State.ACTIVE)
    _copy_groups(groups)
    _copy_posts(groups)


def _persons(groups: list[Seeded]) -> Iterator[tuple[int, str]]:
    for group in groups:
        for role, person in group.people.items():
            yield person, _name(group, role)


def _copy_groups(groups: list[Seeded]) -> None:
    today, now = timezone.localdate(), timezone.now()
    began = now - SPAN - timedelta(days=60)
    columns = ("id", "region_id", "province_code", "regency_code", "district_code", "village_code", "name", "slug", "submission", "state")
    more = ("founder_id", "proposers", "about", "secretariat", "fields", "founded_on", "last_confirmed_at", "stated_digital")

    def rows() -> Iterator[tuple[object, ...]]:
        for group in groups:
            draw, people = Random(group.code), group.people
            proposers = f"{_name(group, 'ketua')} dan {_name(group, 'sekretaris')}"
            said = f"Warga {group.village} yang menulis kabar desanya (contoh)."
            founded = today - SPAN - timedelta(days=draw.randint(70, 900))
            confirmed = now - timedelta(days=draw.randint(1, 260))
            place = (group.pk, group.region, *group.codes, f"KIM {group.village}", _slug(group.village, group.code), f"{MARK}{group.code}")
            self_said = (people["ketua"], proposers, said, f"Balai desa {group.village}", draw.sample(FIELDS, 2), founded, confirmed)
            yield (*place, draw.choice(STATES), *self_said, draw.random() < 0.4 or None)

    same = {"public_since": began, "waiting_since": began, "contact": "Titip pesan di balai desa", "demo": True}
    copy(Group, columns + more, rows(), source_note="Contoh untuk demo; semuanya rekaan.", version=8, **same)


def _copy_posts(groups: list[Seeded]) -> None:
    """Two decrees that follow one another, and the six who serve under them."""
    today = timezone.localdate()
    terms = {group.pk: today - timedelta(days=Random(group.code).randint(20, 1000)) for group in groups}

    def decrees() -> Iterator[tuple[object, ...]]:
        for group in groups:
            start = terms[group.pk]
            rank = RANKS[0][0] if group.code[9] != "1" else RANKS[1][0]
            for begins in (start - timedelta(days=1095), start):
                number = f"141/{group.code[-3:]}/{begins.year} (contoh)"
                yield group.pk, number, begins, rank, _name(group, "kepala desa"), begins, begins + timedelta(days=1094)

    def members() -> Iterator[tuple[object, ...]]:
        for group in groups:
            begins = terms[group.pk] - timedelta(days=1095)
            for role, person in group.people.items():
                yield group.pk, person, role, begins, terms[group.pk] + timedelta(days=1094)

    copy(Decree, ("group_id", "number", "dated", "rank", "issuer", "starts", "ends"), decrees(), at=timezone.now())
    copy(
        Membership,
        ("group_id", "person_id", "role", "starts", "ends"),
        members(),
        state=Membership.State.ACTIVE,
        has_vote=True,
        version=1,
        agreed_version=CONDUCT_VERSION,
        agreed_at=timezone.now(),
    )


@dataclass(slots=True)
class Told:
    """One story of the seed, before it is copied."""

    pk: int
    group: Seeded
    words: Words
    author: int
    at: datetime
    sources: list[tuple[str, str]]


def _tell(groups: list[Seeded], draw: Random, count: int, part: tuple[int, int]) -> None:
    """Copy `count` stories whose place in the whole (`part`: done before, of how many) tells when they were published."""
    done, whole = part
    now = timezone.now()
    told = []
    for place, pk in enumerate(reserve(Story, count)):
        group = groups[int(len(groups) * draw.random() ** 1.3)]  # some write more than others
        at = min(
            now - SPAN * (1 - (done + place) / whole) + timedelta(hours=draw.uniform(-200, 30)),
            now - timedelta(minutes=draw.uniform(5, 500)),
        )
        said = words(draw, group.village)
        sources = list(zip(draw.sample(SOURCES, k := draw.choice((1, 1, 2, 2, 3))), draw.choices(HOW, k=k), strict=True))
        author = group.people[draw.choice(("anggota", "anggota", "sekretaris", "ketua"))]
        told.append(Told(pk, group, said, author, at.replace(microsecond=0), sources))
    _copy_stories(told)
    _copy_words(told)
    _count(told)


def _copy_stories(told: list[Told]) -> None:
    columns = (
        "id",
        "group_id",
        "region_id",
        "province_code",
        "regency_code",
        "district_code",
        "village_code",
        "kind",
        "headline",
        "summary",
    )
    more = ("body", "what", "place", "happened", "who", "author_id", "second_pair_id", "verifier_id", "publisher_id", "verified_at")
    last = ("published_at", "changed_at", "source_count")

    def rows() -> Iterator[tuple[object, ...]]:
        for one in told:
            group, said, people = one.group, one.words, one.group.people
            where = (one.pk, group.pk, group.region, *group.codes)
            what = (said.kind, said.headline, said.summary, said.body, said.summary, said.place, f"{_day(one.at):%d-%m-%Y}", said.who)
            who = (one.author, people["bendahara"], people["pemeriksa"], people["redaktur"])
            yield (*where, *what, *who, one.at - timedelta(hours=3), one.at, one.at, len(one.sources))

    copy(Story, columns + more + last, rows(), state=Story.State.PUBLISHED, version=6, demo=True)


def _copy_words(told: list[Told]) -> None:
    versions = ((one.pk, one.words.headline, one.words.summary, one.words.body, one.author, one.at - timedelta(hours=5)) for one in told)
    copy(Revision, ("story_id", "headline", "summary", "body", "author_id", "at"), versions, number=1)
    named = (
        (one.pk, who, f"{how} {_day(one.at):%d-%m-%Y}", one.author, one.at - timedelta(hours=6)) for one in told for who, how in one.sources
    )
    copy(Source, ("story_id", "who", "how", "added_by_id", "at"), named, state=Source.State.NAMED, version=1)


def _count(told: list[Told]) -> None:
    touched = {one.group.pk: one.group for one in told}
    for group in touched.values():
        group.stories, group.newest = 0, None
    for one in told:
        one.group.stories += 1
        one.group.newest = max(one.group.newest or one.at, one.at)
    rows = list(touched.values())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [[group.pk for group in rows], [group.stories for group in rows], [group.newest for group in rows]])


def _practise() -> None:
    """The steps of ADINDA that such stories would have come from."""
    with connection.cursor() as cursor:
        cursor.execute(PRACTISE)


def _reckon(groups: list[Seeded]) -> None:
    """How each group stands, and the counts of every place."""
    for first in range(0, len(groups), RECKONED):
        pks = [group.pk for group in groups[first : first + RECKONED]]
        reckon_all(Group.objects.filter(pk__in=pks).select_related("region"))
    while Tally.fold():
        pass


def _name(group: Seeded, role: str) -> str:
    """The invented name of who holds a role there, whatever number the row has."""
    return made_up(crc32(f"{group.code} {role}".encode()))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _slug(village: str, code: str) -> str:
    return f"{slugify(village)[:45].strip('-') or 'kim'}-{code.replace('.', '')}"


def _portals(code: str) -> list[str]:
    return [*(f"wilayah/{above}" for above in chain(code)), "nasional"]


def _analyse() -> None:
    with connection.cursor() as cursor:
        for model in (Group, Membership, Person, Story, Revision, Source, Standing, Tally):
            cursor.execute(f'analyze "{model._meta.db_table}"')
