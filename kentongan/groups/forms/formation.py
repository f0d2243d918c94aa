"""What a village says of a group, what the group answers, and what is typed about a suspension."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.groups.forms.groups import EVIDENCE_HELP, GroupForm, PaperField, groups_of, text, words
from kentongan.groups.models import Group
from kentongan.regions.models import Region

CODE = re.compile(r"[0-9.]{2,13}")


class EndorseForm(GroupForm):
    """Why the village stands behind it, if it wants to say."""

    reason = text(_("Keterangan"), required=False, help_text=_("Terbaca semua yang melihat pembentukan ini."))


class ObjectForm(GroupForm):
    """What the village objects to."""

    reason = text(_("Keberatan Anda"), help_text=_("Terbaca semua yang melihat pembentukan ini. Kelompok akan menjawabnya."))


class AnswerForm(GroupForm):
    """What is said in answer."""

    answer = text(_("Jawaban"), help_text=_("Terbaca semua yang melihat halaman ini."))


class ConfirmDecreeForm(GroupForm):
    """Nothing but the word itself."""

    sure = forms.BooleanField(
        label=_("SK ini benar kami terbitkan"), error_messages={"required": _("Centang dulu, sesudah SK-nya dilihat.")}
    )

    def facts(self) -> dict[str, Any]:
        """The tick was the question."""
        return {}


class SuspensionAppealForm(GroupForm):
    """What speaks against the suspension."""

    text = text(_("Keberatan kelompok"), 4000, 5, help_text=_("Apa yang tidak benar, atau apa yang sudah diperbaiki."))
    evidence = PaperField(_("Foto atau PDF buktinya"), help_text=EVIDENCE_HELP)


class LookForm(forms.Form):
    """The code of a proposal, however it is typed."""

    code = words(_("Kode usulan"), 20, help_text=_("Sepuluh huruf dan angka, dari halaman sesudah mengirim usulan."))

    def clean_code(self) -> str:
        """The code itself, when a proposal has it."""
        code = "".join(sign for sign in self.cleaned_data["code"].upper() if sign.isalnum())
        if not Group.objects.filter(submission=code).exists():
            raise forms.ValidationError(_("Kode itu tidak kami kenal. Periksa lagi hurufnya; huruf O dan I tidak pernah dipakai."))
        return code


def groups_at(code: str) -> tuple[list[Group], int]:
    """What there is already in the place of this code; nothing for no place."""
    region = Region.objects.filter(code=code).first() if CODE.fullmatch(code) else None
    return groups_of(region) if region else ([], 0)


class LiftForm(GroupForm):
    """Why a suspension should end."""

    reason = text(_("Alasan pencabutan"), help_text=_("Terbaca oleh kelompok dan tersimpan di catatan."))
