"""A term that another took the place of throughout a text is one difference, and hides no other one."""

import pytest
from hypothesis import given, strategies as st

from policydiff import diff, parse
from policydiff.model import SignalType
from policydiff.revision.replaced_terms import Renamed

_RULES = (
    "{}应当公示价格。", "申请补助的，{}报送材料。", "对{}给予每年三万元补助。", "因{}原因停业的，免予处罚。", "街道协助{}按时收摊。",
)  # fmt: skip


def _told(
    rules: tuple[str, ...], term: str, instead: str, **also: str
) -> list[tuple[str, str | None, str | None, str | None]]:
    """Return type, words and detail of each signal where a term took the place of another, and some words of others."""
    lines = [f"第{'一二三四五六七'[n]}条　{rule}" for n, rule in enumerate(rules)]
    old = "\n".join(line.replace("{}", term) for line in lines)
    new = "\n".join(line.replace("{}", instead) for line in lines)
    for words, others in also.items():
        new = new.replace(words, others)
    found = diff(parse(f"某市条例\n{old}"), parse(f"某市条例\n{new}"))
    return [
        (each.type.value, each.old, each.new, each.detail)
        for change in found.changes
        for each in change.signals
    ]


@pytest.mark.parametrize(
    ("term", "instead", "whole", "why"),
    [
        ("摊贩", "设摊人", ("摊贩", "设摊人"), "two names of people"),
        ("低收入困难家庭", "最低生活保障边缘家庭", ("低收入困难家庭", "最低生活保障边缘家庭"), "the common end 家庭 belongs to both"),
        ("支出型贫困家庭", "刚性支出困难家庭", ("支出型贫困家庭", "刚性支出困难家庭"), "characters in common inside do not cut it"),
        ("文物商店", "文物销售单位", ("文物商店", "文物销售单位"), "the common beginning too"),
        ("退役军人事务部门", "退役军人工作主管部门", ("军人事务部门", "军人工作主管部门"), "a word on either side"),
        ("未成年人", "残疾人", ("未成年人", "残疾人"), "one character in common is a part of its word"),
        ("专利复审委员会", "国务院专利行政部门", ("专利复审委员会", "国务院专利行政部门"), "a body under another name"),
    ],
)  # fmt: skip
def test_a_term_is_told_whole_and_once(term: str, instead: str, whole: tuple[str, str], why: str) -> None:
    told = _told(_RULES, term, instead)
    assert len(told) == len(_RULES), why
    for _, old, new, _ in told:
        assert whole[0] in (old or ""), why
        assert whole[1] in (new or ""), why
    assert [detail for *_, detail in told] == ["replaced in 第一条、第二条、第三条、第四条、第五条"] + [
        "replaced throughout"
    ] * 4


@pytest.mark.parametrize(
    ("also", "kind", "why"),
    [
        ({"三万元": "二万元"}, SignalType.AMOUNT, "a figure in a clause of the term"),
        ({"应当公示": "可以公示"}, SignalType.DUTY, "a duty"),
        ({"免予处罚": "从轻处罚"}, SignalType.EXCEPTION, "relief from a penalty"),
        ({"街道协助": "区政府协助"}, SignalType.BODY, "who acts"),
        ({"每年三万元": "每月三万元"}, SignalType.AMOUNT, "how often"),
    ],
)  # fmt: skip
def test_what_else_differs_in_its_clauses_is_told(also: dict[str, str], kind: SignalType, why: str) -> None:
    told = _told(_RULES, "摊贩", "设摊人", **also)
    others = [row for row in told if not (row[3] or "").startswith("replaced")]
    assert len(told) == len(_RULES) + len(others), why
    assert others, why
    (words, _), *_ = also.items()
    assert all(
        (old or "") in words or (old or "") in "每年三万元" or words in (old or "") for _, old, *_ in others
    ), why


@pytest.mark.parametrize(
    ("rules", "term", "instead", "why"),
    [
        (_RULES[:2], "摊贩", "设摊人", "two clauses may be chance"),
        (_RULES, "老年人", "本市户籍老年人", "an attribute that came makes the scope narrower, clause by clause"),
        (_RULES, "市政府", "区政府", "one character is a level"),
        (("{}三万元。", "{}二万元。", "{}一万元。"), "应当补助", "可以补助", "words that bind are told clause by clause"),
        (("违反的，处{}。", "逾期的，处{}。", "拒绝的，处{}。"), "五千元罚款", "八千元罚款", "so are figures"),
        (("对甲{}。", "对乙{}。", "对丙{}。"), "处以罚款", "给予警告", "and penalties"),
        (
            ("企业应当取得{}。", "已经取得{}的企业应当按照国家有关规定向社会公示相关的经营信息。", "{}的有效期为三年。"),
            "许可证",
            "备案凭证",
            "a licence that became a filing in one clause, though in the others the words say who is meant",
        ),
        (
            ("企业应当缴纳{}。", "退还{}的申请应当由企业向原来收取的主管部门书面提出。", "{}的利息归企业所有。"),
            "保证金",
            "管理费",
            "a deposit that became a fee",
        ),
    ],
)  # fmt: skip
def test_what_is_no_replaced_term(rules: tuple[str, ...], term: str, instead: str, why: str) -> None:
    told = _told(rules, term, instead)
    assert told, why
    assert not any((detail or "").startswith("replaced") for *_, detail in told), why


def test_a_term_that_stays_in_one_clause_is_told_where_it_went() -> None:
    rules = "\n".join(f"第{'一二三四'[n]}条　{rule}" for n, rule in enumerate(_RULES[:4]))
    old, new = rules.replace("{}", "摊贩"), rules.replace("{}", "设摊人").replace("因设摊人", "因摊贩")
    found = diff(parse(f"某市条例\n{old}"), parse(f"某市条例\n{new}"))
    details = [each.detail for change in found.changes for each in change.signals]
    assert details[0] == "replaced in 第一条、第二条、第三条"
    assert len(details) == 3


@given(st.lists(st.sampled_from(["甲乙", "丙", "，", "丁戊己", "、"]), max_size=12))
def test_places_of_a_renamed_text_lead_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    renamed = Renamed(text, [("甲乙", "辛壬癸"), ("丁戊己", "庚")])
    assert renamed.text == text.replace("甲乙", "辛壬癸").replace("丁戊己", "庚")
    for place, letter in enumerate(text):
        if letter in "丙，、":
            at = next(
                n
                for n in range(len(renamed.text))
                if renamed.text[n] == letter and renamed.text[:n].count(letter) == text[:place].count(letter)
            )
            assert renamed._back(at, is_end=False) == place
            assert renamed._back(at + 1, is_end=True) == place + 1
