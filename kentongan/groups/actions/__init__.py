"""What people do with groups, posts and what hangs on a post. Each raises NotAllowed or NotNow and then changes nothing."""

from kentongan.groups.actions.deeds import confirm_deed, take_back_deed, write_deed
from kentongan.groups.actions.formation import (
    assign_founder,
    decree,
    deliberate,
    minute,
    propose,
    register,
    renew_decree,
    send_back,
    socialise,
    verify,
)
from kentongan.groups.actions.handovers import hand_over, take_over
from kentongan.groups.actions.institution import state_item, withdraw_item
from kentongan.groups.actions.living import (
    ask_dissolution,
    confirm_board,
    dissolve,
    fall_asleep,
    lift,
    refuse_dissolution,
    stir,
    suspend,
    update_profile,
    wake,
    warn_of_sleep,
)
from kentongan.groups.actions.offices import appoint, confirm_recovery, end_appointment, print_slip, request_recovery, set_region_setting
from kentongan.groups.actions.people import admit, agree, agree_with_help, change_role, end_membership
from kentongan.groups.actions.registering import amend, enter, take_back, withdraw_entry
from kentongan.groups.actions.reminders import remind
from kentongan.groups.actions.visits import note_visit, remark_on_visit, replan_visit

__all__ = [
    "admit",
    "agree",
    "agree_with_help",
    "amend",
    "appoint",
    "ask_dissolution",
    "assign_founder",
    "change_role",
    "confirm_board",
    "confirm_deed",
    "confirm_recovery",
    "decree",
    "deliberate",
    "dissolve",
    "end_appointment",
    "end_membership",
    "enter",
    "fall_asleep",
    "hand_over",
    "lift",
    "minute",
    "note_visit",
    "print_slip",
    "propose",
    "refuse_dissolution",
    "register",
    "remark_on_visit",
    "remind",
    "renew_decree",
    "replan_visit",
    "request_recovery",
    "send_back",
    "set_region_setting",
    "socialise",
    "state_item",
    "stir",
    "suspend",
    "take_back",
    "take_back_deed",
    "take_over",
    "update_profile",
    "verify",
    "wake",
    "warn_of_sleep",
    "withdraw_entry",
    "withdraw_item",
    "write_deed",
]
