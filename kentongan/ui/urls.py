from django.urls import path

from kentongan.ui import views

app_name = "ui"

urlpatterns = [path("gaya/", views.gallery, name="gallery")]
