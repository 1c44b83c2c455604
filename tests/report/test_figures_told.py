"""A target as a person writes it: both ends of a range, signs, qualifiers and deadlines."""

import pytest

from policydiff.model import Span, Target
from policydiff.report.catalog import catalog
from policydiff.report.document_page import figure

ROWS = [
    ("2000-5000", "元", "以上、以下", "2000–5000元", "both ends are told: 以上以下 adds nothing"),
    ("2000-5000", "元", None, "2000–5000元", "a range as printed"),
    ("10-15", "%", "左右", "10–15%左右", "a hedge stays"),
    ("10-15", "%", "力争", "力争10–15%", "an effort stays, in front"),
    ("0.5-1.5", "万元", "不低于、不超过", "0.5–1.5万元", "bounds in front say the ends too"),
    ("5000", "元", "以下", "5000元以下", "one end needs its bound"),
    ("30", "%", "不低于", "不低于30%", "a bound in front"),
    ("-3", "%", None, "-3%", "a sign is no range"),
    ("1,000-2,000", "家", "以上、以下", "1,000–2,000家", "figures with commas"),
    ("95", "%", "以上", "95%以上", "a floor"),
]


@pytest.mark.parametrize(("value", "unit", "qualifier", "told", "why"), ROWS)
def test_a_figure_in_the_words_of_a_person(value, unit, qualifier, told: str, why: str) -> None:
    target = Target(
        clause="art_1", metric="罚款", value=value, unit=unit, qualifier=qualifier, text="", span=Span(0, 0)
    )
    assert figure(target, catalog("zh")) == told, why
