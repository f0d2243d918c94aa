from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    """Gathers the tables of all rooms once everything is loaded."""

    name = "kentongan.core"
    label = "core"

    def ready(self) -> None:
        """Register every room's permissions, moves and settings."""
        from kentongan.core import jobs, permissions, settings, workflow

        tables = (("permissions", "RULES", permissions), ("workflow", "MOVES", workflow), ("settings", "SETTINGS", settings))
        rooms = [room for room in apps.get_app_configs() if room.name.startswith("kentongan.") and room.label != "core"]
        for module, table, registry in tables:
            for room in rooms:
                if (found := jobs.optional(f"{room.name}.{module}")) and hasattr(found, table):
                    registry.register(*getattr(found, table))
                    permissions.explain(*(getattr(found, "REASONS", ()) if registry is permissions else ()))
