"""Collections of works in one file: where each begins, and lines that look like the title of a work and are none."""

import pytest

from policydiff.model import ClauseKind
from policydiff.parsing import parse_text

_FIRST = "某某大学学籍管理规定⏎第一章 总则⏎第一条 为了管理，制定本规定。⏎第二条 本规定自发布之日起施行。"
_LEVELS = "某某大学考场规则⏎一、考生凭证入场。⏎二、考生按时交卷。"

_WORKS = {
    "rules of one university without articles, a sentence above the first number": (
        f"{_FIRST}⏎某某大学教材管理办法⏎教材是教学的保证，特制定本办法。⏎一、教材由学校征订。⏎二、教材按时发放。",
        ["某某大学教材管理办法"],
    ),
    "the university's name on a line of its own belongs to the title": (
        f"{_FIRST}⏎某某大学⏎学生申诉处理办法（试行）⏎第一条 为了保护权利，制定本办法。⏎第二条 本办法自发布之日起施行。",
        ["某某大学学生申诉处理办法（试行）"],
    ),
    "levels first, articles after": (
        f"{_LEVELS}⏎某某大学宿舍管理办法⏎第一条 为了管理，制定本办法。⏎第二条 宿舍由学校分配。",
        ["某某大学宿舍管理办法"],
    ),
    "levels above levels, in a company": (
        "某有限公司考勤制度⏎一、按时上班。⏎二、不得代签。⏎某有限公司报销制度⏎一、凭票报销。⏎二、按月结算。",
        ["某有限公司报销制度"],
    ),
    "a preamble of two paragraphs above the first article of an interpretation": (
        (
            f"{_FIRST}⏎最高人民法院关于审理某类案件若干问题的规定⏎为正确审理案件，结合实践，制定本规定。"
            "⏎根据有关法律，规定如下：⏎第一条 法院应当受理。⏎第二条 本规定自公布之日起施行。"
        ),
        ["最高人民法院关于审理某类案件若干问题的规定"],
    ),
    "titles with a number, which the contents print too": (
        (
            "某集团制度汇编⏎目　录⏎1.某集团考勤管理办法　1⏎2.某集团印章使用细则　7⏎1.某集团考勤管理办法⏎第一条 按时上班。⏎第二条 不得代签。"
            "⏎2.某集团印章使用细则⏎第一条 印章由办公室保管。⏎第二条 用印须经批准。"
        ),
        ["某集团考勤管理办法", "某集团印章使用细则"],
    ),
    "titles with a Chinese number, without contents": (
        (
            "安全管理制度选编⏎一、仓库消防管理规定⏎第一条 严禁烟火。⏎第二条 每日巡查。⏎二、门卫值班制度⏎第一条 全天值班。⏎第二条 登记来访。"
        ),
        ["仓库消防管理规定", "门卫值班制度"],
    ),
    "rules of one village without articles, below the title of the collection": (
        "居民自治制度汇编⏎居民会议议事规则⏎一、会议每年召开。⏎二、会议由居委会召集。⏎居民公约⏎一、爱护公物。⏎二、邻里和睦。",
        ["居民会议议事规则", "居民公约"],
    ),
    "a part with a number above the title of its first work": (
        (
            "法规选编⏎一、法律法规⏎甲市信访条例⏎第一条 甲。⏎第二条 乙。⏎二、规范性文件⏎乙市信访规定⏎第一条 丙。⏎第二条 丁。"
        ),
        ["甲市信访条例", "乙市信访规定"],
    ),
    "titles that the contents name need no number below them": (
        (
            "前言⏎本书汇编有关规定。⏎目录⏎甲市行为准则………………1⏎乙市奖励办法(试行)……12⏎甲市行为准则⏎待人有礼。⏎爱护公物。"
            "⏎乙市⏎奖励办法(试行)⏎对先进给予奖励。⏎每年一次。"
        ),
        ["甲市行为准则", "乙市奖励办法(试行)"],
    ),
    "entries of the contents that share a line": (
        (
            "目录⏎甲校行为准则…1乙校奖励办法…12丙校收费办法………20⏎甲校行为准则⏎待人有礼。⏎乙校奖励办法⏎对先进给予奖励。"
            "⏎丙校收费办法⏎按学分收费。"
        ),
        ["乙校奖励办法", "丙校收费办法"],
    ),
    "a title of two lines that the contents name": (
        (
            "目录⏎某校学生守则......1⏎关于学科竞赛的奖励规定......9⏎某校学生守则⏎一、守纪律。⏎二、讲卫生。⏎关于学科竞赛⏎的奖励规定"
            "⏎竞赛获奖者给予奖励。"
        ),
        ["关于学科竞赛的奖励规定"],
    ),
}


@pytest.mark.parametrize(("text", "titles"), _WORKS.values(), ids=_WORKS)
def test_each_work_of_a_collection_is_a_text_of_its_own(text: str, titles: list[str]) -> None:
    document = parse_text(text.replace("⏎", "\n"))
    assert [clause.text for clause in document.clauses if clause.kind is ClauseKind.ANNEX] == titles


_NO_WORKS = {
    "rules of another house cited in a list, nothing restarts": f"{_FIRST}⏎某某大学考勤办法⏎某某大学奖励办法",
    "a heading that ends as a title does, with numbers that run on": (
        "某市工作方案⏎一、总体要求⏎做好工作。⏎奖励办法⏎二、重点任务⏎抓好落实。"
    ),
    "a heading of one's own, with numbers that begin anew, in no school and no company": (
        "某市工作方案⏎一、总体要求⏎做好工作。⏎考核办法⏎1.每年考核。⏎2.结果公开。"
    ),
    "a task that is named as a text is, with tasks below it": (
        "某镇制度建设方案⏎一、总体要求⏎抓好落实。⏎二、完善考勤管理办法⏎1.每日考勤。⏎2.按月公布。"
    ),
    "a decision that amends the articles of each text it names": (
        "某市人大常委会关于修改部分法规的决定⏎一、《甲市绿化条例》⏎第一条修改为：“为了绿化，制定本条例。”⏎二、《甲市市容条例》⏎第一条修改为：“为了市容，制定本条例。”"
    ),
    "rules of another school": f"{_LEVELS}⏎另外一所大学考场规则⏎遵守下列规定。⏎一、按时入场。",
    "the title once more above the text": f"{_LEVELS}⏎某某大学考场规则⏎一、考生凭证入场。",
    "contents that name chapters": (
        "某市条例⏎目录⏎第一章 总则……1⏎第二章 奖励办法……3⏎第一章 总则⏎第一条 甲。⏎第二章 奖励办法⏎第二条 乙。"
    ),
    "contents that name one annex": (
        "目录⏎总体要求……1⏎考核办法……2⏎总体要求⏎做好工作，抓好落实。⏎考核办法⏎每年考核一次，公布结果。"
    ),
}


@pytest.mark.parametrize("text", _NO_WORKS.values(), ids=_NO_WORKS)
def test_other_titles_in_a_text_begin_no_work(text: str) -> None:
    document = parse_text(text.replace("⏎", "\n"))
    assert not [clause for clause in document.clauses if clause.kind is ClauseKind.ANNEX]
