"""What becomes of a person's name in the newsroom when they are forgotten."""

from kentongan.accounts.models import Erasure, Person
from kentongan.core.actions import act
from kentongan.core.actors import CLOCK
from kentongan.newsroom.models.names import forget, sites_naming
from kentongan.pages import store


def forget_words(erasure: Erasure) -> Person:
    """By the clock, beside `groups.erase`: credits, tellers and minutes say the pseudonym; contacts left with tips are gone."""
    with act("newsroom.forget_words", on=erasure.person, by=CLOCK) as person:
        store.taken_down(*sites_naming(person))
        forget(person, person.name, erasure.pseudonym)
    return person
