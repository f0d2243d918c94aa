"""Addresses of this room: everything lies at the desk."""

from django.urls import path

from kentongan.discussions import views

app_name = "discussions"

TOPIC = "meja/pembahasan/<int:pk>/"

urlpatterns = [
    path("meja/pembahasan/", views.topics, name="topics"),
    path("meja/pembahasan/baru/", views.new, name="new"),
    path(TOPIC, views.topic, name="topic"),
    path(f"{TOPIC}suara/", views.contributions, name="contributions"),
    path(f"{TOPIC}suara/<int:said>/penarikan/", views.taking_back, name="taking_back"),
    path(f"{TOPIC}catatan/", views.minutes, name="minutes"),
    path(f"{TOPIC}rangkuman/", views.summaries, name="summaries"),
    path(f"{TOPIC}penutupan/", views.closure, name="closure"),
    path(f"{TOPIC}pembukaan/", views.reopening, name="reopening"),
    path(f"{TOPIC}penggabungan/", views.merger, name="merger"),
    path(f"{TOPIC}dibaca/", views.reading, name="reading"),
]
