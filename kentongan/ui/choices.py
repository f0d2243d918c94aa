from django.utils.html import format_html
from django.utils.safestring import SafeString


def noted(label: object, note: object) -> SafeString:
    """A choice with a note under it, for the `choices` of a radio or checkbox field. Both parts are escaped."""
    return format_html('{} <small class="meta">{}</small>', label, note)
