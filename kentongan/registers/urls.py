"""Addresses of this room: everything lies at the desk, below the region."""

from django.urls import path

from kentongan.registers import views

app_name = "registers"

_one = "meja/wilayah/impor/<int:pk>/"

urlpatterns = [
    path("meja/wilayah/impor/", views.imports, name="imports"),
    path("meja/wilayah/impor/contoh.xlsx", views.sample, name="sample"),
    path(_one, views.importing, name="import"),
    path(f"{_one}kolom/", views.columns, name="columns"),
    path(f"{_one}pilihan/", views.choices, name="choices"),
    path(f"{_one}penyimpanan/", views.confirmation, name="confirmation"),
    path(f"{_one}pembatalan/", views.undoing, name="undoing"),
    path(f"{_one}pembuangan/", views.dropping, name="dropping"),
    path(f"{_one}tanda-terima.xlsx", views.receipt, name="receipt"),
]
