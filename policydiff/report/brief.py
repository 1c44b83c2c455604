"""What a terminal shows of a long report unless everything is asked for: what a reader must judge, the rest counted."""

from policydiff.report.catalog import Catalog
from policydiff.report.folding import folded
from policydiff.report.page import Row, Table

_LEAST = {"sentences": 2, "origins": 2, "measures": 2, "pace": 2}
"""Tables of which only rows of this weight are shown; the others are counted in one line, not stretch by stretch."""
_MOST = {"own": 10, "bodies": 10}
"""Tables that begin with what matters most."""
_ABOUT_SENTENCES = frozenset({"sentences", "origins"})
_FILE, _OPTION = "-o report.html", "--all"


def brief(table: Table, say: Catalog) -> tuple[tuple[Row, ...], str]:
    """Return the rows to show, and a line that says how many others there are and where; empty where none are."""
    if table.name in _LEAST:
        shown = tuple(row for row in table.rows if row.weight >= _LEAST[table.name])
    elif table.name in _MOST:
        shown = table.rows[: _MOST[table.name]]
    else:
        return folded(table, 1, say), ""
    return shown, _rest(table, len(table.rows) - len(shown), say)


def _rest(table: Table, count: int, say: Catalog) -> str:
    if not count:
        return ""
    if table.name in _ABOUT_SENTENCES:
        return say.plural(
            "{n} other sentence has no source: {file} or {option} shows it.",
            "{n} other sentences have no source: {file} or {option} shows them.",
            count,
            file=_FILE,
            option=_OPTION,
        )
    return say.plural(
        "{n} more row: {file} or {option} shows it.",
        "{n} more rows: {file} or {option} shows them.",
        count,
        file=_FILE,
        option=_OPTION,
    )
