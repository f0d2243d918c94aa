"""The pages about the system itself."""

from django.utils.translation import gettext_lazy as _

PAGES = {
    "tentang-kim": _("KIM itu apa?"),
    "memeriksa": _("Cara kami memeriksa kabar"),
    "kesepakatan": _("Kesepakatan anggota KIM"),
    "dasar-hukum": _("Dasar hukum KIM"),
    "data-pribadi": _("Kebijakan data pribadi"),
}
