"""Words from pages and documents as parts of Markdown and of workflow commands: shown as text, never acted upon."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&@])")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"\s+")


def plain(text: str, limit: int = 300) -> str:
    """Return a text on one line, without control characters and direction overrides, cut at a length."""
    line = _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def markdown(text: str, limit: int = 300) -> str:
    """Return a text that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", plain(text, limit))


def workflow_value(text: str, limit: int = 1000) -> str:
    """Return a text as the message of a GitHub workflow command."""
    return plain(text, limit).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """Return a text as a property of a GitHub workflow command."""
    return workflow_value(text).replace(":", "%3A").replace(",", "%2C")
