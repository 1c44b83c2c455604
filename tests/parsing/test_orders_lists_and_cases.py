"""Orders without a text of their own, lists without marks, ends of judgements, news that carry a text, and lines run together."""

import pytest

from policydiff.annotate import annotate
from policydiff.extract import extract
from policydiff.model import ClauseKind, Document, TargetKind
from policydiff.parsing import parse_text


def _read(text: str, name: str = "a.txt") -> Document:
    found = extract(text.encode(), name=name)
    return parse_text(found.text, declared=found.metadata, declared_title=found.title, blocks=found.blocks)


def _labels(document: Document) -> list[str]:
    return [clause.label for clause in document.walk() if clause.label]


_DONE = "为做好有关工作，现发布如下：\n一、甲事项。\n二、乙事项。\n"


@pytest.mark.parametrize(
    ("head", "end", "title", "issuers"),
    [
        # The matter stands between the body and 令; a number may stand below.
        ("河口县人民政府森林防火禁火令\n河政令〔2025〕1号", "县长　孙立", "河口县人民政府森林防火禁火令", ["河口县人民政府"]),
        ("长宁县人民政府封山禁火令", "长宁县人民政府", "长宁县人民政府封山禁火令", ["长宁县人民政府"]),
        ("青云市人民政府森林草原防火戒严令\n第2号", "青云市人民政府", "青云市人民政府森林草原防火戒严令", ["青云市人民政府"]),
        ("临海县人民政府禁猎令", "县长　孙立", "临海县人民政府禁猎令", ["临海县人民政府"]),
        # Offices that order, and orders that name no body.
        ("安平省总河长令\n第3号", "总河长：张某", "安平省总河长令", ["安平省总河长"]),
        ("安平省总林长令\n第1号", "总林长：张某", "安平省总林长令", ["安平省总林长"]),
        ("森林防火戒严令\n（第1号）", "某县人民政府", "森林防火戒严令", ["某县人民政府"]),
        ("青云县征兵命令", "县长　孙立", "青云县征兵命令", []),
        # An order of plain form, and one with a title of its own.
        ("青云市人民政府令\n第12号", "市长　孙立", "青云市人民政府令", ["青云市人民政府"]),
        ("某市防汛抗旱指挥部关于启动应急响应的命令", "某市防汛抗旱指挥部", "某市防汛抗旱指挥部关于启动应急响应的命令", ["某市防汛抗旱指挥部"]),
    ],
)  # fmt: skip
def test_an_order_that_carries_no_text(head: str, end: str, title: str, issuers: list[str]) -> None:
    found = _read(f"{head}\n{_DONE}{end}\n2025年3月18日\n")
    assert (found.title, list(found.issuing_bodies)) == (title, issuers)


def test_an_order_that_carries_a_text_has_its_title() -> None:
    text = "青云市人民政府令\n第12号\n《青云市供水办法》已经通过，现予公布。\n市长　孙立\n2025年3月18日\n青云市供水办法\n第一条 甲。\n第二条 乙。\n第三条 丙。\n"
    assert _read(text).title == "青云市供水办法"


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        # Entries with a single blank behind their number, counted anew or on below each heading.
        ("一、继续有效\n1　甲市租赁办法　甲府〔2018〕12号\n2　甲市广告规定　甲府〔2019〕30号\n二、废止\n1　甲市贷款办法　甲府〔2014〕6号\n2　甲市菜篮子意见　甲府〔2015〕3号", ["一、", "1", "2", "二、", "1", "2"]),
        ("一、民间文学\n1　白蛇传说　青山区\n2　石门故事　石门县\n二、传统技艺\n3　手工挂面　临水县", ["一、", "1", "2", "二、", "3"]),
        ("1 《甲市供水条例》\n2 《甲市燃气条例》\n3 《甲市供热条例》", ["1", "2", "3"]),
        ("一、名单\n1 甲建设有限公司\n2 乙建设有限公司", ["一、", "1", "2"]),
        # No list: one number alone, numbers that do not count on, quantities, sentences that a number opens.
        ("一、名单\n1 甲建设有限公司\n二、其他", ["一、", "二、"]),
        ("一、名单\n3 甲建设有限公司\n7 乙建设有限公司\n二、其他", ["一、", "二、"]),
        ("一、名单\n2 甲建设有限公司\n3 乙建设有限公司\n二、其他", ["一、", "二、"]),
        ("一、产出\n1 万吨水泥\n2 万吨钢材\n二、其他", ["一、", "二、"]),
        ("一、产出\n1 个园区建成\n2 个园区开工\n二、其他", ["一、", "二、"]),
    ],
)  # fmt: skip
def test_a_list_without_marks(lines: str, labels: list[str]) -> None:
    assert (
        _labels(
            _read(f"关于公布清理结果的通知\n各单位：\n现公布如下。\n{lines}\n甲市人民政府\n2024年5月6日\n")
        )
        == labels
    )


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        ("1　总则\n1.0.1　为甲。\n1.0.2　应符合下列规定：\n1　甲；\n2　乙。\n2　术语\n2.0.1　住宅", ["1", "1.0.1", "1.0.2", "1", "2", "2", "2.0.1"]),
        ("1　总则\n1.1　甲应符合下列要求：\n1　子；\n2　丑；\n3　寅。\n1.2　乙。\n2　术语\n2.1　丙", ["1", "1.1", "1", "2", "3", "1.2", "2", "2.1"]),
        # Without a colon above, 1 and 2 are chapters.
        ("1　总则\n1.1　甲。\n2　术语\n2.1　乙。\n3　要求\n3.1　丙。", ["1", "1.1", "2", "2.1", "3", "3.1"]),
    ],
)  # fmt: skip
def test_a_list_below_a_clause_of_an_outline(lines: str, labels: list[str]) -> None:
    found = _read(f"住宅设计标准\nDGJ 08-20-2019\n批准部门：上海市住房和城乡建设管理委员会\n{lines}\n")
    assert (_labels(found), found.document_number) == (labels, "DGJ 08-20-2019")
    assert "上海市住房和城乡建设管理委员会" in found.issuing_bodies
    entries = [clause for clause in found.walk() if clause.label == "1" and clause.text in ("甲；", "子；")]
    assert all(clause.id.count("__") for clause in entries)


@pytest.mark.parametrize(
    ("line", "label"),
    [("1．5G网络工程。", "1．"), ("2.3D打印产业。", "2."), ("3．4K超高清视频。", "3．"), ("1.5A级景区创建。", "1."), ("1.5亿元投资。", None), ("2.5D封装。", None), ("1.5吨钢。", None)],
)  # fmt: skip
def test_a_number_before_a_name_that_a_digit_opens(line: str, label: str | None) -> None:
    assert _labels(_read(f"某市行动方案\n一、任务\n{line}\n")) == ["一、", *([label] if label else [])]


_JUDGEMENT = "某市中级人民法院\n刑 事 裁 定 书\n（2023）黑06刑终177号\n上诉人李某。\n裁定如下：\n驳回上诉，维持原判。\n审　判　长　　付　某\n审　判　员　　姜　某\n二〇二三年九月二十日\n书　记　员　　苗　某\n"


@pytest.mark.parametrize(
    "mark",
    ["附：本裁定所依据的法律条文", "附：相关法律条文", "附相关法律条文：", "附：本案适用的法律条文", "附：判决所依据的法律规定", "附：相关法条", "附录：本案相关法律条文"],
)  # fmt: skip
def test_statutes_printed_below_a_judgement_are_its_annex(mark: str) -> None:
    found = _read(
        f"{_JUDGEMENT}{mark}\n《中华人民共和国刑事诉讼法》\n第二百三十六条　第二审人民法院应当按照下列情形分别处理：\n（一）正确的，应当裁定驳回上诉；\n"
    )
    assert (str(found.dates.issued), found.signers) == ("2023-09-20", ("付某", "姜某", "苗某"))
    assert [clause.kind for clause in found.clauses][-1] is ClauseKind.ANNEX


def test_an_indictment_is_not_of_the_court_it_addresses() -> None:
    text = "某区人民检察院\n起诉书\n海检刑诉〔2024〕312号\n被告人陈某，男。\n本院认为，其行为构成犯罪，请依法判处。\n此致\n某区人民法院\n检察官　高某\n检察官助理　唐某\n2024年6月12日\n（院印）\n附件：1.被告人取保候审于住处\n2.案卷材料二册\n"
    found = _read(text)
    assert (list(found.issuing_bodies), found.signers) == (["某区人民检察院"], ("高某", "唐某"))
    assert [each.title for each in found.attachments] == ["被告人取保候审于住处", "案卷材料二册"]
    assert not found.not_placed


@pytest.mark.parametrize("heading", ["裁判要点", "裁判要旨", "案例要点"])
def test_a_heading_below_the_title_of_a_case_stays_in_the_text(heading: str) -> None:
    found = _read(
        f"指导案例24号\n荣某诉王某机动车交通事故责任纠纷案\n（最高人民法院审判委员会讨论通过　2014年1月26日发布）\n关键词　民事　交通事故\n{heading}\n受害人没有过错。\n裁判理由\n法院认为甲。\n"
    )
    assert heading in [clause.text for clause in found.walk()]
    assert (found.document_number, found.not_placed) == ("指导案例24号", ())


@pytest.mark.parametrize(
    ("news", "title"),
    [
        ("中共中央印发《中国共产党巡视工作条例》", "中国共产党巡视工作条例"),
        ("中共中央办公厅 国务院办公厅印发《党政机关办公用房管理办法》", "党政机关办公用房管理办法"),
        ("某市人民政府发布《某市供水管理办法》", "某市供水管理办法"),
    ],
)
def test_news_carry_the_text_that_stands_below_them(news: str, title: str) -> None:
    text = f"{news}\n新华社北京2月20日电　近日，有关方面印发了《{title}》，并发出通知，要求认真遵照执行。\n{title}\n（2009年7月2日中共中央批准　2024年2月8日中共中央发布）\n第一条　为甲，制定本规定。\n第二条　乙。\n第三条　丙。\n"
    found = _read(text)
    assert (found.title, found.carrier and found.carrier.title) == (title, news.replace(" ", ""))
    assert str(found.dates.published) == "2024-02-08"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("中国人民银行 国家外汇管理局关于境内证券投资有关问题的通知为规范境内证券投资管理，根据《某条例》，现就有关问题通知如下：", "中国人民银行国家外汇管理局关于境内证券投资有关问题的通知"),
        ("某市财政局关于印发《某办法》的通知随着改革深入，为提高效益，我们制定了《某办法》，现印发给你们。", "某市财政局关于印发《某办法》的通知"),
        ("某市教育局关于规范办学行为的意见为进一步规范办学行为，提出如下意见。", "某市教育局关于规范办学行为的意见"),
        ("某局关于废止部分文件的决定根据《某条例》规定，决定废止下列文件：", "某局关于废止部分文件的决定"),
    ],
)  # fmt: skip
def test_a_title_that_runs_into_the_first_sentence(line: str, title: str) -> None:
    found = _read(f"某机关文件\n银发〔2018〕157号\n{line}\n一、甲。\n二、乙。\n三、丙。\n")
    assert found.title == title


@pytest.mark.parametrize(
    "line",
    [
        "各部门要按照某局关于做好工作的通知为群众办好实事，不得拖延。",
        "某局关于甲的通知为规范。",
        "本意见为某局关于乙的意见。",
    ],
)
def test_a_sentence_that_names_a_notice_stays_whole(line: str) -> None:
    assert line in [clause.text for clause in _read(f"某市行动方案\n一、任务\n{line}\n二、要求\n").walk()]


@pytest.mark.parametrize(
    ("title", "issuers"),
    [
        ("平武县人民政府常务会议纪要", ["平武县人民政府"]),
        ("平武县人民政府第58次常务会议纪要", ["平武县人民政府"]),
        ("平武县发展和改革局党组会议纪要", ["平武县发展和改革局"]),
        ("平武县人民政府县长办公会议纪要", ["平武县人民政府"]),
        ("某省住房和城乡建设厅专题会议纪要", ["某省住房和城乡建设厅"]),
        ("项目推进专题会议纪要", []),
    ],
)
def test_minutes_of_a_body(title: str, issuers: list[str]) -> None:
    assert (
        list(
            _read(
                f"{title}\n第27期\n8月14日，召开会议，纪要如下：\n一、甲\n会议同意。\n二、乙\n会议决定。\n"
            ).issuing_bodies
        )
        == issuers
    )


@pytest.mark.parametrize(
    ("heading", "goals"),
    [("发展现状", 0), ("主要成就", 0), ("取得的成绩", 0), ("发展基础", 0), ("主要目标", 1), ("重点任务", 1), ("发展思路", 1)],
)  # fmt: skip
def test_what_a_part_on_work_done_tells_is_no_goal(heading: str, goals: int) -> None:
    text = f"东明市水利发展规划\n第一章 {heading}\n“十四五”期间，供水能力达到85万立方米。\n第二章 保障\n加强领导。\n第三章 附则\n组织实施。\n"
    assert (
        len([each for each in annotate(_read(text), text).targets if each.kind is TargetKind.TARGET]) == goals
    )


@pytest.mark.parametrize(
    ("words", "goals"),
    [
        # Money that is raised, lent or paid back closes its part.
        ("发行地方政府专项债券30亿元，支持重大项目。", ["30亿元"]),
        ("发放普惠小微贷款120亿元。", ["120亿元"]),
        ("争取超长期特别国债12亿元，偿还到期债券6.8亿元。", ["12亿元", "6.8亿元"]),
        ("设立产业基金20亿元，处置不良贷款15亿元。", ["20亿元", "15亿元"]),
        ("筹集建设资金8000万元。", ["8000万元"]),
        # Grants, bounds, what was done, and amounts that describe a thing.
        ("发放一次性补贴2000万元。", []),
        ("已发行专项债券30亿元。", []),
        ("每户发放贷款20万元。", []),
        ("对发行债券5亿元以上的企业，给予奖励。", []),
        ("发行规模30亿元的债券应当备案。", []),
    ],
)
def test_money_that_is_raised_is_a_goal(words: str, goals: list[str]) -> None:
    text = f"全市金融工作要点\n一、任务\n{words}\n二、要求\n加强领导。\n"
    found = annotate(_read(text), text).targets
    assert [each.value + each.unit for each in found if each.kind is TargetKind.TARGET] == goals
