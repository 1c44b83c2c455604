"""Folding: what is taken out and made equal before sentences are compared, and the way back."""

import pytest
from hypothesis import given, strategies as st

from policydiff.comparison.folding import fold, is_generic_heading


@pytest.mark.parametrize(
    ("text", "folded", "reason"),
    [
        ("（责任部门：区科委、区商务委、区投资办）", "", "a responsibility note says who, not what"),
        ("(牵头单位：市民政局；配合单位：市财政局)", "", "the same with half-width brackets and two bodies"),
        ("（市民政局牵头，市财政局配合）", "", "a bare note"),
        (
            "推进试点。（负责部门：银保监会、人民银行，适用范围：某某自贸试验区）",
            "推进试点",
            "other names of the label",
        ),
        (
            "推进试点。（工业和信息化部（牵头）、科技部等负责）",
            "推进试点",
            "brackets within the note, no label",
        ),
        ("县级以上地方人民政府应当", "府应当", "whichever level the government is of"),
        ("市、县（市、区）人民政府应当", "府应当", "the local writing of the same"),
        ("省、自治区、直辖市人民政府应当", "府应当", "the national writing of the same"),
        ("国家鼓励创新", "某鼓励创新", "国家 becomes 本市 in a local text"),
        ("本市鼓励创新", "某鼓励创新", "the local writing of the same"),
        ("国家标准", "国家标准", "but 国家标准 is a thing, not a place"),
        ("本市民兵", "本市民兵", "本市民 is not 本市"),
        ("违反本条例规定的", "违反本法规定的", "本条例, 本办法, 本法: each the text itself"),
        ("适用本实施意见", "适用本法", "with a word before it: the same as 适用本规定"),
        ("本实施细则所称公园", "本法所称公园", "the same"),
        ("本指导意见所称公园", "本法所称公园", "the same"),
        ("本项目实施意见", "本项目实施意见", "another word between: not the text itself"),
        ("制定本实施意见", "", "what every document says of itself"),
        ("本实施意见自2024年10月29日起施行", "", "the same"),
        ("第五章 法律责任", "法律责任", "numbers of chapters differ"),
        ("（一）发展目标", "发展目标", "list marks differ"),
        (
            "按照《中华人民共和国某法》的要求建设",
            "按照 的要求建设",
            "a cited title is not the text's own wording",
        ),
        ("ＡＩ＋医疗", "ai 医疗", "full width and capitals"),
        ("健 康 产 业", "健康产业", "blanks of the page"),
        ("本办法自2021年3月1日起施行。", "", "every document has its entry into force"),
        ("以习近平新时代中国特色社会主义思想为指导，发展产业", "发展产业", "a formula of ideology"),
        (
            "统筹推进“五位一体”总体布局，坚持以人民为中心的发展思想，牢固树立和贯彻落实新发展理念，发展产业",
            "发展产业",
            "what follows it in the guiding thoughts of every policy since 2016",
        ),
        ("认真落实党中央、国务院决策部署，发展产业", "发展产业", "the same"),
    ],
)
def test_folds(text: str, folded: str, reason: str) -> None:
    assert fold(text).text == folded, reason


@given(
    st.text(
        st.sampled_from("市区县、（）()《》人民政府国家本条例第一章。，； 发展12%AＡİ\n责任部门："),
        max_size=60,
    )
)
def test_every_character_leads_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        assert 0 <= start <= end <= len(text)
    assert list(folded.starts) == sorted(folded.starts)


@pytest.mark.parametrize(
    ("text", "generic"),
    [
        ("总体要求", True),
        ("一、总体要求", True),
        ("加强组织领导", True),
        ("发展智慧医疗", False),
        ("", False),
    ],
)
def test_generic_headings(text: str, generic: bool) -> None:
    assert is_generic_heading(text) is generic


def test_hostile_text_stays_linear() -> None:
    """Nested brackets, repeated list words and endless bodies must not backtrack."""
    for unit in ("(", "市、区、", "国家国家", "《", "贯彻落实", "责任部门：", "省自治区直辖市"):
        fold(unit * 4000)
