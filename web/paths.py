"""Where a redirect may lead: to a page of this site, never out of it."""

from urllib.parse import urlsplit

HOME = "/"


def own_path(wanted: str | None) -> str:
    """Give the path back if it is one of ours, or the way home."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return HOME
    if "\\" in wanted or any(ord(character) <= 0x20 or ord(character) == 0x7F for character in wanted):
        return HOME
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc else wanted
