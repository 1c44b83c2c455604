"""Headings of articles on lines of their own, labels put in behind others, outlines without blanks, and misread numbers."""

import pytest

from policydiff import parse
from policydiff.model import ClauseKind
from policydiff.parsing.kinds import Kind, kind_of
from policydiff.parsing.labels import find_label


@pytest.mark.parametrize(
    ("line", "label", "number", "why"),
    [
        ("Article 2bis. Application", "Article 2bis", "2bis", "put in behind article 2"),
        ("Article 2 ter Application", "Article 2 ter", "2ter", "the same, a blank before"),
        ("Section 2A Application", "Section 2A", "2A", "a letter"),
        ("Art. 5-1 Duration", "Art. 5-1", "5-1", "a second number"),
        ("2A. Application", "2A.", "2A", "of Hong Kong"),
        ("(1A) 即使另一條例載有", "(1A)", "1A", "a subsection of Hong Kong"),
        ("（1B）", "（1B）", "1B", "wide brackets"),
        ("§ 2a Dogs", "§2a", "2a", "a sign"),
        ("§12", None, None, "no blank behind the number: a place that is cited"),
        ("5G、物联网等新技术", None, None, "a word"),
        ("2B企业服务", None, None, "a word without a point"),
        ("3D. 打印", "3D.", "3D", "told from words by the point and the blank alone"),
    ],
)
def test_labels_with_letters(line: str, label: str | None, number: str | None, why: str) -> None:
    found = find_label(line)
    assert (found and found.text, found and found.number) == (label, number), why


_BODY = ["第一條", "標的", "本法律旨在作出規定。", "第二條", "適用範圍", "一、適用於甲。", "二、適用於乙。"]


@pytest.mark.parametrize(
    ("lines", "headings", "why"),
    [
        (_BODY, ["標的", "適用範圍"], "below the number"),
        (
            ["Article 1. Purpose", "This Act provides.", "Article 2. Scope", "It applies to ports."],
            ["Purpose", "Scope"],
            "beside it",
        ),
        (["第一条 为了管理，制定本办法。", "第二条 本办法适用于本市。"], [None, None], "sentences"),
        (
            ["第一条 目的", "为了管理，制定本办法。", "第二条 本办法适用于本市。", "第三条 本市执行。"],
            [None] * 3,
            "one article in three: a broken line rather than a heading",
        ),
    ],
)
def test_headings_of_articles_on_lines_of_their_own(
    lines: list[str], headings: list[str | None], why: str
) -> None:
    document = parse("\n".join(["某市管理办法", *lines]))
    articles = [clause for clause in document.walk() if clause.kind is ClauseKind.ARTICLE]
    assert [clause.heading for clause in articles] == headings, why


@pytest.mark.parametrize(
    ("lines", "numbers", "why"),
    [
        (["1总则", "1.1编制目的", "甲。", "1.2编制依据", "乙。", "2组织", "2.1领导"], ["1", "1.1", "1.2", "2", "2.1"], "no blank"),
        (["1　总则", "1.1　目的", "甲。", "1.2　依据", "乙。"], ["1", "1.1", "1.2"], "blanks"),
        (["1.1编制目的", "甲。", "3.5亿元用于建设。", "1.2编制依据", "乙。"], ["1.1", "1.2"], "an amount that follows no number"),
        (["3.5亿元以上的项目，给予补助。", "4.2亿元以上的项目，给予奖励。"], [], "amounts alone"),
    ],
)  # fmt: skip
def test_outlines_whose_numbers_no_blank_sets_off(lines: list[str], numbers: list[str], why: str) -> None:
    document = parse("\n".join(["某镇应急预案", *lines]))
    assert [clause.number for clause in document.walk() if clause.number] == numbers, why


@pytest.mark.parametrize(
    ("printed", "number", "why"),
    [
        ("国函[20O0]31号", "国函〔2000〕31号", "a letter O in the year"),
        ("沪府发〔2O2l〕l2号", "沪府发〔2021〕12号", "O and l, in year and serial"),
        ("沪府发〔2021〕12号", "沪府发〔2021〕12号", "digits alone"),
    ],
)
def test_letters_in_numbers_are_read_as_digits_and_told(printed: str, number: str, why: str) -> None:
    document = parse(
        f"某市人民政府关于同意设区的批复\n{printed}\n某区人民政府：\n同意。\n某市人民政府\n2021年5月6日"
    )
    assert document.document_number == number, why
    told = any("letters in the document number" in each.message for each in document.diagnostics)
    assert told is (printed != number), why


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("（2022）宁0323执恢15号之一", Kind.NUMBER),
        ("(2014)深中法商终字第1012号", Kind.NUMBER),
        ("检例第39号", Kind.NUMBER),
        ("指导案例96号", Kind.NUMBER),
        ("等级 特急·明电 临政办明电〔2022〕14号", Kind.NUMBER),
        ("代替GB/T 1.1—2009", Kind.COVER),
        ("Q/ BWO", Kind.COVER),
        ("——2023年1月10日在某市人民代表大会第三次会议上", Kind.EVENT),
        ("二零一六年九月二日。", Kind.DATE),
        ("1984年1月7日 国务院", None),
        ("本案由某某法院受理", None),
    ],
)
def test_fixed_lines_of_further_kinds(line: str, kind: Kind | None) -> None:
    assert kind_of(line) is kind


def test_a_count_that_no_field_holds_is_listed() -> None:
    document = parse(
        "关于公开遴选的公告\n（第2号）\n现公告如下：\n一、时间。\n二、地点。\n某市公务员局\n2023年5月8日"
    )
    assert "（第2号）" in [each.text for each in document.not_placed]


def test_a_day_before_the_body_signs_below_a_text_and_adopts_above_it() -> None:
    below = parse("关于停车的通知\n各镇人民政府：\n请认真执行。\n2022年6月1日        青田县人民政府办公室")
    assert (str(below.dates.issued), below.issuing_bodies) == ("2022-06-01", ("青田县人民政府办公室",))
    above = parse(
        "军用标准管理办法\n1984年1月7日 国务院\n中央军委发布\n第一条 甲。\n第二条 乙。\n第三条 丙。"
    )
    shown = [each.text for each in above.not_placed] + [clause.text for clause in above.walk()]
    assert above.dates.issued is None
    assert any("国务院" in words for words in shown)


@pytest.mark.parametrize(
    ("lines", "labels", "why"),
    [
        ("第一条、为了管理。/第二条、员工守时。", ["第一条、", "第二条、"], "rules of companies"),
        ("第一條、本室成立。/第二條、該室開放。", ["第一條、", "第二條、"], "rules of schools in Taiwan, 本 and 該 behind it"),
        ("第1条、总则。/第2条、细则。", ["第1条、", "第2条、"], "digits"),
        ("第一条 、总则。/第二条 、细则。", ["第一条", "第二条"], "a blank before the mark"),
        ("第一章、总则/第一条、甲。/第二章、附则/第二条、乙。", ["第一章、", "第一条、", "第二章、", "第二条、"], "chapters"),
        ("第一条 甲。/第二条 违反第一条、/第三条、第四条的，罚款。", ["第一条", "第二条"], "a list of articles"),
        ("第一条 甲。/第二条 违反本法/第三条、本法第四条的，罚款。", ["第一条", "第二条"], "a list that names the act"),
        ("第一条 甲。/第二条 对违反本办法规定行为的单位和个人，主管部门可以依照本办法/第三条、治安管理处罚法处理。/第三条 乙。", ["第一条", "第二条", "第三条"], "a sentence that goes on"),
    ],
)  # fmt: skip
def test_a_label_of_an_article_before_a_stop(lines: str, labels: list[str], why: str) -> None:
    document = parse(f"考勤制度\n{lines.replace('/', chr(10))}")
    assert [clause.label for clause in document.walk() if clause.label] == labels, why


@pytest.mark.parametrize(
    ("note", "adopted"),
    [
        ("101年1月4日所務會議通過", "2012-01-04"),
        ("（101年1月4日校務會議通過）", "2012-01-04"),
        ("中華民國101年1月4日所務會議通過", "2012-01-04"),
        ("中華民國一○一年一月四日所務會議通過", "2012-01-04"),
        ("民國一百零一年一月四日所務會議通過", "2012-01-04"),
        ("114年09月30日行政會議通過", "2025-09-30"),
        ("2012年1月4日所務會議通過", "2012-01-04"),
        ("130年1月4日所務會議通過", None),
        ("95年1月4日所務會議通過", None),
        ("95年1月4日94學年度第2次校務會議通過", "2006-01-04"),
    ],
)
def test_the_years_of_the_republic_in_a_note(note: str, adopted: str | None) -> None:
    """From year 100 on a count of three digits can mean no other calendar; 95年 may as well be 1995."""
    found = parse(f"實驗室管理要點\n{note}\n一、本室成立。\n二、本要點自公布日施行。").dates.adopted
    assert (str(found) if found else None) == adopted


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("9.65岁以上老年人免费体检。", "9."),
        ("7.12家医院设立专科。", "7."),
        ("5.100户困难家庭完成改造。", "5."),
        ("8.30周岁以下青年可以申请。", "8."),
        ("3.14名社工入驻。", "3."),
        ("3.5亿元以上的项目优先。", None),
        ("2.5个百分点的差距。", None),
        ("1.25万户完成改造。", None),
        ("12.5公里道路完成改造。", None),
    ],
)
def test_a_number_before_a_count_that_has_no_parts_is_a_label(line: str, label: str | None) -> None:
    found = find_label(line)
    assert (found.text if found else None) == label
