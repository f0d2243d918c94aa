"""Tags and filters of every page: `{% load ui %}`.

Numbers, dates and money are written by `kentongan.ui.writing`; icons and rhythms stand in `kentongan.ui.icons`.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kentongan.core.actions import may
from kentongan.core.guard import next_attempt
from kentongan.core.language import HOUSE, NAMES, as_written, in_both, in_language, lang_of_content
from kentongan.ui import writing
from kentongan.ui.icons import BEATS, PATHS

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing, always beside words. Raises KeyError for a name that `ui/icons.py` does not have."""
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', PATHS[name])


@register.simple_tag
def beat(kind: str | None = "") -> SafeString:
    """The rhythm of a notice: "" (news), you, good, bad or quiet."""
    return format_html('<svg class="beat" viewBox="0 0 76 8" aria-hidden="true"><path d="{}"/></svg>', BEATS[kind or ""])


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> SafeString:
    """For machines: where this page stands in each language, and which one is for readers of any other."""
    path = getattr(context.get("request"), "path", "")
    if not path or not in_both(path):
        return mark_safe("")
    places = [(code, in_language(path, code)) for code in NAMES]
    rows = [(code, settings.SITE_URL, place) for code, place in (*places, ("x-default", in_language(path, HOUSE)))]
    return format_html_join("", '<link rel="alternate" hreflang="{}" href="{}{}">', rows)


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> SafeString | str:
    """For people: the same page in the other language, named in that language; nothing where there is only one."""
    request = context.get("request")
    if request is None or not in_both(request.path):
        return ""
    code = next(code for code in NAMES if code != context.get("language", HOUSE))
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return format_html(
        '<p><a lang="{0}" hreflang="{0}" href="{1}{2}">{3}</a></p>', code, in_language(request.path, code), query, NAMES[code]
    )


@register.simple_tag
def content() -> SafeString:
    """`<h1{% content %}>`: this element holds words of a person, which stay in their language on every page."""
    return lang_of_content()


@register.filter
def written(words: object) -> object:
    """Words of a person inside a sentence of the page."""
    return as_written(words)


@register.filter
def when(moment: datetime | None, place: object = None) -> str:
    """`Sab, 21 Nov 2026 · 14.05 WIB`; `place` is WIB, WITA, WIT or something with a `.zone`."""
    return writing.when(moment, place) if moment else ""


@register.filter
def day(value: date | None, place: object = None) -> str:
    """`Sab, 21 Nov 2026`."""
    return writing.day(value, place) if value else ""


@register.filter
def date_only(value: date | None, place: object = None) -> str:
    """`21 Nov 2026`."""
    return writing.date_only(value, place) if value else ""


@register.filter
def clock(moment: datetime | None, place: object = None) -> str:
    """`14.05 WIB`."""
    return writing.clock(moment, place) if moment else ""


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """`1.234,5`; with an argument rounded to so many decimals."""
    return "" if value is None else writing.number(value, decimals)


@register.filter
def rupiah(value: int | None) -> str:
    """`Rp1.250.000`."""
    return "" if value is None else writing.rupiah(value)


@register.simple_tag
def time(value: date | None, place: object = None) -> SafeString | str:
    """A `<time>` element: a moment with its clock, a date without."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        stamp = writing.local(value, place).isoformat(timespec="minutes")
        return format_html('<time datetime="{}">{}</time>', stamp, writing.when(value, place))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), writing.day(value))


@register.filter
def linked(values: object) -> list[tuple[object, object]]:
    """Words with their addresses: a pair (words, href) stays as it is, anything else has no address. One string is one value."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [(values, "")]
    return [value if isinstance(value, tuple) else (value, "") for value in values]


@register.filter
def outside(address: object) -> str:
    """The host of an address that leads elsewhere; empty for our own."""
    return writing.outside(str(address))


@register.inclusion_tag("ui/components/titir.html")
def titir(label: str, *, done: int = 0, now: int = 0, late: int = 0, gap: int = 0, todo: int = 0, short: bool = False) -> dict[str, object]:
    """Strokes of time. `label` is the whole sentence for those who do not see them."""
    counts = {"done": done, "gap": gap, "late": late, "now": now, "": todo}
    strokes = [kind for kind, count in counts.items() for _ in range(max(0, int(count or 0)))]
    return {"label": label, "strokes": strokes, "short": short}


SHAPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.RadioSelect, "list"),
    (forms.CheckboxSelectMultiple, "list"),
    (forms.CheckboxInput, "tick"),
    (forms.FileInput, "file"),
)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form field with its label, help and error, told to screen readers in that order. The first wrong one is where the page opens."""
    widget = bound.field.widget
    shape = next((name for kind, name in SHAPES if isinstance(widget, kind)), "line")
    help_id, error_id = f"{bound.auto_id}_help", f"{bound.auto_id}_error"
    told = [help_id] if bound.help_text else []
    told += [error_id] if bound.errors else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(told)} if told else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
        attrs["autofocus"] = bound.name == next(name for name in bound.form.fields if name in bound.form.errors)
    return render_to_string(
        "ui/components/field.html",
        {
            "field": bound,
            "shape": shape,
            "control": "" if shape == "list" else bound.as_widget(attrs=attrs),
            "help_id": help_id,
            "error_id": error_id,
            "described": " ".join(told),
            "photo": "image" in str(widget.attrs.get("accept", "")),
        },
    )


@register.simple_tag(takes_context=True)
def sent_to(context: Context) -> str:
    """Where a form is sent that its own page answers (see `next_attempt`)."""
    return next_attempt(context["request"])


@register.simple_tag
def once() -> SafeString:
    """The key of a desk form, next to its csrf_token: sent twice, it is done once (`core.once`). Not in a form that may be repeated.

    With `data-keep` on the form, what is typed and the photos chosen are kept on the phone until the server confirmed them, and sent
    from there when there is a signal again (`ui/static/ui/js/`). The value names the draft; empty, the form's address does.
    """
    return format_html('<input type="hidden" name="kunci" value="{}">', secrets.token_urlsafe(16))


@register.inclusion_tag("ui/components/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, object]:
    """Every field of a form, hidden ones too; errors of the whole form first."""
    return {"form": form}


@register.simple_tag(takes_context=True)
def verb(
    context: Context,
    action: str,
    thing: Any,
    href: str,
    label: str,
    *,
    kind: str = "",
    icon: str = "",
    hide: bool = False,
) -> SafeString | str:
    """One button for one verb, asked of the same tables as the action itself.

    Permitted: a POST form with the version the page was made from. Refused: the closed door with its reason and who
    can help; nothing at all with `hide` when the person has no right to it (a matter of time is still shown).
    """
    person = getattr(context.get("shell"), "person", None) or context.get("person")
    answer = may(person, action, thing)
    if not answer.ok and hide and not getattr(answer, "by_right", False):
        return ""
    return render_to_string(
        "ui/components/verb.html",
        {
            "answer": answer,
            "href": href,
            "label": label,
            "kind": kind,
            "icon": icon,
            "version": getattr(thing, "version", None),
            "id": f"mengapa-{action.replace('.', '-')}-{getattr(thing, 'pk', '') or 'baru'}",
        },
        request=context.get("request"),
    )


@register.inclusion_tag("ui/components/download.html", takes_context=True)
def download(context: Context) -> dict[str, str]:
    """Under a list whose view is `downloadable`: the whole of it as a workbook, with the filter of this page."""
    query = context["request"].GET.copy()
    for name in ("sebelum", "sesudah", "selesai"):
        query.pop(name, None)
    query["bentuk"] = "xlsx"
    return {"xlsx": f"?{query.urlencode()}"}


@register.inclusion_tag("ui/components/table.html")
def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, quiet: bool = False, dense: bool = False, id: str = ""
) -> dict[str, object]:
    """A table whose rows stack on a phone, `dense` with short cells side by side.

    A cell is words or a pair (words, href); the first one heads its row.
    """
    cells = [[(heading, *pair) for heading, pair in zip(head, linked(row), strict=True)] for row in rows]
    return {"caption": caption, "head": head, "rows": cells, "quiet": quiet, "dense": dense, "id": id}
