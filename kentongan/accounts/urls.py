"""Addresses of this room."""

from django.urls import path

from kentongan.accounts import views

app_name = "accounts"

urlpatterns = [
    path("meja/masuk/", views.sign_in, name="sign_in"),
    path("meja/keluar/", views.sign_out, name="sign_out"),
    path("meja/slip/", views.slip, name="slip"),
    path("meja/slip/frasa-sandi/", views.choose, name="choose"),
    path("meja/kode/", views.code, name="code"),
    path("meja/kode/pemasangan/", views.enrol, name="enrol"),
    path("meja/pemulihan/", views.recovery, name="recovery"),
    path("meja/saya/", views.me, name="me"),
    path("meja/saya/frasa-sandi/", views.passphrase, name="passphrase"),
    path("meja/saya/telepon/", views.phone, name="phone"),
    path("meja/saya/kode/", views.second_factor, name="second_factor"),
    path("meja/saya/nama/", views.name, name="name"),
    path("meja/saya/penggabungan/<int:pk>/persetujuan/", views.merger_agreement, name="merger_agreement"),
    path("meja/saya/penggabungan/<int:pk>/penolakan/", views.merger_denial, name="merger_denial"),
    path("meja/saya/sesi/pengakhiran/", views.end_others, name="end_others"),
    path("meja/saya/sesi/<slug:handle>/pengakhiran/", views.end_session, name="end_session"),
    path("meja/saya/pemulihan/<int:pk>/pembatalan/", views.cancel_recovery, name="cancel_recovery"),
]
