"""Where things lie: the codes of all four levels, carried by each."""

from django.db import models

from kentongan.regions.models import Region

CODE_OF_LEVEL = {1: "province_code", 2: "regency_code", 3: "district_code", 4: "village_code"}


class Located(models.Model):
    """Lies in a place and carries the codes of all four levels, so that "within" is equality on one of them."""

    province_code = models.CharField(max_length=2, editable=False, default="")
    regency_code = models.CharField(max_length=5, editable=False, default="")
    district_code = models.CharField(max_length=8, editable=False, default="")
    village_code = models.CharField(max_length=13, editable=False, default="")

    class Meta:
        abstract = True

    def lie_in(self, region: Region) -> None:
        """Carry the codes of `region` and of those above it; the lower ones stay empty for a district or regency."""
        parts = region.code.split(".")
        for length, field in enumerate(CODE_OF_LEVEL.values(), start=1):
            setattr(self, field, ".".join(parts[:length]) if length <= len(parts) else "")

    def region_sites(self) -> list[str]:
        """The portals it shows on: its regions' and the nation's."""
        codes = (self.village_code, self.district_code, self.regency_code, self.province_code)
        return [f"wilayah/{code}" for code in codes if code] + ["nasional"]
