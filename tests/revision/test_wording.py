"""Old and new words: complete, readable, and never inside a number, date, title or word."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from policydiff.model import Wording, WordingOp
from policydiff.revision.wording import TokenKind, compare_wording, tokenize
from tests.revision.statutes import side

MARKS = {WordingOp.EQUAL: "{}", WordingOp.DELETE: "[-{}-]", WordingOp.INSERT: "{{+{}+}}"}


def shown(wording: tuple[Wording, ...]) -> str:
    return "".join(MARKS[run.op].format(run.text) for run in wording)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "自2013年1月1日起", "自2025年11月1日起", "自[-2013年1月1日-]{+2025年11月1日+}起", id="date"
        ),
        pytest.param("占比7%", "占比8%", "占比[-7%-]{+8%+}", id="percentage"),
        pytest.param(
            "投资十万元", "投资二十万元", "投资[-十万元-]{+二十万元+}", id="Chinese numeral with unit"
        ),
        pytest.param(
            "处2000元以上50000元以下罚款",
            "处1万元以上20500元以下罚款",
            "处[-2000元-]{+1万元+}以上[-50000元-]{+20500元+}以下罚款",
            id="bounds stay apart",
        ),
        pytest.param(
            "根据《公司法》制定", "根据《民法典》制定", "根据[-《公司法》-]{+《民法典》+}制定", id="title"
        ),
        pytest.param(
            "依照沪府发〔2018〕25号执行",
            "依照沪府发〔2021〕9号执行",
            "依照[-沪府发〔2018〕25号-]{+沪府发〔2021〕9号+}执行",
            id="document number",
        ),
        pytest.param(
            "（一）甲乙丙；\n（二）丁戊己。",
            "（一）甲乙丙；\n（二）庚辛壬；\n（三）丁戊己。",
            "（一）甲乙丙；\n（二）{+庚辛壬；\n（三）+}丁戊己。",
            id="an item put in leaves its neighbours alone",
        ),
        pytest.param(
            "对个人处五百元罚款，对单位处一千元罚款。",
            "对个人处五百元罚款，对个体户处八百元罚款，对单位处一千元罚款。",
            "对个人处五百元罚款，{+对个体户处八百元罚款，+}对单位处一千元罚款。",
            id="a half-sentence put in begins at its comma",
        ),
        pytest.param(
            "对个人处五百元罚款，对个体户处八百元罚款，对单位处一千元罚款。",
            "对个人处五百元罚款，对单位处一千元罚款。",
            "对个人处五百元罚款，[-对个体户处八百元罚款，-]对单位处一千元罚款。",
            id="and one taken out",
        ),
        pytest.param(
            "经业主同意。违反规定，未按照规定程序设置的，责令改正。",
            "由业主共同决定。违反规定程序设置的，责令改正。",
            "[-经业主同意-]{+由业主共同决定+}。违反规定[-，未按照规定-]程序设置的，责令改正。",
            id="a sentence's end and the next word stay equal",
        ),
        pytest.param(
            "处一万元罚款。",
            "处一万元罚款。货运站处三千元罚款。",
            "处一万元罚款。{+货运站处三千元罚款。+}",
            id="a sentence behind another one that ends alike",
        ),
        pytest.param(
            "甲应当备案。乙应当报告。",
            "甲应当备案。丙应当备案。乙应当报告。",
            "甲应当备案。{+丙应当备案。+}乙应当报告。",
            id="a sentence between two",
        ),
        pytest.param(
            "向市民政局备案、市财政局备案。",
            "向市民政局备案、市水务局备案、市财政局备案。",
            "向市民政局备案、{+市水务局备案、+}市财政局备案。",
            id="a member of a list",
        ),
        pytest.param(
            "由公安机关处罚；构成犯罪的，追究刑事责任。",
            "由公安机关处罚；再犯的，由公安机关处罚；构成犯罪的，追究刑事责任。",
            "由公安机关处罚；{+再犯的，由公安机关处罚；+}构成犯罪的，追究刑事责任。",
            id="a case between two semicolons",
        ),
        pytest.param(
            "甲、乙、丙",
            "甲、乙、丁、乙、丙",
            "甲、乙、{+丁、乙、+}丙",
            id="the mark in front of it counts as much as the one behind",
        ),
        pytest.param(
            "应当报告。", "必须备案。", "[-应当报告-]{+必须备案+}。", id="an end alone holds nothing together"
        ),
        pytest.param("相同", "相同", "相同", id="equal"),
        pytest.param("", "", "", id="empty"),
        pytest.param("甲", "", "[-甲-]", id="all gone"),
    ],
)
def test_shown(old: str, new: str, expected: str) -> None:
    assert shown(compare_wording(old, new)) == expected


PIECES = st.sampled_from([
    "第十二条", "二十万元", "2023年1月1日", "应当", "可以", "《公司法》", "，", "。", "；", "\n", "（一）",
    "人民政府", "7.5%", "〔2018〕25号", "x", " ",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60)


@given(TEXTS, TEXTS)
def test_both_sides_are_complete(old: str, new: str) -> None:
    wording = compare_wording(old, new)
    assert side(wording, new=False) == old
    assert side(wording, new=True) == new
    assert all(run.text for run in wording)
    assert all(one.op is not other.op for one, other in pairwise(wording))


@given(TEXTS)
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text


WHOLE = frozenset({TokenKind.NUMBER, TokenKind.DATE, TokenKind.TITLE, TokenKind.DOCUMENT})


@given(st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES, max_size=25).map("".join))
def test_no_edit_ends_inside_a_number_date_or_title(old: str, new: str) -> None:
    wording = compare_wording(old, new)
    for text, left_out in ((old, WordingOp.INSERT), (new, WordingOp.DELETE)):
        inside = set()
        place = 0
        for token in tokenize(text):
            if token.kind in WHOLE:
                inside.update(range(place + 1, place + len(token.text)))
            place += len(token.text)
        place = 0
        for run in wording:
            if run.op is not left_out:
                place += len(run.text)
                assert place not in inside
