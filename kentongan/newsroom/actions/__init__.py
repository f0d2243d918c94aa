"""What people do in the newsroom, one function a verb. Who may is in `permissions`, when in `workflow`.

All raise NotAllowed (not this person), NotNow (not now, or something is missing), Stale (somebody else changed it meanwhile) and BadRequest
(a text longer than its field); nothing has changed then. `by` is a Person, `person.helping(other)` where the rule says so, CLOCK or PUBLIC.
"""

from kentongan.newsroom.actions.checking import return_story, submit, verify
from kentongan.newsroom.actions.correcting import answer_flag, confirm_correction, decline_correction, propose_correction, raise_flag
from kentongan.newsroom.actions.making import (
    add_source,
    describe_photo,
    gather,
    illustrate,
    read_along,
    remove_photo,
    remove_source,
    withdraw,
    write,
)
from kentongan.newsroom.actions.publishing import publish, restore, retract, schedule, unschedule, withhold
from kentongan.newsroom.actions.tips import decline_tip, mark_tip_duplicate, receive_tip, take_up

__all__ = [
    "add_source",
    "answer_flag",
    "confirm_correction",
    "decline_correction",
    "decline_tip",
    "describe_photo",
    "gather",
    "illustrate",
    "mark_tip_duplicate",
    "propose_correction",
    "publish",
    "raise_flag",
    "read_along",
    "receive_tip",
    "remove_photo",
    "remove_source",
    "restore",
    "retract",
    "return_story",
    "schedule",
    "submit",
    "take_up",
    "unschedule",
    "verify",
    "withdraw",
    "withhold",
    "write",
]
