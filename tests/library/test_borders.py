"""Numbers that decide: the last value on this side of each, and the first beyond it.

Each row was written before it was run. A number that is changed moves its row, so that nobody changes one unseen.
"""

from collections.abc import Callable

import pytest

from policydiff.annotate.cited_titles import find_titles
from policydiff.annotate.force_lists import announced
from policydiff.annotate.responsibilities import parts_work
from policydiff.checks.checking import _short
from policydiff.errors import UnreadableInputError
from policydiff.extract.decoding import in_rows, read_characters
from policydiff.extract.number_formats import printed_number
from policydiff.extract.reading import lays_out
from policydiff.intake.identity import apart_id
from policydiff.lexicon.numerals import to_int
from policydiff.report.outline import _nth_paragraph


def _is_rows(name: str) -> bool:
    """Whether a list whose first column has this name is read as a table."""
    return in_rows(f"{name},任务,单位\n1,新建,某局\n").startswith("|")


def _is_read(characters: int, unreadable: int) -> bool:
    """Whether a text with so many characters and so many unreadable bytes is read and not refused."""
    try:
        read_characters("条".encode() * characters + b"\xff" * unreadable)
    except UnreadableInputError:
        return False
    return True


ROWS: tuple[tuple[str, Callable[[], object], object, Callable[[], object], object], ...] = (
    ("a numeral", lambda: to_int("0" * 23 + "1"), 1, lambda: to_int("0" * 24 + "1"), None),
    ("words of a laid out cell", lambda: lays_out(["字" * 400] * 2 + ["字"]), True, lambda: lays_out(["字" * 400] * 2), False),
    ("paragraphs of a laid out cell", lambda: lays_out(["字" * 300] * 3), True, lambda: lays_out(["字" * 450] * 2), False),
    ("the name of a column", lambda: _is_rows("列" * 20), True, lambda: _is_rows("列" * 21), False),
    (
        "a heading above a list of texts",
        lambda: announced("拟" * 32 + "废止的规范性文件", "art_1", is_labelled=True) is None,
        False,
        lambda: announced("拟" * 33 + "废止的规范性文件", "art_1", is_labelled=True) is None,
        True,
    ),
    ("a heading that parts work", lambda: parts_work("某" * 16 + "职责分工"), True, lambda: parts_work("某" * 17 + "职责分工"), False),
    (
        "a title in its marks",
        lambda: len(find_titles(f"根据《{'甲' * 196}办法》执行")),
        1,
        lambda: len(find_titles(f"根据《{'甲' * 197}办法》执行")),
        0,
    ),
    ("an id before its fingerprint", lambda: len(apart_id("a" * 200, "x")), 207, lambda: len(apart_id("a" * 201, "x")), 207),
    ("unreadable characters", lambda: _is_read(98, 2), True, lambda: _is_read(97, 3), False),
    ("a clause quoted in a finding", lambda: _short("字" * 400), "字" * 400, lambda: (_short("字" * 401) or "")[-1], "…"),
    ("a paragraph without a number", lambda: _nth_paragraph(9_999), "第九千九百九十九段", lambda: _nth_paragraph(10_000), "第10000段"),
    (
        "a number of a list",
        lambda: printed_number(9_999, "chineseCountingThousand"),
        "九千九百九十九",
        lambda: printed_number(10_000, "chineseCountingThousand"),
        "",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("within", "expected", "beyond", "other"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])  # fmt: skip
def test_each_number_decides_where_it_says(
    within: Callable[[], object], expected: object, beyond: Callable[[], object], other: object
) -> None:
    assert within() == expected
    assert beyond() == other
