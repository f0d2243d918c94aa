from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template

from kentongan.core import permissions, workflow
from kentongan.ui.choices import noted

PERSON = SimpleNamespace(actor_kind="person", pk=1)


class Person(forms.Form):
    name = forms.CharField(label="Nama", help_text="Nama yang dipakai warga.")
    village = forms.ChoiceField(label="Desa", widget=forms.RadioSelect, choices=[("a", noted("Kajen", "<Margoyoso>"))])
    photo = forms.FileField(label="Foto", required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))
    secret = forms.CharField(widget=forms.HiddenInput, initial="s")


def shown(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_field_tells_its_help_to_a_screen_reader() -> None:
    html = shown("{% field form.name %}", form=Person())
    assert '<p class="help" id="id_name_help">Nama yang dipakai warga.</p>' in html
    assert 'aria-describedby="id_name_help"' in html
    assert "aria-invalid" not in html


def test_a_refused_field_says_why_and_keeps_what_was_typed() -> None:
    form = Person({"name": "", "village": "<b>"})
    html = shown("{% form_fields form %}", form=form)
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "<b>" not in html
    assert '<input type="hidden" name="secret"' in html


def test_words_typed_into_a_form_come_back_escaped() -> None:
    html = shown("{% field form.name %}", form=Person({"name": '"><script>x</script>'}))
    assert "<script>" not in html


def test_a_choice_may_carry_a_note_and_both_are_escaped() -> None:
    html = shown("{% field form.village %}", form=Person())
    assert 'Kajen <small class="meta">&lt;Margoyoso&gt;</small>' in html
    assert "<legend>Desa</legend>" in html


def test_titir_says_its_sentence_and_draws_what_happened_before_what_waits() -> None:
    html = shown("{% titir 'Hari ke-3 dari 5' done=2 now=1 todo=2 short=True %}")
    assert 'role="img" aria-label="Hari ke-3 dari 5"' in html
    assert html.count("<i") == 5
    assert html.index("done") < html.index("now")


def test_a_table_refuses_rows_of_another_width() -> None:
    with pytest.raises(ValueError, match="zip"):
        shown("{% table 'Desa' head rows %}", head=["Desa", "Kabar"], rows=[["Kajen"]])


def test_every_icon_name_used_must_exist() -> None:
    with pytest.raises(KeyError):
        shown("{% icon 'tidak-ada' %}")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """One verb of an invented room: only PERSON may, and only when the gate has a key."""
    rule = permissions.Rule("gate.open", lambda person, _gate: person is PERSON, "Hanya penjaga.", lambda _gate: ["Karso"])
    need = workflow.Need(lambda gate: gate.key, "Kuncinya belum ada.", lambda _gate: ["Nanik S."])
    monkeypatch.setitem(permissions._rules, rule.action, rule)
    monkeypatch.setitem(workflow._moves, rule.action, {"shut": workflow.Move(rule.action, ("shut",), "open", (need,))})
    return SimpleNamespace(pk=7, state="shut", version=3, key=True, state_label="tertutup", _state=SimpleNamespace(adding=False))


def verb(gate: SimpleNamespace, person: object, extra: str = "") -> str:
    return shown("{% verb 'gate.open' gate '/buka/' 'Buka' " + extra + " %}", gate=gate, shell=SimpleNamespace(person=person))


def test_a_verb_that_is_allowed_is_a_form_with_the_version_it_was_made_from(gate: SimpleNamespace) -> None:
    html = verb(gate, PERSON, "kind='call'")
    assert '<form method="post" action="/buka/">' in html
    assert '<input type="hidden" name="version" value="3">' in html
    assert '<button type="submit" class="button call">' in html


def test_a_verb_that_is_refused_shows_its_reason_and_who_can_help(gate: SimpleNamespace) -> None:
    html = verb(gate, SimpleNamespace(actor_kind="person", pk=2))
    assert 'aria-disabled="true"' in html
    assert "Hanya penjaga." in html
    assert "<strong>Karso</strong>" in html
    assert "<form" not in html


def test_a_verb_may_be_hidden_from_those_without_the_right_but_never_for_a_matter_of_time(gate: SimpleNamespace) -> None:
    assert verb(gate, SimpleNamespace(actor_kind="person", pk=2), "hide=True").strip() == ""
    gate.key = False
    assert "Kuncinya belum ada." in verb(gate, PERSON, "hide=True")
