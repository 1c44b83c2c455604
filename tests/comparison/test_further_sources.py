"""A sentence fused from several sources names each of them; sources that say the same again, or something else, are none.

The left column is the local sentence; behind it the superior ones in order, of which those with a star are its sources.
"""

import pytest

from policydiff.comparison.clauses import _COUNTED_BESIDE
from policydiff.comparison.compare import compare_documents
from policydiff.model import Document
from policydiff.parsing import parse_text

OTHERS = (
    "市卫生健康部门应当定期发布传染病疫情信息。",
    "鼓励社会力量参与养老服务设施的投资和运营。",
    "出租汽车驾驶员应当按照合理路线行驶。",
)


def _articles(*said: str) -> Document:
    numbered = (f"第{number}条 {words}" for number, words in zip("一二三四五六七八", said, strict=False))
    return parse_text("\n".join(("某市若干规定", *numbered)))


@pytest.mark.parametrize(
    ("local", "sources"),
    [
        (
            "区绿化部门应当建立古树名木档案，设置保护标志，并每半年开展一次巡查。",
            ("*市绿化部门应当建立古树名木档案。", "*古树名木应当设置保护标志，并每半年开展一次巡查。"),
        ),
        (
            "街道办事处负责组建应急救援队伍，储备防汛沙袋和抽水泵，定期开展演练。",
            ("*街道办事处应当组建应急救援队伍，定期开展演练。", "*各单位应当储备防汛沙袋和抽水泵。"),
        ),
        (
            "托育机构应当安装视频监控，录像保存九十日以上，工作人员持健康证上岗。",
            ("*托育机构应当安装视频监控，录像保存期不少于九十日。", "*托育机构工作人员应当持健康证上岗。"),
        ),
        (
            "共享单车企业应当划定电子围栏，对违规停放车辆两小时内清运。",
            (
                "*共享单车企业应当划定电子围栏。",
                "*对违规停放的车辆，企业应当在两小时内清运。",
                "共享单车企业应当为用户购买意外伤害保险。",
            ),
        ),
        (
            "区绿化部门应当建立古树名木档案。",
            ("*市绿化部门应当建立古树名木档案。", "市绿化部门应当组织古树名木的科学研究。"),
        ),
        (
            "托育机构应当安装视频监控，录像保存九十日以上。",
            (
                "*托育机构应当安装视频监控，录像保存期不少于九十日。",
                "托育机构应当按照规定办理备案，并公示收费标准。",
            ),
        ),
        (
            "快递企业应当在配送车辆上喷涂统一编号，并为骑手购买工伤保险。",
            (
                "*快递企业应当在配送车辆上喷涂统一编号。",
                "*快递企业应当为骑手购买工伤保险。",
                "快递企业应当公布投诉电话。",
            ),
        ),
        (
            "河道管理单位应当每月清理漂浮物，对违法排污口登记造册。",
            ("*河道管理单位应当每月清理漂浮物。", "对违法排污口处以五万元罚款。"),
        ),
        (
            "楼宇物业应当建立消防控制室值班制度，每班不少于两人，并保持疏散通道畅通。",
            (
                "*楼宇物业应当建立消防控制室值班制度，每班不少于两人。",
                "*楼宇物业应当保持疏散通道畅通。",
                "消防救援机构应当开展消防宣传教育。",
            ),
        ),
    ],
)
def test_each_source_of_a_fused_sentence_is_counted_and_no_other(
    local: str, sources: tuple[str, ...]
) -> None:
    superior = _articles(*(words.removeprefix("*") for words in sources), *OTHERS)
    (found, *_) = compare_documents(_articles(local, *OTHERS[:2]), superior).sentences
    counted = {
        source.text
        for place, source in enumerate(found.sources)
        if place == 0 or source.score >= _COUNTED_BESIDE
    }
    assert counted == {words[1:] for words in sources if words.startswith("*")}
