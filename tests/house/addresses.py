"""Every address and who may use it. The sweep reads this table, and fails when an address is missing from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WRITERS = frozenset({"anggota", "redaktur", "pemeriksa", "ketua"})
MEMBERS = WRITERS | {"pembina"}
REGENCY = frozenset({"dinas"})
OFFICIALS = frozenset({"kades", "camat", "dinas", "provinsi", "kementerian"})
LOCAL = frozenset({"kades", "camat", "dinas"})
SIGNED_IN = MEMBERS | OFFICIALS | {"tetangga", "operator", "warga"}
EVERYONE = SIGNED_IN | {"tamu"}
NOBODY: frozenset[str] = frozenset()
BOARD = frozenset({"ketua"})
DESK = frozenset({"redaktur", "pemeriksa"})
EDITORS = frozenset({"redaktur"})
ROLES = tuple(sorted(EVERYONE))
"""The parts of the cast that are sent everywhere; `tamu` is somebody who is not signed in."""

Things = dict[str, Any]
Where = Callable[[Things], dict[str, Any]]


@dataclass(frozen=True)
class Address:
    """One address: who gets the page (200) and whose POST is let through to the action (anything but the door, 403 or 404)."""

    name: str
    sees: frozenset[str] = NOBODY
    does: frozenset[str] = NOBODY
    where: Where = lambda things: {}
    answers: tuple[int, ...] = (200,)
    """What a GET answers to those who see it."""


def of(key: str, argument: str = "pk", field: str = "pk") -> Where:
    """The address of one of the things."""
    return lambda things: {argument: getattr(things[key], field)}


def plus(where: Where, **more: str) -> Where:
    """The same address with more in it."""
    return lambda things: where(things) | more


def part(key: str, of_what: str = "story") -> Where:
    """The address of a part of the published story."""
    return lambda things: {"pk": getattr(things[key], f"{of_what}_id"), "part": things[key].pk}


def _story(things: Things) -> dict[str, Any]:
    story = things["story"]
    return {"slug": story.group.slug, "number": story.pk, "title": story.get_absolute_url().split("-", 1)[1].rstrip("/")}


def _series(things: Things) -> dict[str, Any]:
    series = things["series"]
    return {"slug": series.group.slug, "number": series.pk, "title": series.get_absolute_url().split("-", 1)[1].rstrip("/")}


def _week(things: Things) -> dict[str, Any]:
    year, week, _day = things["story"].published_at.astimezone(things["region"].tz).isocalendar()
    return {"slug": things["group"].slug, "week": f"{year}-w{week:02}"}


def _file(things: Things) -> dict[str, Any]:
    return {"key": things["photo"].key, "width": things["photo"].widths[0], "ending": "jpg"}


def _member(things: Things) -> dict[str, Any]:
    return {"pk": things["group"].pk, "member": things["membership"].pk}


def _contribution(things: Things) -> dict[str, Any]:
    return {"pk": things["topic"].pk, "said": things["contribution"].pk}


group, village, slug = of("group"), of("region", "code", "code"), of("group", "slug", "slug")
story, draft, topic, tip = of("story"), of("draft"), of("topic"), of("tip")

PLACES: tuple[tuple[str, Where], ...] = (("", lambda things: {}), ("group_", slug), ("region_", village))
FEEDS = ("atom.xml", "rss.xml", "feed.json")

PUBLIC = (
    Address("ui:gallery", EVERYONE),
    Address("media:photo", EVERYONE, where=_file),
    Address("regions:settings", EVERYONE, where=village),
    Address("groups:propose", EVERYONE, EVERYONE),
    Address("groups:look", EVERYONE, EVERYONE),
    Address("groups:thanks", EVERYONE, where=lambda things: {"code": "33-18-17-2003"}, answers=(302,)),
    Address("newsroom:tip", EVERYONE, EVERYONE, slug),
    Address("newsroom:tip_thanks", EVERYONE, where=slug),
    Address("health:machine", EVERYONE, answers=(200, 503)),  # on this machine only
    Address("portal:home", EVERYONE),
    Address("portal:stories", EVERYONE),
    *(Address(f"portal:story_{name}", EVERYONE, where=of("story", "number"), answers=(301,)) for name in ("short", "number")),
    Address("portal:search", EVERYONE),
    Address("portal:my_group", EVERYONE),
    Address("portal:knowledge", EVERYONE),
    Address("portal:region_knowledge", EVERYONE, where=village),
    Address("portal:group_knowledge", EVERYONE, where=slug),
    Address("portal:about", EVERYONE, where=lambda things: {"page": "memeriksa"}),
    *(Address(f"portal:region{name}", EVERYONE, where=village) for name in ("", "_stories", "_groups", "_gaps")),
    Address("portal:groups", EVERYONE),
    *(Address(f"portal:group{name}", EVERYONE, where=slug) for name in ("", "_stories", "_about")),
    Address("portal:story", EVERYONE, where=_story),
    *(Address(f"portal:story_{name}", EVERYONE, where=_story) for name in ("versions", "poster", "image", "board", "radio")),
    Address("portal:bulletins", EVERYONE, where=slug),
    Address("portal:bulletin", EVERYONE, where=_week),
    Address("newsroom:understood", EVERYONE, EVERYONE, where=_story),
    Address("portal:series", EVERYONE, where=_series),
    *(Address(f"portal:{name}", EVERYONE) for name in ("sitemap", "news_sitemap", "robots")),
    *(Address(f"portal:{name}", EVERYONE) for name in ("numbers", "recap")),
    *(Address(f"portal:{name}_of", EVERYONE, where=village) for name in ("numbers", "recap")),
    *(Address(f"portal:number{name}", EVERYONE, where=lambda things: {"key": "tik-terhitung"}) for name in ("", "_lacking")),
    *(Address(f"portal:number_of{name}", EVERYONE, where=plus(village, key="tik-terhitung")) for name in ("", "_lacking")),
    Address("portal:numbers_file", EVERYONE, where=lambda things: {"file": "tabel.csv"}),
    Address("portal:number_file", EVERYONE, where=lambda things: {"key": "cakupan", "file": "tabel.xlsx"}),
    Address("portal:numbers_of_file", EVERYONE, where=plus(village, file="tabel.xlsx")),
    Address("portal:number_of_file", EVERYONE, where=plus(village, key="cakupan", file="tabel.csv")),
    *(Address(f"portal:{at}stories_of_kind", EVERYONE, where=plus(where, kind="berita")) for at, where in PLACES),
    *(Address(f"portal:{at}feed", EVERYONE, where=plus(where, file=file)) for at, where in PLACES for file in FEEDS),
    *(Address(f"portal:{at}kind_feed", EVERYONE, where=plus(where, kind="berita", file=file)) for at, where in PLACES for file in FEEDS),
)
"""Nobody is anybody here: the same page for all."""

DOOR = (
    Address("accounts:sign_in", EVERYONE, EVERYONE, answers=(200, 302)),
    Address("accounts:slip", EVERYONE, EVERYONE, answers=(200, 302)),
    Address("accounts:choose", EVERYONE, EVERYONE, answers=(200, 302)),
    Address("accounts:recovery", EVERYONE, answers=(200, 302)),
    Address("accounts:code", SIGNED_IN, SIGNED_IN, answers=(200, 302)),
    Address("accounts:enrol", SIGNED_IN, SIGNED_IN, answers=(200, 302)),
    Address("accounts:sign_out", does=EVERYONE),
    Address("accounts:me", SIGNED_IN),
    Address("accounts:passphrase", SIGNED_IN, SIGNED_IN),
    Address("accounts:phone", SIGNED_IN, SIGNED_IN),
    Address("accounts:second_factor", SIGNED_IN, SIGNED_IN),
    Address("accounts:name", does=SIGNED_IN),
    *(Address(f"accounts:{name}", where=lambda things: {"pk": 0}) for name in ("merger_agreement", "merger_denial")),
    Address("accounts:end_others", does=SIGNED_IN),
    Address("accounts:end_session", does=SIGNED_IN, where=lambda things: {"handle": "tidak-ada"}),
    Address("accounts:cancel_recovery", where=lambda things: {"pk": 0}),
    Address("desk:home", SIGNED_IN),
    Address("desk:data", SIGNED_IN),
    Address("desk:consents", SIGNED_IN),
    Address("desk:erasure", SIGNED_IN, SIGNED_IN),
    Address("desk:erasure_taken_back"),
    Address("desk:people", OFFICIALS | {"operator"}),
    Address("desk:pair", REGENCY, REGENCY, lambda things: {"kept": things["twins"][0].pk, "lost": things["twins"][1].pk}),
    *(Address(f"desk:{name}", where=lambda things: {"pk": 0}) for name in ("merger", "merger_confirmation", "merger_refusal")),
    Address("health:page", frozenset({"operator"})),
    Address("desk:switch", does=SIGNED_IN),
    Address("desk:device", SIGNED_IN),
    Address("desk:share", does=SIGNED_IN),
    *(Address(f"desk:{name}", EVERYONE) for name in ("token", "offline", "manifest", "worker")),
)


def _of_group(key: str, argument: str) -> Where:
    return lambda things: {"pk": things["group"].pk, argument: things[key].pk}


def _page_of(key: str, argument: str) -> Where:
    return lambda things: {"pk": things["group"].pk, argument: things[key].pk, "leaf": 0, "width": 480, "ending": "jpg"}


LIVING = (
    Address("groups:visits", MEMBERS | OFFICIALS, OFFICIALS, group),
    Address("groups:visit_remark", does=BOARD, where=_of_group("visit", "visit")),
    Address("groups:visit_plan", does=REGENCY, where=_of_group("visit", "visit")),
    Address("groups:deed_waiting", MEMBERS | OFFICIALS, where=of("deed"), answers=(302,)),
    Address("groups:deeds", MEMBERS | OFFICIALS, where=group),
    Address("groups:new_deed", WRITERS, WRITERS, group),
    Address("groups:deed", MEMBERS | OFFICIALS, where=_of_group("deed", "deed")),
    Address("groups:deed_confirmation", does=WRITERS - {"anggota"}, where=_of_group("deed", "deed")),
    Address("groups:deed_withdrawal", does=BOARD | {"anggota"}, where=_of_group("deed", "deed")),
    Address("groups:deed_photo", where=_page_of("deed", "deed")),
    Address("groups:institution", MEMBERS | OFFICIALS, where=group),
    Address("groups:item_statement", does=BOARD, where=group),
    Address("groups:item_withdrawal", does=BOARD, where=_of_group("item", "item")),
    Address("groups:item_photo", where=_page_of("item", "item")),
    Address("groups:region_visits", OFFICIALS | {"operator"}),
    Address("desk:office_handover", OFFICIALS, OFFICIALS),
    Address("desk:office_takeover", does=OFFICIALS),
    Address("desk:office_handover_paper", OFFICIALS),
    Address("desk:board_handover", BOARD, BOARD, group),
    Address("desk:board_takeover", does=BOARD, where=group),
    Address("desk:board_handover_paper", BOARD, where=group),
)
"""Guidance, papers, what a group has, and hand-over."""

GROUPS = (
    Address("groups:mine", SIGNED_IN),
    Address("groups:proposal", SIGNED_IN, SIGNED_IN),
    Address("groups:group", SIGNED_IN, where=group),
    *(
        Address(f"groups:{name}", does=who, where=group)
        for name, who in (
            ("founder", OFFICIALS - {"provinsi", "kementerian"}),
            ("founder_slip", NOBODY),
            ("socialisation", OFFICIALS - {"provinsi", "kementerian"}),
            ("deliberation", frozenset({"kades"})),
            ("minutes", NOBODY),  # only the founder; the cast's group has none any more
            ("decree", OFFICIALS - {"provinsi", "kementerian"}),
            ("decree_renewal", OFFICIALS - {"provinsi", "kementerian"}),
            ("registration", BOARD | REGENCY),
            ("return", REGENCY),
            ("support", frozenset({"kades"})),
            ("objection", frozenset({"kades"})),
            ("objection_answer", BOARD),
            ("decree_confirmation", frozenset({"kades"})),
            ("suspension_request", REGENCY),
            ("suspension_refusal", REGENCY),
            ("suspension", REGENCY),
            ("appeal", BOARD),
            ("upholding", REGENCY),
            ("granting", REGENCY),
            ("lifting_request", REGENCY),
            ("lifting_refusal", REGENCY),
            ("lifting", REGENCY),
            ("dissolution_request", REGENCY),
            ("dissolution_refusal", REGENCY),
            ("dissolution", REGENCY),
            ("profile", BOARD),
            ("confirmation", BOARD),
            ("admission", BOARD),
            ("waking", BOARD),
        )
    ),
    Address("groups:verification", does=REGENCY, where=group),  # of a verified group there is nothing to examine: 409
    Address("groups:printed", MEMBERS | OFFICIALS, where=plus(group, name="berita-acara")),
    Address("groups:leaf", where=lambda things: {"pk": things["group"].pk, "leaf": 0, "width": 480, "ending": "jpg"}),
    Address("groups:formations", OFFICIALS | {"operator"}),
    Address("groups:conduct", MEMBERS, where=group),
    Address("groups:agreement", does=MEMBERS, where=group),
    Address("groups:disagreement", does=MEMBERS, where=group),
    Address("groups:member_agreement", does=BOARD, where=_member),
    *LIVING,
    Address("groups:scan", where=lambda things: {"pk": things["group"].pk, "decree": 0, "width": 480, "ending": "jpg"}),
    Address("groups:member", MEMBERS | OFFICIALS, where=_member),
    Address("groups:role", does=BOARD, where=_member),
    Address("groups:ending", does=BOARD | {"anggota"}, where=_member),
    Address("groups:year", does=BOARD | LOCAL, where=_member),
    Address("groups:guardian", does=BOARD | LOCAL, where=_member),
    Address("groups:erasure", does=BOARD | OFFICIALS, where=_member),
    Address("groups:erasure_taken_back", where=_member),  # nobody asked yet
    Address("groups:slip", does=BOARD | OFFICIALS, where=_member),
    Address("groups:recovery", does=BOARD | OFFICIALS, where=_member),
    Address("groups:recovery_confirmation", does=MEMBERS - {"anggota"} | OFFICIALS, where=_member),
    Address("groups:office", OFFICIALS | {"operator"}),
    Address("measurement:numbers", OFFICIALS | {"operator"}),
    Address("measurement:notes", does=OFFICIALS | {"operator"}),
    Address("groups:officers", OFFICIALS | {"operator"}, OFFICIALS | {"operator"}),
    *(
        Address(f"groups:{name}", where=lambda things: {"pk": 0})
        for name in ("officer", "officer_ending", "officer_slip", "officer_recovery", "officer_recovery_confirmation")
    ),
    Address("groups:rules", OFFICIALS | {"operator"}),
    Address(
        "groups:rule", OFFICIALS | {"operator"}, REGENCY | {"provinsi", "kementerian"}, where=lambda things: {"key": "groups.min_members"}
    ),
)

NO_EXPORT: Where = lambda things: {"pk": things["group"].pk, "export": 0}  # noqa: E731
EXCHANGE = (
    *(Address(f"exchange:{name}", EVERYONE) for name in ("data", "api", "catalogue", "api_schema")),
    Address("exchange:file", EVERYONE, where=lambda things: {"name": "kim.csv"}, answers=(404,)),  # before the first night
    Address("exchange:api_nothing", EVERYONE, where=lambda things: {"rest": "tidak/ada"}, answers=(404,)),
    *(Address(f"exchange:api_{name}", EVERYONE) for name in ("regions", "groups", "decrees", "stories", "figures")),
    Address("exchange:api_region", EVERYONE, where=village),
    *(Address(f"exchange:api_{name}", EVERYONE, where=of(name, "number")) for name in ("group", "story")),
    *(Address(f"exchange:region_{name}", EVERYONE, where=plus(village, kind="csv")) for name in ("groups", "stories")),
    Address("exchange:group_stories", EVERYONE, where=plus(slug, kind="xlsx")),
    Address("exchange:register", OFFICIALS | {"operator"}),
    Address("exchange:exports", BOARD, BOARD, group),
    *(Address(f"exchange:{name}", where=NO_EXPORT) for name in ("export", "removal")),
)

REGISTRARS = frozenset({"dinas", "provinsi", "kementerian"})
REGISTERS = (
    Address("registers:imports", REGISTRARS, REGISTRARS),
    Address("registers:sample", REGISTRARS),
    Address("registers:import", REGISTRARS, where=of("import")),
    Address("registers:columns", REGISTRARS, REGISTRARS, of("import")),
    *(Address(f"registers:{name}", does=REGISTRARS, where=of("import")) for name in ("choices", "confirmation", "undoing", "dropping")),
    Address("registers:receipt", REGISTRARS, where=of("import"), answers=(409,)),  # before it is saved there is none
)

TALK = (
    Address("discussions:topics", SIGNED_IN),
    Address("discussions:new", WRITERS | {"tetangga"}, WRITERS | {"tetangga"}),
    Address("discussions:topic", MEMBERS, where=topic),
    Address("discussions:contributions", does=MEMBERS, where=topic),
    Address("discussions:minutes", MEMBERS, MEMBERS, topic),
    Address("discussions:summaries", MEMBERS, MEMBERS, topic),
    Address("discussions:closure", does=EDITORS | BOARD, where=topic),
    Address("discussions:reopening", does=EDITORS | BOARD, where=topic),
    Address("discussions:merger", MEMBERS, MEMBERS, topic),
    Address("discussions:reading", does=MEMBERS, where=topic),
    Address("discussions:taking_back", does=frozenset({"anggota"}), where=_contribution),
)

NEWS = (
    Address("newsroom:stories", SIGNED_IN),
    Address("newsroom:gather", WRITERS | {"tetangga"}, WRITERS | {"tetangga"}),
    Address("newsroom:go_on", WRITERS, WRITERS, draft, answers=(302,)),
    Address("newsroom:screen", WRITERS, where=plus(draft, key="kapan")),
    Address("newsroom:pictures", WRITERS, WRITERS, draft),
    Address("newsroom:words", WRITERS, WRITERS, draft),
    Address("newsroom:look", WRITERS, where=draft),
    Address("newsroom:story", SIGNED_IN, where=story),
    Address("newsroom:write", WRITERS, WRITERS, draft),
    Address("newsroom:check", frozenset({"pemeriksa"}), frozenset({"pemeriksa"}), of("submitted")),
    Address("newsroom:correct", WRITERS, WRITERS, story),
    Address("newsroom:series", WRITERS, WRITERS, story),
    Address("newsroom:preview", MEMBERS, where=draft),
    Address("newsroom:versions", SIGNED_IN, where=story),
    Address("newsroom:photo", MEMBERS, where=_file, answers=(200, 404)),
    Address("newsroom:tips", MEMBERS | {"tetangga"}),
    Address("newsroom:tip_at_desk", MEMBERS, where=tip),
    *(
        Address(f"newsroom:{name}", does=who, where=story)
        for name, who in (
            ("submit", EDITORS | {"anggota"}),
            ("publish", EDITORS),
            ("read_along", MEMBERS - {"anggota", "pembina"}),
            ("return", DESK),
            ("schedule", EDITORS),
            ("unschedule", EDITORS),
            ("flag", OFFICIALS),
            ("retract", EDITORS),
            ("withdraw", EDITORS | {"anggota"}),
            ("withhold", frozenset({"operator"})),
            ("restore", frozenset({"operator"})),
            ("confirm_current", DESK),
            ("take_from_series", WRITERS),
            ("add_source", WRITERS),
            ("illustrate", WRITERS),
        )
    ),
    *(
        Address(f"newsroom:{name}", does=WRITERS, where=part("picture"))
        for name in ("describe_photo", "put_first", "move_up", "remove_photo")
    ),
    Address("newsroom:materials", MEMBERS | OFFICIALS | {"tetangga"}),
    Address("newsroom:draft_material", OFFICIALS, OFFICIALS),
    Address("newsroom:material", REGENCY, where=of("material")),
    *(
        Address(f"newsroom:{name}", sees, REGENCY, of("material"))
        for name, sees in (
            ("edit_material", REGENCY),
            ("receivers", REGENCY),
            ("receivers_listed", NOBODY),
            ("send_material", NOBODY),
            ("withdraw_material", NOBODY),
        )
    ),
    *(
        Address(f"newsroom:{name}", does=who, where=part("offer", "material"))
        for name, who in (
            ("adopt", WRITERS),
            ("read_offer", WRITERS),
            ("decline_offer", DESK | BOARD),
            ("comment_on_offer", DESK | BOARD),
        )
    ),
    Address("newsroom:repost", does=frozenset({"tetangga"}), where=story),
    Address("newsroom:introduce", does=WRITERS, where=story),
    Address("newsroom:remove_source", does=WRITERS, where=part("source")),
    Address("newsroom:confirm_correction", does=DESK, where=part("correction")),
    Address("newsroom:decline_correction", does=DESK, where=part("correction")),
    Address("newsroom:answer_flag", does=DESK | BOARD, where=part("flag")),
    Address("newsroom:release_hold", does=DESK, where=part("hold")),
    Address("newsroom:uphold_hold", does=DESK, where=part("hold")),
    Address("newsroom:alarm", MEMBERS | OFFICIALS | {"operator"}, where=of("alarm")),
    Address("newsroom:close_alarm", does=DESK | BOARD, where=of("alarm")),
    Address("newsroom:take_up", does=WRITERS, where=tip),
    Address("newsroom:decline", does=WRITERS, where=tip),
    Address("newsroom:duplicate", does=WRITERS, where=tip),
)

ADDRESSES = (*PUBLIC, *DOOR, *GROUPS, *REGISTERS, *EXCHANGE, *TALK, *NEWS)
