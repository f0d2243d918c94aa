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
    path("meja/saya/data/", views.data, name="data"),
    path("meja/saya/frasa-sandi/", views.passphrase, name="passphrase"),
    path("meja/saya/sesi/pengakhiran/", views.end_others, name="end_others"),
    path("meja/saya/sesi/<slug:handle>/pengakhiran/", views.end_session, name="end_session"),
    path("meja/saya/pemulihan/<int:pk>/pembatalan/", views.cancel_recovery, name="cancel_recovery"),
]
