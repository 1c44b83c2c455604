"""Of two differences a client hears of the one first: fines and licences before the discipline of staff, who is bound by a whole text before a detail."""

import pytest

from policydiff.model import Genre, SignalType
from policydiff.substance.one_side import of_whole
from policydiff.substance.signalling import signals_between

FINE = ("违反规定的，责令改正。", "违反规定的，责令改正，处五万元罚款。")
SUM = ("违反规定的，处一万元罚款。", "违反规定的，处一万二千元罚款。")

LIGHTER = [
    (FINE, ("工作人员玩忽职守的，批评教育。", "工作人员玩忽职守的，批评教育，依法给予处分。"), "the staff of an office"),
    (FINE, ("拒不改正的，予以通报。", "拒不改正的，予以通报，对直接负责的主管人员给予行政处分。"), "the staff of a firm"),
    (FINE, ("造成损失的，停止服务。", "造成损失的，停止服务，依法承担赔偿责任。"), "liability follows from the civil code"),
    (FINE, ("决定应当送达。", "决定应当送达，行政行为是警告的，可以当场送达。"), "a penalty that is spoken of"),
    (SUM, ("违反规定的，并处一万元罚款。", "违反规定的，可以并处一万元罚款。"), "the fine stays and is left to the office"),
    (SUM, ("违反规定的，可以处二万元罚款。", "违反规定的，处二万元罚款。"), "the same turned round"),
    (
        ("本市餐饮企业收集餐厨垃圾，适用本办法。", "本市餐饮企业和单位食堂收集餐厨垃圾，适用本办法。"),
        ("餐饮企业应当登记收运单位。", "餐饮企业和单位食堂应当登记收运单位。"),
        "who is bound by all of a text, and by one rule",
    ),
    (
        ("在本省从事客运、货运经营，应当遵守本条例。", "在本省从事客运经营，应当遵守本条例。"),
        ("车站应当为客运、货运经营者提供场地。", "车站应当为客运经营者提供场地。"),
        "whom a text binds no more",
    ),
    (
        ("本规定适用于公办学校。", "本规定适用于公办学校和民办学校。"),
        ("公办学校应当公示食谱。", "公办学校和民办学校应当公示食谱。"),
        "in the other order",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("heavier", "lighter", "reason"), LIGHTER)
def test_the_lighter_difference_stands_behind(
    heavier: tuple[str, str], lighter: tuple[str, str], reason: str
) -> None:
    weights = [
        max(each.weight for each in signals_between(*pair, genre=Genre.STATUTE))
        for pair in (heavier, lighter)
    ]
    assert weights[0] > weights[1], reason


ARTICLES = [
    ("新药的保护范围限于经批准的适应症。", "设立药店应当经药品监督管理部门批准。", "an approval that says of which things"),
    ("被批准服现役的公民由单位发给补贴。", "招用外籍船员应当经海事机构批准。", "an approval that says of whom"),
    ("对行政处分不服的，依法提出申诉。", "拒不改正的，吊销许可证。", "a penalty that somebody appeals against"),
    ("被判处拘役正在服刑的公民，不征集。", "逃避征集的，处二千元罚款。", "whom a rule is not about"),
    ("玩忽职守的，依法给予处分。", "拒绝检查的，给予警告。", "a class of discipline, and a penalty"),
]  # fmt: skip


@pytest.mark.parametrize(("spoken_of", "laid_down", "reason"), ARTICLES)
def test_a_new_article_weighs_by_what_it_asks_for(spoken_of: str, laid_down: str, reason: str) -> None:
    weights = [
        max(each.weight for each in of_whole(text, SignalType.ARTICLE_ADDED, Genre.STATUTE, comes=True))
        for text in (spoken_of, laid_down)
    ]
    assert weights[0] < weights[1], reason


def test_a_heading_run_on_with_its_text_is_quoted_apart_from_it() -> None:
    text = "施行\n本意见自印发之日起施行。\n各区应当报送计划。"
    found = of_whole(text, SignalType.ARTICLE_ADDED, Genre.POLICY, comes=True)
    assert [each.new for each in found if (each.new or "").startswith("施行")] == [
        "施行 本意见自印发之日起施行。各区应当报送计划。"
    ]
