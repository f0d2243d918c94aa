"""Addresses of this room. A verb is a resource: POST `/meja/kim/7/sosialisasi/` records a socialisation."""

from django.urls import path

from kentongan.groups.views import conduct, formation, lists, office, people, privacy, public

app_name = "groups"

_one = "meja/kim/<int:pk>/"
_member = "meja/kim/<int:pk>/anggota/<int:member>/"
_officer = "meja/wilayah/petugas/<int:pk>/"

urlpatterns = [
    path("bentuk-kim/", public.propose, name="propose"),
    path("bentuk-kim/<slug:code>/", public.thanks, name="thanks"),
    path("meja/kim/", lists.mine, name="mine"),
    path("meja/kim/usulan/", lists.proposal, name="proposal"),
    path(_one, formation.group, name="group"),
    path(f"{_one}kesepakatan/", conduct.conduct, name="conduct"),
    path(f"{_one}persetujuan/", conduct.agreement, name="agreement"),
    path(f"{_one}belum-setuju/", conduct.disagreement, name="disagreement"),
    path(f"{_member}persetujuan/", conduct.member_agreement, name="member_agreement"),
    path(f"{_one}pengusul/", formation.founder, name="founder"),
    path(f"{_one}pengusul/slip/", people.founder_slip, name="founder_slip"),
    path(f"{_one}sosialisasi/", formation.socialisation, name="socialisation"),
    path(f"{_one}musyawarah/", formation.deliberation, name="deliberation"),
    path(f"{_one}berita-acara/", formation.minutes, name="minutes"),
    path(f"{_one}sk/", formation.decree, name="decree"),
    path(f"{_one}sk-baru/", formation.decree_renewal, name="decree_renewal"),
    path(f"{_one}sk/<int:decree>/foto-<int:width>.<slug:ending>", people.scan, name="scan"),
    path(f"{_one}kegiatan/", formation.waking, name="waking"),
    path(f"{_one}pendaftaran/", formation.registration, name="registration"),
    path(f"{_one}verifikasi/", formation.verification, name="verification"),
    path(f"{_one}pengembalian/", formation.send_back, name="return"),
    path(f"{_one}pembekuan/", formation.suspension, name="suspension"),
    path(f"{_one}pencabutan-pembekuan/", formation.lifting, name="lifting"),
    path(f"{_one}usulan-pembubaran/", formation.dissolution_request, name="dissolution_request"),
    path(f"{_one}usulan-pembubaran/pembatalan/", formation.dissolution_refusal, name="dissolution_refusal"),
    path(f"{_one}pembubaran/", formation.dissolution, name="dissolution"),
    path(f"{_one}profil/", formation.profile, name="profile"),
    path(f"{_one}penegasan/", formation.confirmation, name="confirmation"),
    path(f"{_one}anggota/", people.admission, name="admission"),
    path(_member, people.member, name="member"),
    path(f"{_member}peran/", people.role, name="role"),
    path(f"{_member}pengakhiran/", people.ending, name="ending"),
    path(f"{_member}tahun-lahir/", privacy.year, name="year"),
    path(f"{_member}wali/", privacy.guardian, name="guardian"),
    path(f"{_member}penghapusan/", privacy.erasure, name="erasure"),
    path(f"{_member}penghapusan/pembatalan/", privacy.erasure_taken_back, name="erasure_taken_back"),
    path(f"{_member}slip/", people.slip, name="slip"),
    path(f"{_member}pemulihan/", people.recovery, name="recovery"),
    path(f"{_member}pemulihan/penguatan/", people.recovery_confirmation, name="recovery_confirmation"),
    path("meja/wilayah/", office.region, name="office"),
    path("meja/wilayah/petugas/", office.officers, name="officers"),
    path(_officer, office.officer, name="officer"),
    path(f"{_officer}pengakhiran/", office.ending, name="officer_ending"),
    path(f"{_officer}slip/", office.slip, name="officer_slip"),
    path(f"{_officer}pemulihan/", office.recovery, name="officer_recovery"),
    path(f"{_officer}pemulihan/penguatan/", office.recovery_confirmation, name="officer_recovery_confirmation"),
    path("meja/wilayah/aturan/", office.rules, name="rules"),
    path("meja/wilayah/aturan/<str:key>/", office.rule, name="rule"),
]
