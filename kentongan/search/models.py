"""The index of public things, and the words that occur in them."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Item(models.Model):
    """One public thing: where and when it is, and its words in two shapes. What it says to readers stands with the thing itself.

    `stems` holds the words as PostgreSQL's `indonesian` stems them, and marks for kind and places, so that one index answers
    "these words, of this kind, in this place". `words` holds them as they are written, for ranking, phrases and beginnings: the stemmer
    takes off too much and knows no stop words. Both weigh the title A, the summary B, the text C and the names of places D.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    """A story's kind as the newsroom names it, or "kim"."""
    province_code = models.CharField(max_length=2, default="")
    regency_code = models.CharField(max_length=5, default="")
    district_code = models.CharField(max_length=8, default="")
    village_code = models.CharField(max_length=13, default="")
    at = models.DateTimeField()
    site = models.CharField(max_length=140)
    """The first site it shows on ("kim/<slug>"): the group whose it is."""
    digest = models.CharField(max_length=16)
    """Of everything the index was made from: two that differ mean that the thing changed without being put again."""
    stems = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_item_a_thing")]
        indexes = [
            GinIndex(fields=["stems", "words"], name="item_text", fastupdate=False),
            models.Index(fields=["-at", "-id"], name="item_newest"),
            models.Index(fields=["site"], name="item_site"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.content_type_id}:{self.object_id}"


class Word(models.Model):
    """A word as it is written somewhere public, and in how many things: what a mistyped word is compared with. Counted every night."""

    word = models.CharField(max_length=30, primary_key=True)
    things = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            GinIndex(fields=["word"], name="word_like", opclasses=["gin_trgm_ops"], fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.word} ({self.things})"
