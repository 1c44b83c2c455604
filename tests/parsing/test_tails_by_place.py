"""Who signs, what is added below the day, and whom a text addresses, told by place; marks that count a word."""

import pytest

from policydiff.model import Clause, Document
from policydiff.parsing import parse_text

_HEAD = "关于整治市容的通知⏎各社区：⏎现将有关事项通知如下：⏎一、清理占道。⏎二、加强巡查。⏎"


def _parsed(lines: str) -> Document:
    return parse_text(lines.replace("⏎", "\n"))


def _marks(clauses: tuple[Clause, ...], depth: int = 0) -> list[str]:
    found: list[str] = []
    for clause in clauses:
        numbered = clause.number is not None
        found += [f"{depth}{clause.label}"] if numbered else []
        found += _marks(clause.children, depth + numbered)
    return found


@pytest.mark.parametrize(
    ("tail", "bodies", "reason"),
    [
        ("某镇环境整治专班⏎2023年5月6日", ("某镇环境整治专班",), "a name that ends as no body does"),
        ("某县市政公司⏎某县第一中学⏎2023年5月6日", ("某县市政公司", "某县第一中学"), "two of them"),
        ("某镇整治专班（代）⏎2023年5月6日", ("某镇整治专班",), "signed for another"),
        ("特此通知⏎某镇整治专班⏎2023年5月6日", ("某镇整治专班",), "a courtesy signs nothing"),
        ("某镇整治专班　　2023年5月6日", ("某镇整治专班",), "name and day on one line, set apart"),
        ("某镇整治专班 2023年5月6日", (), "one blank: it may be a sentence"),
        ("某镇整治专班⏎2023年5月6日⏎（发至社区）⏎承办：市容科", ("某镇整治专班",), "remarks below the day"),
        ("某镇整治专班⏎2023年5月6日⏎三、继续巡查。", (), "the text goes on: the day closes nothing"),
        ("某镇整治方案⏎2023年5月6日", (), "a title above a day signs nothing"),
        ("某县防汛指挥部⏎2023年5月6日20时", ("某县防汛指挥部",), "an hour behind the day"),
        ("某县防汛指挥部⏎2023年5月6日上午9时30分", ("某县防汛指挥部",), "with minutes"),
        ("某县防汛指挥部⏎5月6日20时起执行", (), "a term is no day of signing"),
    ],
)  # fmt: skip
def test_who_signs_is_told_by_place(tail: str, bodies: tuple[str, ...], reason: str) -> None:
    assert _parsed(_HEAD + tail).issuing_bodies == bodies, reason


@pytest.mark.parametrize(("count", "signed"), [(12, True), (13, False)])
def test_a_dozen_names_sign_at_most(count: int, signed: bool) -> None:
    """A longer run of short lines above a day is a list; twelve ministries have signed one notice."""
    names = [f"某县第{'一二三四五六七八九十甲乙丙'[index]}专班" for index in range(count)]
    document = _parsed(_HEAD + "⏎".join([*names, "2023年5月6日"]))
    assert (len(document.issuing_bodies) == count) is signed


@pytest.mark.parametrize(
    ("line", "name", "reason"),
    [
        ("总经理：王　平", "王平", "an office of a company, and a colon"),
        ("校　长　　郑立新", "郑立新", "a blank sets the name off"),
        ("市长艾力·买买提", "艾力·买买提", "a name with a point needs neither"),
        ("司令员　　钱　某", "钱某", "an office of the army"),
        ("召集人　　李新华", "李新华", "whoever calls a meeting"),
        ("某某县长江管护", None, "an office that is a part of a name"),
    ],
)  # fmt: skip
def test_persons_who_sign(line: str, name: str | None, reason: str) -> None:
    assert _parsed(f"{_HEAD}{line}⏎2023年5月6日").signers == ((name,) if name else ()), reason


@pytest.mark.parametrize(
    ("day", "iso"),
    [
        ("贰零贰叁年伍月零陆日", "2023-05-06"),
        ("贰〇贰叁年拾贰月叁拾壹日", "2023-12-31"),
        ("二〇二三年五月卅一日", "2023-05-31"),
        ("公元2023年5月6日", "2023-05-06"),
        ("2023—05—06", "2023-05-06"),
        ("2023-05-06", "2023-05-06"),
        ("2023年5月32日", "None"),
    ],
)  # fmt: skip
def test_days_in_rare_forms_close_a_text(day: str, iso: str) -> None:
    assert str(_parsed(f"{_HEAD}某县城管局⏎{day}").dates.issued) == iso


@pytest.mark.parametrize(
    ("line", "names", "reason"),
    [
        ("各实训基地、各班组：", ("各实训基地", "各班组"), "names that end as no addressee does"),
        ("李秀兰代表：", ("李秀兰代表",), "a person"),
        ("现将名单公布如下：", (), "what announces the text addresses no one"),
        ("会议要求：", (), "what a meeting says"),
    ],
)  # fmt: skip
def test_addressees_by_place(line: str, names: tuple[str, ...], reason: str) -> None:
    assert _parsed(f"关于整治市容的通知⏎{line}⏎有关事项如下。⏎一、清理。⏎二、巡查。").addressees == names, (
        reason
    )


@pytest.mark.parametrize(
    ("remarks", "found"), [("A类⏎同意公开", True), ("A类⏎同意公开⏎不涉密", False), ("本答复的内容同意公开", True), ("本答复的全部内容同意公开", False)]
)  # fmt: skip
def test_remarks_above_the_addressees(remarks: str, found: bool) -> None:
    document = _parsed(
        f"对第3号建议的答复⏎某复〔2023〕3号⏎{remarks}⏎王丽代表：⏎建议收悉。⏎一、已办。⏎二、待办。"
    )
    assert (document.addressees == ("王丽代表",)) is found


@pytest.mark.parametrize(
    ("lines", "marks", "reason"),
    [
        ("任务一：建设⏎甲。⏎任务二：运营⏎乙。", ["0任务一：", "0任务二："], "a number behind a word"),
        ("任务一：建设⏎甲。⏎任务三：运营⏎乙。", [], "no run: words"),
        ("第一阶段：动员⏎甲。⏎第二阶段：实施⏎乙。", ["0第一阶段：", "0第二阶段："], "a number inside one"),
        ("壹、目标⏎甲。⏎贰、任务⏎（壹）建设⏎乙。⏎（贰）运营⏎丙。", ["0壹、", "0贰、", "1（壹）", "1（贰）"], "one numeral, two levels"),
        ("A、甲⏎A1、子⏎子。⏎A2、丑⏎丑。⏎B、乙⏎B1、寅⏎寅。", ["0A、", "1A1、", "1A2、", "0B、", "1B1、"], "codes, the last one alone"),
        ("一、用纸⏎A4、A3纸均可。⏎二、份数⏎两份。", ["0一、", "0二、"], "a size of paper is no code"),
        ("一、目标⏎1-1 近期⏎甲。⏎1-2 远期⏎乙。", ["0一、", "11-1", "11-2"], "numbers with a dash"),
        ("一、目标⏎1-2 月完成。⏎二、任务⏎乙。", ["0一、", "0二、"], "months are no numbers"),
        ("一)目标⏎甲。⏎二)任务⏎乙。", ["0一)", "0二)"], "half a bracket"),
        ("【一】目标⏎甲。⏎【二】任务⏎乙。", ["0【一】", "0【二】"], "square brackets"),
    ],
)  # fmt: skip
def test_marks_that_count_a_word(lines: str, marks: list[str], reason: str) -> None:
    assert _marks(_parsed(f"关于整治市容的方案⏎{lines}").clauses) == marks, reason


@pytest.mark.parametrize(
    ("line", "issued", "reason"),
    [
        ("日期：2019年1月1日", True, "the label of a signature"),
        ("日  期：2019年1月1日", True, "spread"),
        ("日期:2019年12月31日", True, "a narrow colon"),
        ("时间：2019年1月1日", True, "another word"),
        ("時間：2019年1月1日", True, "traditional"),
        ("签订日期：2019年1月1日", True, "a contract"),
        ("签署日期：2019年1月1日", True, "the same"),
        ("签字日期：2019年1月1日", True, "the same"),
        ("簽署日期：2019年1月1日", True, "traditional"),
        ("更新日期：2019年1月1日", False, "of the page"),
        ("上网日期：2019年1月1日", False, "of the page"),
        ("时间：2019-01-01", False, "as a site counts"),
        ("有效日期：2019年1月1日", False, "another day"),
    ],
)
def test_a_labelled_day_below_what_two_parties_sign(line: str, issued: bool, reason: str) -> None:
    document = _parsed(
        f"安全生产责任书⏎为落实责任，签订本责任书。⏎一、负责安全。⏎二、一式两份。⏎某橡塑有限公司⏎代表：      员工：⏎期限：一年一签。⏎{line}"
    )
    assert (document.dates.issued is not None) is issued, reason


@pytest.mark.parametrize("line", ["时间：2024年5月6日", "日期：2024年5月6日", "時間：2024年5月6日"])
def test_a_labelled_day_between_sentences_stays_in_the_text(line: str) -> None:
    document = _parsed(
        f"关于召开会议的通知⏎各学校：⏎现将有关事项通知如下：⏎一、会议安排⏎{line}⏎地点：会议室⏎二、参加人员⏎各校长。⏎某县教育局⏎2024年4月30日"
    )
    assert (str(document.dates.issued), document.not_placed) == ("2024-04-30", ())
    assert line in [clause.text for clause in document.walk()]
