"""Background work: counting again what actions count."""

import logging

from django.db.models import Count, Q

from kentongan.core.jobs import job
from kentongan.discussions.models import Contribution, Topic

log = logging.getLogger(__name__)


@job
def recount() -> None:
    """Count the contributions of every topic again, report any difference and mend it."""
    said = Count("contributions", filter=Q(contributions__state=Contribution.State.SAID))
    for topic in Topic.objects.annotate(counted=said).iterator():
        if topic.counted != topic.contribution_count:
            log.warning("topic %s: counted %s, kept %s", topic.pk, topic.counted, topic.contribution_count)
            topic.count(topic.counted - topic.contribution_count)
