"""Who can help, by name: people of a group and of the offices above it."""

from django.utils.translation import gettext_lazy as _

from kentongan.groups.models.groups import Group
from kentongan.groups.models.members import Membership
from kentongan.groups.models.offices import GOVERNING, Appointment
from kentongan.groups.models.terms import Role
from kentongan.regions.models import Level, Region


def names_of(group: Group, *roles: str) -> list[str]:
    """Who in `group` holds one of `roles` today, as "Siti R. (pemeriksa)": who can help."""
    return [f"{row.person.name} ({row.get_role_display().lower()})" for row in group.people if row.role in roles][:4]


def with_helpers(groups: list[Group]) -> list[Group]:
    """These groups with their people, the officers above them and the regions they lie in, in three queries for all: who is waited for."""
    codes = {code for group in groups for code in group.region.codes}
    regions = {region.code: region for region in Region.objects.filter(code__in=codes)}
    posts = list(Appointment.objects.current().filter(office__region__code__in=codes).select_related("person", "office__region"))
    rows = list(Membership.objects.current().filter(group__in=groups).select_related("person").order_by("id"))
    for group in groups:
        group.region.__dict__["ancestors"] = [regions[code] for code in group.region.codes[:-1] if code in regions]
        above = [post for post in posts if post.office.region and post.office.region.code in group.region.codes]
        group.officers = sorted(above, key=lambda post: (-post.office.level, post.pk))
        group.people = sorted((row for row in rows if row.group_id == group.pk), key=lambda row: Role.values.index(row.role))
    return groups


OFFICE_OF_LEVEL = {
    Level.VILLAGE: _("pemerintah %(place)s"),
    Level.DISTRICT: _("kantor %(place)s"),
    Level.REGENCY: _("Diskominfo %(place)s"),
}


def officers_of(group: Group, *levels: int) -> list[str]:
    """Who in the offices of these levels above `group` can help, as "Budi S. (Lurah, Kelurahan …)"; where nobody serves just the office, as
    "kantor Kecamatan …".
    """
    named: list[str] = []
    for level in (level for level in levels if level <= group.region.level):
        rows = [row for row in group.officers if row.office.kind in GOVERNING and row.office.level == level]
        named += [f"{row.person.name} ({row.title}, {row.office})" for row in rows[:2]] or [_office_at(group.region, level)]
    return named


def _office_at(region: Region, level: int) -> str:
    """The office of this level over a region, by the name of its place."""
    place = region if level == region.level else region.ancestors[level - 1]
    return str(OFFICE_OF_LEVEL[Level(level)]) % {"place": place.label}
