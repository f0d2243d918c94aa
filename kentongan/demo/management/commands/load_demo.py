"""`manage.py load_demo`: Pati's twelve groups, the people around them, and their stories."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from kentongan.demo import founding, sharing, telling
from kentongan.demo.people import DemoGroup, Forming
from kentongan.groups.models import Group, reckon_all
from kentongan.measurement.models import Snapshot


class Command(BaseCommand):
    """Load what is not there yet: one transaction for the offices and one for each group, so that a load that was cut off goes on."""

    help = "Muat desa demo (load the demo; does nothing when it is loaded)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, saying what is being done. Refuses where the settings say that this is no demo."""
        if not settings.DEMO:
            raise CommandError("Ini bukan pemasangan demo: KENTONGAN_DEMO=1 bila memang mau (not a demo installation).")
        known = founding.known()
        missing = [(one, number) for one, number in founding.everybody() if founding.mark(one.code) not in known]
        if founding.loaded() and not missing:
            with transaction.atomic():
                sharing.share_all()
            self.stdout.write("Data demo sudah lengkap.")
            return
        self.stdout.write("· Memuat demo: kabar dan orangnya rekaan, desanya nyata (loading the demo) …")
        with founding.one_hash():
            if not founding.loaded():
                with transaction.atomic():
                    founding.found_offices()
            for place, (one, number) in enumerate(missing, start=1):
                self.stdout.write(f"  {place}/{len(missing)} {one.name if isinstance(one, DemoGroup) else f'pembentukan di {one.village}'}")
                with transaction.atomic():
                    self._load(one, number)
            with transaction.atomic():
                sharing.share_all()
        with transaction.atomic():
            reckon_all(Group.objects.filter(demo=True))  # its groups were founded under earlier clocks
            Snapshot.take(timezone.localdate())

    def _load(self, one: DemoGroup | Forming, number: int) -> None:
        if isinstance(one, Forming):
            founding.form(one, number)
            return
        group = founding.found(one, number)
        telling.tell_all(group, one.key)
        if one.state == "suspended":
            founding.suspend(group)
