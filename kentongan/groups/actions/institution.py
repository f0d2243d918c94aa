"""What a group says it has of the region's list. What an officer saw is written with the visit."""

from datetime import date
from typing import Any

from kentongan.accounts.models import Person
from kentongan.core.actions import act
from kentongan.core.errors import BadRequest, NotNow
from kentongan.groups.models import Group, Item
from kentongan.media.models import Paper


def state_item(group: Group, *, name: str, on: date, note: str = "", evidence: Any = None, by: Person) -> Item:
    """Say that the group has this thing of its region's list, since that day; said again it is brought up to date."""
    if name not in group.rules["books"]:
        raise BadRequest(str(Item.NOT_LISTED))
    if on > group.today:
        raise NotNow(str(Item.NOT_YET))
    item = group.items.filter(name=name).first() or Item(group=group, name=name)
    item.stated_on, item.stated_by = on, by
    back = item.state == Item.State.GONE
    with act("groups.state_item", on=item, by=by) as item:
        item.stated_on, item.stated_by, item.note = on, by, note
        item.evidence = Paper.receive(evidence) if evidence else item.evidence
        item.seen_in = None if back else item.seen_in
    return item


def withdraw_item(item: Item, *, by: Person) -> Item:
    """Say that the group has it no longer."""
    with act("groups.withdraw_item", on=item, by=by) as item:
        item.seen_in = None
    return item
