"""Trees of small texts, one convention or trap each."""

import pytest
from tree_text import outline

from benchmarks.accounting import unaccounted
from policydiff.model import ClauseKind, Grammar
from policydiff.parsing import parse_text, parse_with_rest


def _outline(*lines: str) -> list[str]:
    return outline(parse_text("\n".join(lines)))


_OFFICIAL = {
    "four levels and circled numbers": (
        ["一、总体", "（一）思路", "1.做法", "（1）步骤", "①细节。", "②细节。", "二、保障"],
        [
            "lvl_1 总体", "lvl_1__lvl_1 思路", "lvl_1__lvl_1__lvl_1 做法", "lvl_1__lvl_1__lvl_1__lvl_1 步骤",
            "lvl_1__lvl_1__lvl_1__lvl_1__item_1 细节。", "lvl_1__lvl_1__lvl_1__lvl_1__item_2 细节。", "lvl_2 保障",
        ],
    ),
    "every width and bracket": (
        ["一．总体", "(一)思路", "１．做法", "〔二〕分工", "2、做法"],
        ["lvl_1 总体", "lvl_1__lvl_1 思路", "lvl_1__lvl_1__lvl_1 做法", "lvl_1__lvl_2 分工", "lvl_1__lvl_2__lvl_2 做法"],
    ),
    "a level is skipped (GB/T 9704 allows 一、 then 1.)": (
        ["一、总体", "1.做法", "2.做法", "二、保障"],
        ["lvl_1 总体", "lvl_1__lvl_1 做法", "lvl_1__lvl_2 做法", "lvl_2 保障"],
    ),
    "1. stands above （一） where it comes first": (
        ["1.总体要求", "（一）甲方面；", "（二）乙方面。", "2.保障措施", "（一）丙方面。"],
        ["lvl_1 总体要求", "lvl_1__lvl_1 甲方面；", "lvl_1__lvl_2 乙方面。", "lvl_2 保障措施", "lvl_2__lvl_1 丙方面。"],
    ),
    "numbers run through the sections": (
        ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "3.己", "二、庚", "（一）辛", "4.壬"],
        [
            "lvl_1 甲", "lvl_1__lvl_1 乙", "lvl_1__lvl_1__lvl_1 丙", "lvl_1__lvl_1__lvl_2 丁", "lvl_1__lvl_2 戊",
            "lvl_1__lvl_2__lvl_3 己", "lvl_2 庚", "lvl_2__lvl_1 辛", "lvl_2__lvl_1__lvl_4 壬",
        ],
    ),
    "a number that repeats gets a suffix": (
        ["一、甲", "（一）乙", "（一）丙"],
        ["lvl_1 甲", "lvl_1__lvl_1 乙", "lvl_1__lvl_1_2 丙"],
    ),
    "decimal numbers of emergency plans nest by their parts": (
        ["1　总则", "1.1　目的", "为了应对，制定本预案。", "1.2　依据", "2　职责", "2.1　指挥部"],
        ["lvl_1 总则", "lvl_1__lvl_1 目的", "lvl_1__lvl_1__para_1 为了应对，制定本预案。", "lvl_1__lvl_2 依据", "lvl_2 职责",
         "lvl_2__lvl_1 指挥部"],
    ),
    "一是 and 二是 at line starts are items, inside a paragraph as well": (
        ["一、甲", "一是加强领导。", "二是落实责任。", "二、乙", "一是丙；二是丁。"],
        ["lvl_1 甲", "lvl_1__item_1 加强领导。", "lvl_1__item_2 落实责任。", "lvl_2 乙", "lvl_2__item_1 丙；", "lvl_2__item_2 丁。"],
    ),
    "lead words stay with the clause, what follows the list's sentence too": (
        ["一、甲", "为此做到：一是加强乙；二是落实“一是”丙。各地要照办。"],
        ["lvl_1 甲", "lvl_1__para_1 为此做到：", "lvl_1__para_1__item_1 加强乙；", "lvl_1__para_1__item_2 落实“一是”丙。",
         "lvl_1__para_1__para_1 各地要照办。"],
    ),
    "members may be joined by commas, all or some; a list of 一要 inside a member is its own": (
        ["一、甲", "目标有两个，一是乙，二是丙。各地要照办。", "一是乙，二是丙；三是丁。", "一是乙，一要戊，二要己；二是丙。"],
        ["lvl_1 甲", "lvl_1__para_1 目标有两个，", "lvl_1__para_1__item_1 乙，", "lvl_1__para_1__item_2 丙。",
         "lvl_1__para_1__para_1 各地要照办。", "lvl_1__item_1 乙，", "lvl_1__item_2 丙；", "lvl_1__item_3 丁。",
         "lvl_1__item_1_2 乙，", "lvl_1__item_1_2__item_1 戊，", "lvl_1__item_1_2__item_2 己；", "lvl_1__item_2_2 丙。"],
    ),
    "members of several sentences run to the end of the paragraph": (
        ["一、统筹推进。一是加强领导。健全机制。二是落实责任。压实任务。加强督查。"],
        ["lvl_1 统筹推进。", "lvl_1__item_1 加强领导。健全机制。", "lvl_1__item_2 落实责任。压实任务。加强督查。"],
    ),
    "an enumeration inside a member": (
        ["一、要求如下：（1）甲；（2）乙：①丙；②丁。"],
        ["lvl_1 要求如下：", "lvl_1__item_1 甲；", "lvl_1__item_2 乙：", "lvl_1__item_2__item_1 丙；", "lvl_1__item_2__item_2 丁。"],
    ),
    "a gap, one member alone, a second sequence, quotes, titles and brackets part nothing": (
        ["一、甲", "一是乙，三是丁。", "好处一是乙，二是丙。", "一是戊。己。", "甲：一是乙；二是丙。丁：一是乙；二是丙。",
         "通知说“做到：一是乙；二是丙。”", "根据《办法：一是乙；二是丙》。", "庚（一是乙；二是丙）。", "参照（1）和（2）办理。"],
        ["lvl_1 甲", "lvl_1__para_1 一是乙，三是丁。", "lvl_1__para_2 好处一是乙，二是丙。", "lvl_1__para_3 一是戊。己。",
         "lvl_1__para_4 甲：一是乙；二是丙。丁：一是乙；二是丙。", "lvl_1__para_5 通知说“做到：一是乙；二是丙。”",
         "lvl_1__para_6 根据《办法：一是乙；二是丙》。", "lvl_1__para_7 庚（一是乙；二是丙）。", "lvl_1__para_8 参照（1）和（2）办理。"],
    ),
    "a clause closed by a note of responsibility stays whole, the note binds all of it": (
        ["一、加强组织。一是甲；二是乙。（财政部、商务部负责）"],
        ["lvl_1 加强组织。一是甲；二是乙。（财政部、商务部负责）"],
    ),
    "chapters over 一、 that run on (working rules)": (
        ["第一章　总则", "一、为了规范，制定本规则。", "二、本规则适用于机关。", "第二章　会议", "三、会议每月召开。"],
        ["chp_1 总则", "chp_1__lvl_1 为了规范，制定本规则。", "chp_1__lvl_2 本规则适用于机关。", "chp_2 会议",
         "chp_2__lvl_3 会议每月召开。"],
    ),
    "what follows a list goes on with the clause that holds it": (
        ["一、会议的任务是：", "（一）讨论工作；", "（二）通报情况。", "会议每半年召开一次。", "二、其他"],
        ["lvl_1 会议的任务是：", "lvl_1__lvl_1 讨论工作；", "lvl_1__lvl_2 通报情况。", "lvl_1__para_1 会议每半年召开一次。", "lvl_2 其他"],
    ),
    "lead words stay above the first number, closing words go to the document": (
        ["为做好工作，通知如下：", "一、加强领导。各级政府要重视。", "二、落实责任。各部门要配合。", "各区要认真贯彻执行。"],
        ["para_1 为做好工作，通知如下：", "lvl_1 加强领导。各级政府要重视。", "lvl_2 落实责任。各部门要配合。", "para_2 各区要认真贯彻执行。"],
    ),
    "a paragraph under a heading belongs to it, even the last one": (
        ["一、甲", "各地要做好工作。", "二、乙", "各地要抓好落实，不得拖延。"],
        ["lvl_1 甲", "lvl_1__para_1 各地要做好工作。", "lvl_2 乙", "lvl_2__para_1 各地要抓好落实，不得拖延。"],
    ),
    "a year after the mark is no decimal": (
        ["一、2019年的安排", "二、1997年以后的裁决按本办法执行。", "三、附则"],
        ["lvl_1 2019年的安排", "lvl_2 1997年以后的裁决按本办法执行。", "lvl_3 附则"],
    ),
    "grades are no numbers (一、二级), amounts are none (3.5亿元)": (
        ["一、甲", "一、二级客运站应当封闭发车。", "3.5亿元以上的项目优先。", "二、乙"],
        ["lvl_1 甲", "lvl_1__para_1 一、二级客运站应当封闭发车。", "lvl_1__para_2 3.5亿元以上的项目优先。", "lvl_2 乙"],
    ),
    "measures fused on one line part after the labelled note": (
        ["一、措施", "健全机制。明确各方责任分工，形成合力。(责任部门:区科委、区卫 健委) 优化审批。提高各项审批效率，便利企业。(责任部门:区科委)"],
        ["lvl_1 措施", "lvl_1__measure_1 健全机制。明确各方责任分工，形成合力。(责任部门:区科委、区卫健委)",
         "lvl_1__measure_2 优化审批。提高各项审批效率，便利企业。(责任部门:区科委)"],
    ),
    "a sentence broken by a page, a word broken by a page": (
        ["一、甲", "适应城市功能定位，加快集聚产业链的龙头企业总部及服务", "", "机构，提升服务能力和水平，推动建立健全长效机", "", "制。"],
        ["lvl_1 甲", "lvl_1__para_1 适应城市功能定位，加快集聚产业链的龙头企业总部及服务机构，提升服务能力和水平，推动建立健全长效机制。"],
    ),
    "page marks, also as OCR reads them, part no sentence": (
        ["一、甲", "加快建设一批具有国际竞争力的产业创新平台和公共服务", "一 5 一", "平台，形成合力。", "— 6 —", "二、乙"],
        ["lvl_1 甲", "lvl_1__para_1 加快建设一批具有国际竞争力的产业创新平台和公共服务平台，形成合力。", "lvl_2 乙"],
    ),
    "a heading without full stop is not joined to the paragraph below": (
        ["一、甲", "（二）加快构建集园区开发、资本运作、成果转化、企业服务于一体的园区运作新机制", "推动重心下沉、权力下放。"],
        ["lvl_1 甲", "lvl_1__lvl_2 加快构建集园区开发、资本运作、成果转化、企业服务于一体的园区运作新机制",
         "lvl_1__lvl_2__para_1 推动重心下沉、权力下放。"],
    ),
    "rows keep their cells, tables their rows": (
        ["一、甲", "序号\t名称\t备注", "1\t乙 丙\t", "二、丁"],
        ["lvl_1 甲", "lvl_1__table_1", "lvl_1__table_1__row_1 序号\t名称\t备注", "lvl_1__table_1__row_2 1\t乙丙", "lvl_2 丁"],
    ),
    "names in columns are rows": (
        ["一、名单", "孙某某　　国务院副总理", "李　某　　教育部部长"],
        ["lvl_1 名单", "lvl_1__table_1", "lvl_1__table_1__row_1 孙某某\t国务院副总理", "lvl_1__table_1__row_2 李某\t教育部部长"],
    ),
    "annexes have trees of their own, the list of annexes is none": (
        ["一、甲", "附件：1.分工方案", "2.名单", "某某市人民政府", "2021年3月1日", "附件1", "分工方案", "一、乙", "（一）丙", "附件2", "名单", "丁。"],
        ["lvl_1 甲", "annex_1 分工方案", "annex_1__lvl_1 乙", "annex_1__lvl_1__lvl_1 丙",
         "annex_2 名单", "annex_2__para_1 丁。"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", _OFFICIAL)
def test_official_documents(case: str) -> None:
    lines, expected = _OFFICIAL[case]
    assert _outline(*lines) == expected


_STATUTES = {
    "one 款 stays in the article, 项 are its children": (
        ["第一条 为了规范，制定本法。", "第二条 应当具备：", "（一）章程；", "（二）住所：", "1.自有；", "2.租赁。", "第三条 本法自公布之日起施行。"],
        ["art_1 为了规范，制定本法。", "art_2 应当具备：", "art_2__subpara_1 章程；", "art_2__subpara_2 住所：",
         "art_2__subpara_2__item_1 自有；", "art_2__subpara_2__item_2 租赁。", "art_3 本法自公布之日起施行。"],
    ),
    "several 款; a paragraph after the 项 is a further 款": (
        ["第一条 甲。", "第二条 乙：", "（一）丙。", "丁。", "（一）戊。", "第三条 己。"],
        ["art_1 甲。", "art_2", "art_2__para_1 乙：", "art_2__para_1__subpara_1 丙。", "art_2__para_2 丁。",
         "art_2__para_2__subpara_1 戊。", "art_3 己。"],
    ),
    "parts, chapters, sections; 目录 makes no articles": (
        ["目　录", "第一编　总则", "第一章　任务", "第一节　原则", "第一编　总则", "第一章　任务", "第一节　原则", "第一条　甲。", "第二条　乙。",
         "第三条　丙。"],
        ["part_1 总则", "part_1__chp_1 任务", "part_1__chp_1__sec_1 原则", "part_1__chp_1__sec_1__art_1 甲。",
         "part_1__chp_1__sec_1__art_2 乙。", "part_1__chp_1__sec_1__art_3 丙。"],
    ),
    "contents without a heading; 分编 below 编": (
        ["第一编　总则", "第一分编　通则", "第二分编　附则", "第一编　总则", "第一分编　通则", "第一条　甲。", "第二条　乙。", "第二分编　附则", "第三条　丙。"],
        ["part_1 总则", "part_1__part_1 通则", "part_1__part_1__art_1 甲。", "part_1__part_1__art_2 乙。", "part_1__part_2 附则",
         "part_1__part_2__art_3 丙。"],
    ),
    "inserted articles": (
        ["第一条 甲。", "第二条 乙。", "第二条之一 丙。", "第三条 丁。"],
        ["art_1 甲。", "art_2 乙。", "art_2-1 丙。", "art_3 丁。"],
    ),
    "no blank after the number; a blank inside it; the label alone on its line": (
        ["第一条为了规范，制定本法。", "第 二 条 乙。", "第三条", "　丙。", "第四条丁。"],
        ["art_1 为了规范，制定本法。", "art_2 乙。", "art_3 丙。", "art_4 丁。"],
    ),
    "citations at the start of a line are no articles": (
        ["第一条 甲。", "第二条 违反本法第四条、", "第五条以及第六条的规定的，处罚款。", "第三条 乙。", "第三条规定的情形除外。"],
        ["art_1 甲。", "art_2", "art_2__para_1 违反本法第四条、", "art_2__para_2 第五条以及第六条的规定的，处罚款。", "art_3",
         "art_3__para_1 乙。", "art_3__para_2 第三条规定的情形除外。"],
    ),
    "a wrapped line that begins with the number of the article to come": (
        ["第一条 甲。", "第二条 有前款规定情形之一且拒不改正的，由有关主管部门依照本法", "第三条处以罚款并责令改正。", "第三条 乙。", "第四条 丙。"],
        ["art_1 甲。", "art_2 有前款规定情形之一且拒不改正的，由有关主管部门依照本法第三条处以罚款并责令改正。", "art_3 乙。", "art_4 丙。"],
    ),
    "an article whose forerunner lost its full stop, and no other of its number": (
        ["第一条 甲。", "第二条 本办法适用于本市行政区域内的有关活动", "第三条有关部门应当配合。", "第四条 乙。"],
        ["art_1 甲。", "art_2 本办法适用于本市行政区域内的有关活动", "art_3 有关部门应当配合。", "art_4 乙。"],
    ),
    "an article whose first words count (第一审), below a heading that ends in no mark": (
        ["一、立案", "第一条 甲。", "二、立案、结案时间及审理期限的计算", "第二条　第一审人民法院应当立案。", "第三条 乙。"],
        ["lvl_1 立案", "lvl_1__art_1 甲。", "lvl_2 立案、结案时间及审理期限的计算", "lvl_2__art_2 第一审人民法院应当立案。",
         "lvl_2__art_3 乙。"],
    ),
    "a chapter whose first words count, without a blank before them": (
        ["第一章总则", "第一条 甲。", "第二章第一审程序", "第二条 乙。", "第三章第三者责任", "第三条 丙。", "第三章第二节规定的情形除外。"],
        ["chp_1 总则", "chp_1__art_1 甲。", "chp_2 第一审程序", "chp_2__art_2 乙。", "chp_3 第三者责任", "chp_3__art_3",
         "chp_3__art_3__para_1 丙。", "chp_3__art_3__para_2 第三章第二节规定的情形除外。"],
    ),
    "a wrapped line that begins with an article cited": (
        ["第一条 甲。", "第二条 有前款规定情形之一且拒不改正的，由有关主管部门依照本法", "第三条的规定处罚。", "第三条 乙。"],
        ["art_1 甲。", "art_2 有前款规定情形之一且拒不改正的，由有关主管部门依照本法第三条的规定处罚。", "art_3 乙。"],
    ),
    "articles of another statute, quoted from the middle of it": (
        ["本通知引用的《某法》有关条款及说明如下所列", "第一百六十九条　申请执行的期限为一年。", "第二百零四条　甲。"],
        ["art_169 申请执行的期限为一年。", "art_204 甲。"],
    ),
    "words before the first article": (
        ["为了适用法律，制定本解释。", "第一条 甲。", "第二条 乙。", "第三条 丙。"],
        ["preface 为了适用法律，制定本解释。", "art_1 甲。", "art_2 乙。", "art_3 丙。"],
    ),
    "headings numbered 一、 over articles (judicial interpretations)": (
        ["一、一般规定", "第一条 甲。", "第二条 乙。", "二、管辖", "第三条 丙：", "（一）丁。"],
        ["lvl_1 一般规定", "lvl_1__art_1 甲。", "lvl_1__art_2 乙。", "lvl_2 管辖", "lvl_2__art_3 丙：", "lvl_2__art_3__subpara_1 丁。"],
    ),
    "the last 项 of a list, without a full stop, is no heading over the article below it": (
        ["第一条 支持范围：", "（一）海上风电", "（二）光伏", "（三）其他项目", "第二条 甲。", "第三条 乙。"],
        ["art_1 支持范围：", "art_1__subpara_1 海上风电", "art_1__subpara_2 光伏", "art_1__subpara_3 其他项目", "art_2 甲。",
         "art_3 乙。"],
    ),
    "目 stand between the 项": (
        ["第一条 支持范围：", "（一）风电", "（二）光伏", "1.集中式", "2.分布式", "（三）其他项目", "第二条 甲。", "第三条 乙。"],
        ["art_1 支持范围：", "art_1__subpara_1 风电", "art_1__subpara_2 光伏", "art_1__subpara_2__item_1 集中式",
         "art_1__subpara_2__item_2 分布式", "art_1__subpara_3 其他项目", "art_2 甲。", "art_3 乙。"],
    ),
    "words of its own stand below a 项": (
        ["第一条 支持范围：", "（一）风电", "指海上的项目。", "（二）其他项目", "第二条 甲。", "第三条 乙。"],
        ["art_1", "art_1__para_1 支持范围：", "art_1__para_1__subpara_1 风电", "art_1__para_2 指海上的项目。",
         "art_1__para_2__subpara_2 其他项目", "art_2 甲。", "art_3 乙。"],
    ),
    "a list numbered 一、 in an article": (
        ["第一条 支持范围：", "一、海上风电", "二、其他项目", "第二条 甲。", "第三条 乙。"],
        ["art_1 支持范围：", "art_1__subpara_1 海上风电", "art_1__subpara_2 其他项目", "art_2 甲。", "art_3 乙。"],
    ),
    "headings numbered （一） over articles that hold lists of their own": (
        ["（一）立案", "第一条 应当具备：", "（一）章程", "（二）住所。", "（二）管辖", "第二条 甲。", "（三）送达", "第三条 乙。"],
        ["lvl_1 立案", "lvl_1__art_1 应当具备：", "lvl_1__art_1__subpara_1 章程", "lvl_1__art_1__subpara_2 住所。",
         "lvl_2 管辖", "lvl_2__art_2 甲。", "lvl_3 送达", "lvl_3__art_3 乙。"],
    ),
    "both numbers would go on: above an article a short line is a heading": (
        ["（一）立案", "第一条 应当具备：", "（一）章程；", "（二）管辖", "第二条 甲。", "第三条 乙。"],
        ["lvl_1 立案", "lvl_1__art_1 应当具备：", "lvl_1__art_1__subpara_1 章程；", "lvl_2 管辖", "lvl_2__art_2 甲。",
         "lvl_2__art_3 乙。"],
    ),
    "headings 一、 whose articles hold lists （一）": (
        ["一、立案", "第一条 应当具备：", "（一）章程", "（二）住所", "二、管辖", "第二条 甲。", "第三条 乙。"],
        ["lvl_1 立案", "lvl_1__art_1 应当具备：", "lvl_1__art_1__subpara_1 章程", "lvl_1__art_1__subpara_2 住所", "lvl_2 管辖",
         "lvl_2__art_2 甲。", "lvl_2__art_3 乙。"],
    ),
    "a first heading after articles without one": (
        ["第一条 甲。", "第二条 乙。", "一、管辖", "第三条 丙。", "二、送达", "第四条 丁。"],
        ["art_1 甲。", "art_2 乙。", "lvl_1 管辖", "lvl_1__art_3 丙。", "lvl_2 送达", "lvl_2__art_4 丁。"],
    ),
    "a chapter whose heading stands on the next line": (
        ["第一章", "总则", "第一条 甲。", "第二条 乙。", "第三条 丙。"],
        ["chp_1 总则", "chp_1__art_1 甲。", "chp_1__art_2 乙。", "chp_1__art_3 丙。"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", _STATUTES)
def test_statutes(case: str) -> None:
    lines, expected = _STATUTES[case]
    document = parse_text("\n".join(lines))
    assert document.grammar is Grammar.LEGISLATION
    assert outline(document) == expected


def test_article_headings() -> None:
    document = parse_text("第一条【目的】为了规范。\n第二条（范围）适用于本市。\n第三条 （一）甲。")
    assert [clause.heading for clause in document.clauses] == ["目的", "范围", "一"]


_AMENDMENTS = {
    "quoted paragraphs": (
        ["# 某某法修正案", "一、在第五条增加一款，将该条修改为：“甲有下列情形之一的：", "“（一）乙；", "“（二）丙。", "“丁。”", "二、本修正案自公布之日起施行。"],
        ["lvl_1 在第五条增加一款，将该条修改为：", "lvl_1__quote_1 “甲有下列情形之一的：", "lvl_1__quote_2 “（一）乙；",
         "lvl_1__quote_3 “（二）丙。", "lvl_1__quote_4 “丁。”", "lvl_2 本修正案自公布之日起施行。"],
    ),
    "a quoted article is no article of the amendment": (
        ["# 关于修改《某某条例》的决定", "一、第三条改为第四条，修改为：", "“第四条　甲。", "乙。”", "二、删去第五条。"],
        ["lvl_1 第三条改为第四条，修改为：", "lvl_1__quote_1 甲。", "lvl_1__quote_2 乙。”", "lvl_2 删去第五条。"],
    ),
    "terms quoted inside an instruction stay in it": (
        ["# 关于修改《某某条例》的决定", "一、将第三条中的“县级”修改为“市级”。", "二、删去第五条。"],
        ["lvl_1 将第三条中的“县级”修改为“市级”。", "lvl_2 删去第五条。"],
    ),
    "a quotation never closed ends where the next item begins": (
        ["# 关于修改《某某条例》的决定", "一、第三条修改为：", "“甲。", "乙。", "二、删去第五条。"],
        ["lvl_1 第三条修改为：", "lvl_1__quote_1 “甲。", "lvl_1__quote_2 乙。", "lvl_2 删去第五条。"],
    ),
    "articles of an amendment to a constitution": (
        ["# 某某法修正案", "第一条　第十条修改为：“甲。”", "第二条　第十一条增加一款：“乙。”"],
        ["art_1 第十条修改为：", "art_1__quote_1 “甲。”", "art_2 第十一条增加一款：", "art_2__quote_1 “乙。”"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", _AMENDMENTS)
def test_amendments(case: str) -> None:
    lines, expected = _AMENDMENTS[case]
    document = parse_text("\n".join(lines))
    assert document.grammar is Grammar.AMENDMENT
    assert outline(document) == expected


_ARTICLES = ["第一条 甲。", "第二条 乙。", "第三条 本法自公布之日起施行。"]


@pytest.mark.parametrize(
    "footer",
    [
        ["版权所有：某某局 技术支持：某某局信息中心", "地址：某某路1号", "京ICP备12345678号", "京公网安备 11010202000000号", "Produced By CMS"],
        ["主办单位：某某市人民政府办公厅", "承办：某某中心", "沪ICP备05000000号-1 网站标识码：3100000000"],
        ["关于我们", "互联网新闻信息服务许可证：10120170000"],
        ["Copyright © 2020 某某网 All Rights Reserved", "本站已支持ipv6访问", "法律声明"],
    ],
)  # fmt: skip
def test_the_footer_of_a_page_is_no_part_of_the_last_article(footer: list[str]) -> None:
    text = "\n".join([*_ARTICLES, *footer])
    document, rest = parse_with_rest(text)
    assert [clause.id for clause in document.walk()] == ["art_1", "art_2", "art_3"]
    assert [text[slice(*entry.span)] for entry in rest if entry.reason == "page footer"] == footer
    assert unaccounted(text, document, rest) == []


@pytest.mark.parametrize(
    "lines",
    [
        [
            "主办单位：某某局",
            "承办单位：某某中心",
        ],  # facts of the document, no record or copyright line beside them
        ["所得成果版权所有人为主办单位。"],
        ["版权所有：某某局", "四、附则", "甲。"],
    ],
)
def test_words_of_the_body_are_no_footer(lines: list[str]) -> None:
    text = "\n".join(["一、甲", "二、乙", "三、丙", *lines])
    assert [entry.reason for entry in parse_with_rest(text)[1]] == []


def test_members_of_an_enumeration_keep_their_printed_number() -> None:
    text = "一、做到： 一是甲；\u3000二是乙。"
    members = parse_text(text).clauses[0].children
    assert [(item.kind, item.label, item.number) for item in members] == [
        (ClauseKind.ITEM, "一是", "1"),
        (ClauseKind.ITEM, "二是", "2"),
    ]
    assert [text[slice(*item.span)] for item in members] == ["一是甲；", "二是乙。"]


@pytest.mark.parametrize(
    "marks",
    [
        [f"{number}是" for number in [*"一二三四五六七八九十", "十一", "十二"]],
        [f"（{index}）" for index in range(1, 13)],
        [f"({index})" for index in range(1, 11)],
        [f"（{number}）" for number in [*"一二三四五六七八九十", "十一"]],
        [chr(0x2460 + index) for index in range(12)],
    ],
)
def test_an_enumeration_may_have_ten_members_and_more(marks: list[str]) -> None:
    text = "一、统筹推进\n要做到：" + "；".join(f"{mark}落实甲项工作" for mark in marks) + "。"
    items = [clause for clause in parse_text(text).walk() if clause.kind is ClauseKind.ITEM]
    assert [item.number for item in items] == [str(index) for index in range(1, len(marks) + 1)]


@pytest.mark.parametrize(
    ("words", "marks", "reason"),
    [
        ("申报条件为：1.在本区注册；2.信用良好。", ["1.", "2."], "behind a colon, parted by ；"),
        ("完善设施。1.新建用房。2.改造旧房。", ["1.", "2."], "whole sentences"),
        ("包括：1、甲；2、乙；3、丙。", ["1、", "2、", "3、"], "a comma behind the number"),
        ("包括：1．甲；2．乙。", ["1．", "2．"], "a wide point"),
        ("新建：1.管网1.5公里；2.泵站2.1万平方米。", ["1.", "2."], "decimals inside the members"),
        ("增长1.5%；降低2.3%。", [], "decimals alone"),
        ("增速为：1.5倍；2.3倍。", [], "decimals behind a colon"),
        ("包括：1.甲；3.丙。", [], "a number is missing"),
        ("包括：2.甲；3.乙。", [], "the first one is missing"),
        ("包括：1.甲。", [], "one alone"),
        ("详见《目录（1.甲；2.乙）》。", [], "inside a title"),
        ("见2020年1.2.3号楼。", [], "numbers of houses"),
    ],
)
def test_an_enumeration_in_figures_inside_a_paragraph(words: str, marks: list[str], reason: str) -> None:
    document = parse_text(f"某区实施办法\n一、{words}\n二、其他事项。\n")
    items = [clause.label for clause in document.walk() if clause.kind is ClauseKind.ITEM]
    assert items == marks, reason


def test_an_article_of_a_statute_is_not_parted() -> None:
    document = parse_text("第一条 甲。\n第二条 应当：一是乙；二是丙。\n第三条 丁。")
    assert [clause.id for clause in document.walk()] == ["art_1", "art_2", "art_3"]


def test_a_quoted_article_keeps_its_number_as_label_of_the_quote() -> None:
    quote = parse_text("# 关于修改《某条例》的决定\n一、第三条修改为：\n“第四条　甲。”").find(
        "lvl_1__quote_1"
    )
    assert quote is not None
    assert (quote.kind, quote.label, quote.number) == (ClauseKind.QUOTE, "“第四条", "4")


def test_headings_are_told_by_the_clauses_beside() -> None:
    named = parse_text("一、建设平台。推进各项工作。\n二、培育企业。支持各类主体。")
    plain = parse_text(
        "一、各级机关要接受监督。对反映的问题要查处。\n二、会议每月召开一次，由主任主持；另有规定的除外。"
    )
    assert [clause.heading for clause in named.clauses] == ["建设平台", "培育企业"]
    assert [clause.heading for clause in plain.clauses] == [None, None]


def test_doubt_about_numbers_is_a_diagnostic_with_its_place() -> None:
    text = "第一条 甲。\n第二条 乙。\n第五条 丙。"
    entry = parse_text(text).diagnostics[0]
    assert entry.message == "第五条 follows article 2"
    assert entry.span is not None
    assert text[slice(*entry.span)] == "第五条 丙。"
