"""What is the same text, and which real documents the guards let pass."""

from pathlib import Path

import pytest

from policydiff.extract import extract
from policydiff.parsing import parse_text
from policydiff.settings import Expectations, Source
from policydiff.watch.gather import read_capture, rules_of
from policydiff.watch.judge.core import overlap, text_essence
from policydiff.watch.judge.guards import Reading, check_bytes, check_reading
from watch.portal import page, policy_lines
from watch.test_run import LINES, POINTS


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("第一条 为了规范管理，制定本办法。", "第一条　为了规范管理,制定本办法。", True),  # width and blanks
        ("增长5%。", "增长５％。", True),
        ("应当报送。\n\n备案。", "应当报送。备案。", True),  # line breaks
        ("应当报送。", "应当报送、", False),  # punctuation counts
        ("应当报送。", "可以报送。", False),
    ],
)
def test_text_essence(old: str, new: str, same: bool) -> None:
    assert (text_essence(old) == text_essence(new)) is same


def test_overlap_is_of_the_shorter_text() -> None:
    assert overlap("甲乙丙丁戊己庚", "前言。甲乙丙丁戊己庚。后语") == 1.0
    assert overlap("甲乙丙丁戊", "子丑寅卯辰") == 0.0
    assert overlap("", "甲乙丙丁戊") == 0.0


def test_real_pages_pass_the_guards_and_keep_their_words(shared_data: Path) -> None:
    """Twenty pages of the State Council: no guard fires, and no line of a document is taken for furniture."""
    source = Source(name="x", url="https://www.gov.cn/")
    for path in sorted((shared_data / "govcn").glob("*.html")):
        data = path.read_bytes()
        check_bytes(data)
        extraction = read_capture(data, path.name, rules_of(source))
        reading = Reading(extraction.text, parse_text(extraction.text, declared_title=extraction.title))
        check_reading(reading, Expectations(), None, shrink=0.5)
        plain = extract(data, name=path.name).text
        lost = set(plain.splitlines()) - set(extraction.text.splitlines())
        assert all(len(line) <= 80 and "。" not in line for line in lost), (path.name, lost)


def test_real_laws_lose_no_line_to_the_furniture_filter(shared_data: Path) -> None:
    for path in sorted((shared_data / "seeds").iterdir()):
        if path.suffix in {".md", ".txt"}:
            before = extract(path.read_bytes(), name=path.name).text
            after = read_capture(
                path.read_bytes(), path.name, rules_of(Source(name="x", url="https://a.cn/"))
            ).text
            lost = set(before.splitlines()) - set(after.splitlines())
            assert all("。" not in line for line in lost), (path.name, lost)


def test_a_short_notice_is_no_error_page() -> None:
    """A repeal of five lines that speaks of access and upkeep passes: it has no words of an error page."""
    lines = policy_lines(
        "某市人民政府关于废止部分文件的决定", "某府发〔2024〕9号", ["废止《某市网站管理办法》。"]
    )
    extraction = read_capture(page(lines), "a.html", rules_of(Source(name="x", url="https://a.cn/")))
    reading = Reading(extraction.text, parse_text(extraction.text))
    check_reading(reading, Expectations(min_clauses=1), None, shrink=0.5)


def test_clauses_are_counted_by_number_or_heading() -> None:
    assert Reading("", parse_text("\n".join(LINES))).clauses == len(POINTS)
