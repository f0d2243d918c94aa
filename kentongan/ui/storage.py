"""Static files under names that change with their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Hashed(CompressedManifestStaticFilesStorage):
    """What one script imports from another is named by its content too, so that an old page never meets half of a new release."""

    support_js_module_import_aggregation = True
