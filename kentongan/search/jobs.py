"""What the clock does for search."""

import logging

from django.utils import timezone

from kentongan.core.jobs import job
from kentongan.search import index

logger = logging.getLogger(__name__)


@job
def repair() -> None:
    """Compare the index with what is public, a tenth of it word by word; report and put right what differs. Count the words again."""
    for difference in index.repair(turn=timezone.localdate().toordinal() % index.TURN):
        logger.warning("search: %s", difference)
    index.count_words()
