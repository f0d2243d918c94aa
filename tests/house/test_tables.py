"""Every line of the two tables that decide is tried: who may and who may not, and which rule of a region holds and why."""

from html import unescape

import pytest
from django.test import Client

from kentongan.accounts.tests import test_me as accounts
from kentongan.core import permissions, settings
from kentongan.core.actors import CLOCK, PUBLIC
from kentongan.core.errors import NotAllowed
from kentongan.discussions.tests import test_permissions as discussions
from kentongan.exchange.tests import test_permissions as exchange
from kentongan.groups.tests import test_permissions as groups
from kentongan.measurement.tests import test_permissions as measurement
from kentongan.newsroom.models import Story
from kentongan.registers.tests import test_permissions as registers
from tests.cast import Cast
from tests.house.addresses import OFFICIALS, Things

PARTS = frozenset(groups.EVERYBODY.split())
WRITERS = frozenset({"anggota", "anggota2", "redaktur", "redaktur2", "pemeriksa", "ketua", "sekretaris", "bendahara"})
EDITORS = frozenset({"redaktur", "redaktur2"})
DESK = EDITORS | {"pemeriksa"}
AUTHOR_OR_EDITOR = EDITORS | {"anggota"}
OFFICES = OFFICIALS | {"dinas2"}

NEWSROOM: dict[str, tuple[str, frozenset[str]]] = {
    "receive_tip": ("tip", PARTS | {"public"}),
    "decline_tip": ("tip", WRITERS),
    "mark_tip_duplicate": ("tip", WRITERS),
    "take_up": ("tip", WRITERS),
    "begin": ("new", WRITERS),
    "answer": ("draft", WRITERS),
    "gather": ("new", WRITERS),
    "write": ("draft", WRITERS),
    "add_source": ("draft", WRITERS),
    "name_source": ("draft", WRITERS),
    "remove_source": ("draft", WRITERS),
    "illustrate": ("draft", WRITERS),
    "describe_photo": ("draft", WRITERS),
    "order_photos": ("picture", WRITERS),
    "remove_photo": ("picture", WRITERS),
    "rework": ("draft", WRITERS),
    "read_along": ("draft", WRITERS - {"anggota"}),
    "submit": ("draft", AUTHOR_OR_EDITOR),
    "submit_urgent": ("draft", AUTHOR_OR_EDITOR),
    "verify": ("submitted", frozenset({"pemeriksa"})),
    "return_story": ("submitted", DESK),
    "schedule": ("story", EDITORS),
    "unschedule": ("story", EDITORS),
    "publish": ("story", EDITORS | {"clock"}),
    "propose_correction": ("story", WRITERS),
    "word_correction": ("story", WRITERS),
    "confirm_correction": ("correction", DESK),
    "correct": ("correction", DESK),
    "decline_correction": ("correction", DESK),
    "retract": ("story", EDITORS),
    "withdraw": ("draft", AUTHOR_OR_EDITOR),
    "withhold": ("story", frozenset({"operator"})),
    "restore": ("story", frozenset({"operator"})),
    "raise_flag": ("story", OFFICES),
    "answer_flag": ("flag", DESK | {"ketua", "sekretaris"}),
    "hold": ("hold", frozenset({"clock"})),
    "hold_again": ("hold", frozenset({"clock"})),
    "let_go": ("hold", frozenset({"clock"})),
    "release_hold": ("hold", DESK),
    "uphold_hold": ("hold", DESK),
    "raise_alarm": ("alarm", frozenset({"clock"})),
    "close_alarm": ("alarm", DESK | {"ketua", "sekretaris"}),
    "say_understood": ("feedback", PARTS | {"public"}),
    "say_useful": ("feedback", PARTS | {"public"}),
    "confirm_current": ("story", DESK),
    "start_series": ("series", WRITERS),
    "put_in_series": ("story", WRITERS),
    "take_from_series": ("story", WRITERS),
    **dict.fromkeys(
        ("draft_material", "edit_material", "choose_receivers", "send_material", "withdraw_material"),
        ("material", frozenset({"dinas", "dinas2"})),
    ),
    "deliver_material": ("material", frozenset({"clock"})),
    "expire_material": ("material", frozenset({"clock"})),
    "read_offer": ("offer", WRITERS),
    "adopt": ("offer", WRITERS),
    "decline_offer": ("offer", DESK | {"ketua", "sekretaris"}),
    "comment_on_offer": ("offer", DESK | {"ketua", "sekretaris"}),
    "repost": ("story", frozenset({"tetangga"})),
    "introduce": ("draft", WRITERS),
    "follow_original": ("story", frozenset({"clock"})),
    "forget_words": ("member", frozenset({"clock"})),
}
"""Which thing the newsroom's rules are asked about, and who has the right to it. The story's author is the anggota."""


def may(by: object, action: str, thing: object) -> bool:
    """Whether the table gives the right; a no says its sentence."""
    try:
        return bool(permissions.capacity(by, action, thing))
    except NotAllowed as refused:
        assert refused.sentence
        return False


def test_who_may_do_what_in_the_newsroom(cast: Cast, things: Things) -> None:
    asked = things | {"member": cast.anggota, "new": Story(group=cast.group, region=cast.region)}
    actors = {part: getattr(cast, part) for part in PARTS} | {"public": PUBLIC, "clock": CLOCK}
    found = {
        action: frozenset(part for part, by in actors.items() if may(by, f"newsroom.{action}", asked[thing]))
        for action, (thing, _who) in NEWSROOM.items()
    }
    assert found == {action: who for action, (_thing, who) in NEWSROOM.items()}


def test_everybody_of_the_cast_is_asked(cast: Cast) -> None:
    assert set(cast.people) == PARTS


def test_every_rule_has_a_yes_and_a_no() -> None:
    """The rooms' own tables, each held complete there, and the newsroom's above."""
    yes: dict[str, set[str]] = {action: set() for action in (*accounts.OWN, *accounts.BY_SLIP)}
    no: dict[str, set[str]] = {action: {"ketua"} for action in yes}  # tried there with the ketua, who is not the owner
    for action in yes:
        yes[action] = {"owner"} if action in accounts.OWN else {"public"}
    for action, may_do in discussions.WHO.items():
        yes[action], no[action] = may_do, PARTS - may_do
    for action, _thing, parts in groups.TABLE:
        yes.setdefault(action, set()).update(parts.split())
        no.setdefault(action, set()).update({*PARTS, "clock"} - set(parts.split()))
    for action, parts in (*registers.TABLE, *measurement.TABLE, *exchange.TABLE):
        yes[action], no[action] = set(parts.split()), {*PARTS, "clock"} - set(parts.split())
    for name, (_thing, who) in NEWSROOM.items():
        yes[f"newsroom.{name}"], no[f"newsroom.{name}"] = set(who), {*PARTS, "clock"} - who
    known = {rule.action for rule in permissions.rules()}
    assert set(yes) == set(no) == known
    assert [action for action in known if not (yes[action] and no[action])] == []


def test_every_no_has_a_sentence_a_neighbour_would_say() -> None:
    for rule in permissions.rules():
        sentence = str(rule.sentence)
        assert sentence.endswith(".") and sentence[0].isupper() and len(sentence) > 20, rule.action


@pytest.mark.parametrize("key", sorted(settings.registered()))
def test_every_rule_of_a_region_says_what_it_is_and_where_it_comes_from(key: str) -> None:
    setting = settings.registered()[key]
    assert str(setting.label).strip() and setting.source.strip()
    assert isinstance(setting.default, setting.kind)
    if setting.check:
        setting.check(setting.default)
    chosen = setting.default if setting.kind is tuple else [setting.default]
    assert not setting.choices or set(chosen) <= {name for name, _label in setting.choices}


def test_every_rule_of_a_region_stands_on_its_public_page(cast: Cast) -> None:
    page = unescape(Client().get(f"/wilayah/{cast.region.code}/aturan/").text)
    missing = [key for key, setting in settings.registered().items() if str(setting.label) not in page or setting.source not in page]
    assert settings.registered() and not missing
