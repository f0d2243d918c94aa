"""Contacts of sources, sealed with a public key when they arrive; nothing in the web process can open them."""

from django.db import models


class SealedContact(models.Model):
    """A phone number or address of a source or reporter. Opened only by the opener process of a later issue."""

    sealed = models.BinaryField()
    key_id = models.CharField(max_length=16)  # which public key sealed it
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"kontak tersegel {self.pk}"
