"""Photos for tests, made on the spot."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo_file(width: int = 800, height: int = 500, name: str = "foto.jpg") -> SimpleUploadedFile:
    """A plain JPEG as a phone would send it."""
    file = BytesIO()
    Image.new("RGB", (width, height), "#5d8b90").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")
