"""Doubts about the reading in the reader's language; a document's data keep them in English."""

import re

from policydiff.report.catalog import N_, Catalog
from policydiff.report.front_words import sentence_told

_SAYINGS = tuple(
    (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(message))), message)
    for message in (
        N_("{label} follows article {last}"),
        N_("{label} follows number {before} of its kind"),
        N_("the quotation opened here is not closed"),
        N_("the area of {body} is not told by its name"),
        N_("read as the title, though nothing but its place tells so"),
        N_("lines in no field and no clause: {count}"),
        N_("lines that look like articles and were not read as articles: {count}"),
        N_("attachment announced and not in this text: {title}"),
        N_("set aside beside the title, as a headline of the page"),
    )
)


def doubt(message: str, say: Catalog) -> str:
    """Return a diagnostic's message in the catalog's language; as it is where the catalog does not know it.

    The warnings of a reader (`ReadingWarning`) are diagnostics too; they are matched as errors are.
    """
    for pattern, known in _SAYINGS:
        match = pattern.fullmatch(message)
        if match:
            return say(known, **match.groupdict())
    return sentence_told(message, say.lang)
