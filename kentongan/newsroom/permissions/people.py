"""Who takes a forgotten person's name out of what the newsroom keeps: the clock alone."""

from django.utils.translation import gettext_lazy as _

from kentongan.core.permissions import Rule
from kentongan.newsroom.permissions.safety import nobody

DUE = "permintaan penghapusan"
"""The capacity of the clock when the waiting time is over."""

RULES = (Rule("newsroom.forget_words", nobody, _("Ini dikerjakan sistem pada harinya, bukan oleh orang."), clock=DUE),)
