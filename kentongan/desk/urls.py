"""Addresses of this room."""

from django.urls import path

from kentongan.desk import views
from kentongan.desk.views import device, handover, own, twins

app_name = "desk"

urlpatterns = [
    path("meja/", views.home, name="home"),
    path("meja/pos/", views.switch, name="switch"),
    path("meja/saya/data/", own.data, name="data"),
    path("meja/saya/data/hapus/", own.erasure, name="erasure"),
    path("meja/saya/data/hapus/pembatalan/", own.erasure_taken_back, name="erasure_taken_back"),
    path("meja/saya/persetujuan/", own.consents, name="consents"),
    path("meja/wilayah/orang/", twins.people, name="people"),
    path("meja/wilayah/orang/<int:kept>/<int:lost>/", twins.pair, name="pair"),
    path("meja/wilayah/orang/penggabungan/<int:pk>/", twins.merger, name="merger"),
    path("meja/wilayah/orang/penggabungan/<int:pk>/penguatan/", twins.confirmation, name="merger_confirmation"),
    path("meja/wilayah/orang/penggabungan/<int:pk>/penolakan/", twins.refusal, name="merger_refusal"),
    path("meja/wilayah/serah-terima/", handover.office, name="office_handover"),
    path("meja/wilayah/serah-terima/penerimaan/", handover.office_taken, name="office_takeover"),
    path("meja/wilayah/serah-terima/berkas.pdf", handover.office_paper, name="office_handover_paper"),
    path("meja/kim/<int:pk>/serah-terima/", handover.board, name="board_handover"),
    path("meja/kim/<int:pk>/serah-terima/penerimaan/", handover.board_taken, name="board_takeover"),
    path("meja/kim/<int:pk>/serah-terima/berkas.pdf", handover.board_paper, name="board_handover_paper"),
    path("meja/hp/", device.device, name="device"),
    path("meja/hp/tanda/", device.token, name="token"),
    path("meja/hp/bagi/", device.share, name="share"),
    path("meja/tanpa-sinyal/", device.offline, name="offline"),
    path("meja/manifest.webmanifest", device.manifest, name="manifest"),
    path("meja/sw.js", device.worker, name="worker"),
]
