"""Documents cited: titles, numbers, relations, articles, references back."""

import pytest

from policydiff.annotate.citations import find_citations
from policydiff.annotate.cited_titles import find_titles
from policydiff.annotate.passages import Passage, Source
from policydiff.lexicon.document_numbers import find_decrees, find_numbers
from policydiff.model import Citation

from .factories import passages

Row = tuple[str | None, str | None, str, str | None, str | None]


def cite(*texts: str, title: str | None = None, is_statute: bool = False) -> list[Citation]:
    return list(find_citations([passage for passage, _ in passages(*texts)], title, is_statute=is_statute))


def rows(*texts: str, title: str | None = None, is_statute: bool = False) -> list[Row]:
    return [
        (item.title, item.document_number, item.relation.value, item.article, item.resolved)
        for item in cite(*texts, title=title, is_statute=is_statute)
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("落实《甲办法》和《乙规划》", ["甲办法", "乙规划"]),
        ("《关于修改〈甲条例〉的决定》", ["关于修改〈甲条例〉的决定"]),  # nested marks of the right form
        ("《关于修改《甲条例》的决定》施行", ["关于修改《甲条例》的决定"]),  # nested marks of the same form
        (
            "《关于印发〈甲办法的通知》、《乙规划》",
            ["关于印发〈甲办法的通知", "乙规划"],
        ),  # inner mark left open
        ("甲实施意见（试行）》，《实施意见》已发布", ["实施意见"]),  # closing mark without an opening one
        ("《甲、《乙办法》施行", ["乙办法"]),  # opening mark without a closing one
        ("《甲。乙》", []),  # no title runs over the end of a sentence
        ("据《人民日报》和《求是》杂志", ["求是"]),  # newspapers are no documents
        ("填写《检察建议书》、《申请表》，换发《许可证》", []),  # nor are forms
        ("发布《中国制造业发展白皮书》", ["中国制造业发展白皮书"]),  # a white paper is one
        ("《》", []),
    ],
)
def test_titles(words: str, expected: list[str]) -> None:
    assert [title.title for title in find_titles(words)] == expected


@pytest.mark.parametrize(
    ("words", "number", "short"),
    [
        ("《甲意见》（沪府办规〔2021〕5号）", "沪府办规〔2021〕5号", None),
        ("《甲意见》(沪府发[2018]25号)", "沪府发〔2018〕25号", None),  # other brackets
        (
            "《甲意见》（国发〔2015〕43 号，以下简称《意见》）",
            "国发〔2015〕43号",
            "意见",
        ),  # a blank, a short form
        (
            "《甲办法》（试行）（国办发〔2016〕11号）",
            "国办发〔2016〕11号",
            None,
        ),  # a version before the number
        ("《甲条例》（国务院令第707号）", "国令第707号", None),
        ("《甲公告》（公告2018年第5号）", "公告2018年第5号", None),
        ("（《甲通知》（岚综管办〔2015〕12号））", "岚综管办〔2015〕12号", None),  # a bracket around both
        ("《会议纪要》（〔2015〕22号）", "〔2015〕22号", None),  # the body left out
        ("《甲规划》（以下简称“《规划》”）", None, "规划"),
        ("《甲规划》（基金会除外）", None, None),  # another bracket is no part of the title
    ],
)
def test_brackets_after_a_title(words: str, number: str | None, short: str | None) -> None:
    (title,) = find_titles(words)
    assert (title.number, title.short) == (number, short)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("根据国发〔2013〕40号和国办发〔2017〕44号", ["国发〔2013〕40号", "国办发〔2017〕44号"]),
        ("和政县和政发〔2020〕3号", ["和政县和政发〔2020〕3号"]),  # 和 is part of a place name
        ("按照普商务〔2021〕8 号文件", ["普商务〔2021〕8号"]),
        ("依据国务院令第591号和国办发〔2019〕8号文件", ["国办发〔2019〕8号"]),
        ("国发〔2016〕76号文件要求", ["国发〔2016〕76号"]),
        ("国发〔2016〕76 号、77号文", ["国发〔2016〕76号", "国发〔2016〕77号"]),  # code and year said once
        ("沪府发〔2016〕7号和〔2018〕9号", ["沪府发〔2016〕7号", "沪府发〔2018〕9号"]),  # the code said once
        ("沪府发〔2016〕7号、8号线建设", ["沪府发〔2016〕7号"]),  # a line, no document
        ("（94）财税字第089号", ["财税字〔1994〕89号"]),  # as numbers were written before 2000
        ("第145054号提案", []),  # a number of something else
        ("详见文件（2021）", []),
        (
            "某政发〔2021〕9号第三条和某财规〔2022〕3号",
            ["某政发〔2021〕9号", "某财规〔2022〕3号"],
        ),  # a place between
        ("国发〔2020〕1号第二款以及省教育厅某教发〔2022〕8号", ["国发〔2020〕1号", "某教发〔2022〕8号"]),
        ("某发〔2020〕3号第（二）项与市水务局某水发〔2021〕7号", ["某发〔2020〕3号", "某水发〔2021〕7号"]),
        ("适用财税〔2016〕36号", ["财税〔2016〕36号"]),  # a verb is no part of a code
        ("条山镇条政发〔2020〕3号", ["条山镇条政发〔2020〕3号"]),  # 条 in a name, and no place
    ],
)
def test_numbers(words: str, expected: list[str]) -> None:
    assert [number.number for number in find_numbers(words)] == expected


def test_decrees() -> None:
    assert [found.number for found in find_decrees("根据财政部令第33号、国务院令第 707 号")] == [
        "财政部令第33号",
        "国令第707号",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("财政部第33号令", ["财政部令第33号"]),  # the number in front
        ("国家发展改革委2018年第16号令", ["国家发展改革委令2018年第16号"]),
        ("2002年12月31日市人民政府第12号令", ["市人民政府令第12号"]),  # the date is none of the name
        ("１月１日公安部令第１２５号", ["公安部令第125号"]),  # full width
        ("执行第3号令", []),  # nobody's
    ],
)
def test_decrees_as_they_are_written(words: str, expected: list[str]) -> None:
    assert [found.number for found in find_decrees(words)] == expected


@pytest.mark.parametrize(
    ("words", "title", "number"),
    [
        ("落实国务院关于甲工作的意见（国发〔2016〕36号）", "国务院关于甲工作的意见", "国发〔2016〕36号"),
        (
            "根据国务院、中央军委关于甲、乙的若干意见（国发〔2018〕1号）",
            "国务院、中央军委关于甲、乙的若干意见",
            "国发〔2018〕1号",
        ),  # 、 parts two bodies, and stands in the name
        (
            "国务院办公厅转发商务部关于甲意见的通知（国办发〔2018〕1号）",
            "国务院办公厅转发商务部关于甲意见的通知",
            "国办发〔2018〕1号",
        ),
        ("结合健康上海行动实施方案（沪府发〔2019〕1号）", "健康上海行动实施方案", "沪府发〔2019〕1号"),
        ("按照行政许可法（主席令第7号）", "行政许可法", "主席令第7号"),
        ("按照市政府印发的实施方案（沪府发〔2018〕1号）", None, "沪府发〔2018〕1号"),  # no name of its own
        ("按照有关文件（沪府发〔2018〕1号）", None, "沪府发〔2018〕1号"),
        ("根据国务院关于甲工作的意见精神", "国务院关于甲工作的意见", None),  # by body and verb
        ("按照省委、省政府关于甲的决定，推进", "省委、省政府关于甲的决定", None),
    ],
)
def test_titles_without_marks(words: str, title: str | None, number: str | None) -> None:
    assert [(row[0], row[1]) for row in rows(words)] == [(title, number)]


@pytest.mark.parametrize(
    "words",
    [
        "按照国家关于收费的规定办理",  # no body, and a kind that is often no document
        "根据各单位关于甲工作的意见，修改",  # opinions of anybody
        "执行企业关于薪酬的方案，",
        "关于甲工作的意见另行制定",
    ],
)
def test_words_that_name_no_document(words: str) -> None:
    assert rows(words) == []


def test_a_title_without_marks_may_be_referred_to() -> None:
    found = rows(
        "落实国务院关于甲工作的意见（国发〔2016〕36号，以下简称《意见》）。",
        "《意见》提出目标。该意见明确要求。",
    )
    assert [row[4] for row in found] == [None, "国务院关于甲工作的意见", "国务院关于甲工作的意见"]


@pytest.mark.parametrize(
    ("sentence", "relations"),
    [
        (
            "根据《甲》以及《乙》，结合《丙》（沪府发〔2018〕25号）以及《丁》，坚持以人民为中心。",
            "basis basis implements implements",
        ),
        ("为贯彻落实《甲》，提出以下意见。", "implements"),
        ("推进《甲规划纲要》落地，制定本方案。", "implements"),
        ("按照《甲通知》要求，完善体系。", "basis"),
        (
            "为落实国务院《甲意见》、国务院办公厅《乙意见》，加快建设。",
            "implements implements",
        ),  # bodies between
        ("要贯彻执行国务院发布的《甲条例》。", "implements"),  # 发布的 belongs to the title
        ("本办法自2020年1月1日起施行。1991年国务院发布的《甲规定》同时废止。", "repeals"),
        ("自本通知印发之日起，《甲通知》（国办发〔2016〕82号）停止执行。", "repeals"),
        ("《甲》、《乙》同时废止。", "repeals repeals"),
        ("根据《甲法》，《乙办法》同时废止。", "basis repeals"),  # the verb in front holds its own
        ("决定对《甲条例》作如下修改：", "amends"),
        ("加快修订《甲组织法》，完善制度。", "cites"),  # asks for an amendment, and amends nothing
        ("修改《甲条例》第三条。", "amends"),
        ("不再执行《甲规定》中的限制。", "cites"),
        ("违反《甲条例》规定的，予以处罚。", "cites"),
        ("符合《甲办法》的规定。", "cites"),
        ("《规划》提出加快建设。", "cites"),
    ],
)
def test_relations(sentence: str, relations: str) -> None:
    found = [item.relation.value for item in cite(sentence) if item.title]
    assert found == relations.split()


def test_articles_belong_to_the_citation() -> None:
    assert rows("依照《甲法》第五十二条第二款、第五十三条的规定", "违反《乙法》第八十七条第（四）项") == [
        ("甲法", None, "basis", "第五十二条第二款、第五十三条", None),
        ("乙法", None, "cites", "第八十七条第（四）项", None),
    ]


def test_short_forms_stand_for_the_title_they_were_introduced_for() -> None:
    found = rows(
        "落实《健康上海行动规划》（沪府发〔2019〕1号，以下简称《规划》）和《甲实施意见（试行）》。",
        "《规划》提出目标。《实施意见》细化目标。《办法》另行制定。",
    )
    assert [row[4] for row in found] == [None, None, "健康上海行动规划", "甲实施意见（试行）", None]


def test_a_short_form_in_brackets_is_no_citation_of_its_own() -> None:
    assert len(rows("落实《甲规划纲要》（以下简称《纲要》）。")) == 1


@pytest.mark.parametrize(
    ("texts", "is_statute", "expected"),
    [
        (["落实《甲管理办法》。该办法第三条规定"], False, [(None, None), ("第三条", "甲管理办法")]),
        (["该办法另行制定"], False, []),  # nothing it could mean
        (["应该意见一致"], False, []),  # 应该 is a word
        (["各区要根据本意见制定政策"], False, []),  # how a document speaks of itself
        (["本意见第三条所称机构"], False, [("第三条", "self")]),
        (["本法所称证券"], True, []),
        (["依照本法第十条第二款处理"], True, [("第十条第二款", "self")]),
        (["有前款所列行为"], True, [("前款", "self")]),
        (["本法人治理结构"], False, []),  # 法人
    ],
)
def test_references_back(
    texts: list[str], *, is_statute: bool, expected: list[tuple[str | None, str | None]]
) -> None:
    assert [(row[3], row[4]) for row in rows(*texts, is_statute=is_statute)] == expected


def test_the_short_form_of_the_document_itself() -> None:
    assert rows("《若干意见》共50条。", title="某市关于健康服务业的若干意见")[0][4] == "self"


def test_spans_hold_title_brackets_and_article() -> None:
    text = "根据《甲法》（国函〔2010〕3号）第五条，制定。"
    (item,) = cite(text)
    assert text[item.span.start : item.span.end] == "《甲法》（国函〔2010〕3号）第五条"


def test_a_notice_carries_what_it_issues_and_not_what_that_rests_on() -> None:
    words = "根据《甲通知》（某海渔〔2016〕93号）文件精神，结合实际，制定了《乙要点》，现予以印发。"
    found = find_citations([Passage(words, Source(words))], None, is_statute=False)
    assert [(item.title, item.relation.value) for item in found] == [
        ("甲通知", "basis"),
        ("乙要点", "carries"),
    ]


@pytest.mark.parametrize(
    ("words", "title", "number"),
    [
        ("应当符合GB 5749—2022《生活饮用水卫生标准》的规定", "生活饮用水卫生标准", "GB 5749-2022"),
        ("应当符合《生活饮用水卫生标准》（GB 5749—2022）的规定", "生活饮用水卫生标准", "GB 5749-2022"),
        ("执行GB/T 9704-2012 《党政机关公文格式》", "党政机关公文格式", "GB/T 9704-2012"),  # a blank between
        ("按照DB31/T 1234—2020《某某服务规范》执行", "某某服务规范", "DB31/T 1234-2020"),
        ("符合JGJ 59-2011《建筑施工安全检查标准》", "建筑施工安全检查标准", "JGJ 59-2011"),
        ("根据国发〔2016〕36号《国务院关于某事的意见》", "国务院关于某事的意见", "国发〔2016〕36号"),
        ("根据国务院令第707号《某某条例》", "某某条例", "国令第707号"),
        ("根据国务院令第752号公布的《某某条例》", "某某条例", "国令第752号"),
        ("按照某府发〔2021〕6号印发的《某某方案》", "某某方案", "某府发〔2021〕6号"),
        ("依照市人民政府令第8号发布的《某某规定》", "某某规定", "市人民政府令第8号"),
    ],
)
def test_a_number_before_a_title_is_the_number_of_that_title(words: str, title: str, number: str) -> None:
    (found,) = cite(words)
    assert (found.title, found.document_number) == (title, number)


def test_a_number_beside_another_title_stays_alone() -> None:
    found = cite("应当符合GB 5749—2022、《某某规范》和GB 3838-2002的规定。")
    assert [(each.title, each.document_number) for each in found] == [
        (None, "GB 5749-2022"),
        ("某某规范", None),
        (None, "GB 3838-2002"),
    ]
