"""What the gallery shows: invented things in every state."""


def context() -> dict[str, object]:
    """The variables of `/gaya/`."""
    return {}
