"""Which lines of a PDF strike words, and which lie behind them or beside them."""

import pytest

from policydiff.extract import extract
from tests.extract.small_files import pdf

WORDS = "Fees are waived for residents"
TEXT = f"BT /F1 20 Tf 60 700 Td ({WORDS}) Tj ET BT /F1 20 Tf 60 600 Td (All other rules of this notice stay in force) Tj ET"
# Words of 20 points on a baseline 700 points high: a line strikes them between 702 and 712.
DRAWN = [
    ("1 w 60 706 m 330 706 l S", True, "a thin line"),
    ("3 w 60 706 m 330 706 l S", True, "a line of three points"),
    ("60 705 270 1.2 re f", True, "a thin filled box"),
    ("1 0 0 RG 0.5 w 60 706 m 330 706 l S", True, "a red line"),
    ("q 0.1 0 0 0.1 0 0 cm 15 w 600 7060 m 3300 7060 l S Q", True, "a line of fifteen tenths of a point"),
    ("1 1 0 RG 24 w 60 706 m 330 706 l S", False, "a broad stroke of a marker"),
    ("q 10 0 0 10 0 0 cm 2 w 6 70.6 m 33 70.6 l S Q", False, "two units of ten points"),
    ("1 1 0 rg 50 706 300 40 re f", False, "the lower side of a coloured box"),
    ("0.8 g 50 660 300 46 re f", False, "the upper side of a grey box"),
    ("1 g 60 705 270 1.2 re f", False, "a white box on white paper"),
    ("1 w 60 697 m 330 697 l S", False, "a line below the words"),
    ("1 w 60 718 m 330 718 l S", False, "a line above the words"),
]


@pytest.mark.parametrize(("line", "strikes", "reason"), DRAWN, ids=[row[2] for row in DRAWN])
def test_lines_through_words(line: str, strikes: bool, reason: str) -> None:
    read = extract(pdf(f"{line} 0 g {TEXT}"))
    assert (WORDS not in read.text) is strikes, reason
    assert any(each.kind == "struck" for each in read.left_out) is strikes
