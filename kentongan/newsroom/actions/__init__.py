"""What people do in the newsroom, one function a verb. Who may is in `permissions`, when in `workflow`.

All raise NotAllowed (not this person), NotNow (not now, or something is missing), Stale (somebody else changed it meanwhile) and BadRequest
(a text longer than its field); nothing has changed then. `by` is a Person, `person.helping(other)` where the rule says so, CLOCK or PUBLIC.
"""

from kentongan.newsroom.actions.checking import return_story, submit, verify
from kentongan.newsroom.actions.correcting import answer_flag, confirm_correction, decline_correction, propose_correction, raise_flag
from kentongan.newsroom.actions.keeping import confirm_current, put_in_series, take_from_series
from kentongan.newsroom.actions.making import (
    add_source,
    answer,
    begin,
    describe_photo,
    describe_photos,
    gather,
    gather_begun,
    illustrate,
    move_up,
    put_first,
    read_along,
    remove_photo,
    remove_source,
    withdraw,
    write,
)
from kentongan.newsroom.actions.materials import (
    adopt,
    choose_receivers,
    comment_on_offer,
    decline_offer,
    deliver_material,
    draft_material,
    edit_material,
    expire_material,
    read_offer,
    send_material,
    withdraw_material,
)
from kentongan.newsroom.actions.publishing import publish, restore, retract, schedule, unschedule, withhold
from kentongan.newsroom.actions.readers import say_understood, say_useful
from kentongan.newsroom.actions.reposts import follow_original, introduce, repost
from kentongan.newsroom.actions.safety import close_alarm, raise_alarm, release_hold, uphold_hold
from kentongan.newsroom.actions.tips import decline_tip, mark_tip_duplicate, receive_tip, take_up

__all__ = [
    "add_source",
    "adopt",
    "answer",
    "answer_flag",
    "begin",
    "choose_receivers",
    "close_alarm",
    "comment_on_offer",
    "confirm_correction",
    "confirm_current",
    "decline_correction",
    "decline_offer",
    "decline_tip",
    "deliver_material",
    "describe_photo",
    "describe_photos",
    "draft_material",
    "edit_material",
    "expire_material",
    "follow_original",
    "gather",
    "gather_begun",
    "illustrate",
    "introduce",
    "mark_tip_duplicate",
    "move_up",
    "propose_correction",
    "publish",
    "put_first",
    "put_in_series",
    "raise_alarm",
    "raise_flag",
    "read_along",
    "read_offer",
    "receive_tip",
    "release_hold",
    "remove_photo",
    "remove_source",
    "repost",
    "restore",
    "retract",
    "return_story",
    "say_understood",
    "say_useful",
    "schedule",
    "send_material",
    "submit",
    "take_from_series",
    "take_up",
    "unschedule",
    "uphold_hold",
    "verify",
    "withdraw",
    "withdraw_material",
    "withhold",
    "write",
]
