"""What sentences say of force: tables of the kinds, each row with the reason it is there."""

import json
from pathlib import Path

import pytest

from benchmarks.validity import told
from policydiff import parse
from policydiff.annotate import annotate
from policydiff.annotate.endings import Ending
from policydiff.annotate.force_said import statements_of
from policydiff.lexicon.force import Force
from policydiff.model import Document, ForceKind
from policydiff.parsing import parse_text

GOLD = Path(__file__).resolve().parents[2] / "benchmarks" / "gold" / "validity" / "statements.json"


def labels(words: str) -> list[str]:
    return [label for said, _ in statements_of(words) if (label := told(said))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("本办法自2024年1月1日起施行，有效期5年。", ["C2024-01-01", "X5y"]),
        ("本细则自发布之日起30日以后施行。", ["C+发布+30"]),
        ("公布后30日施行", ["C+公布+30"]),
        ("本办法自２０２５年７月１日零时起施行。", ["C2025-07-01"]),  # full-width digits, an hour
        ("本法自二〇二五年一月一日起施行，但第十条自二〇二六年一月一日起施行。", ["C2025-01-01", "C2026-01-01@第十条"]),
        ("本法第五条、第八条第二款自2021年1月1日起施行，其他条款自公布之日起施行。", ["C2021-01-01@第五条、第八条第二款", "C+公布"]),
        ("第三章自2025年7月1日起施行。", ["C2025-07-01@第三章"]),
        ("有效期五年。", ["X5y"]),  # a term in an article of its own
        ("本通知自发布之日起试行，试行期一年", ["C+发布", "X1y"]),
        ("本通知有效期自2023年1月1日至2027年12月31日。", ["X2027-12-31", "C2023-01-01"]),
        ("本办法自2025年7月1日起废止。", ["X2025-06-30"]),  # out of force from that day: the last day is the one before
        ("本办法有效期至2028年12月31日，第六条有效期至2026年12月31日。", ["X2028-12-31", "X2026-12-31@第六条"]),
        ("该令规定：“本条例自2024年9月1日起施行”。", []),  # words of the order that is quoted
        ("二、将第三条修改为：“第三条　本办法自2024年9月1日起施行。”", []),
        ("国务院令指出：“为了管理，制定本条例。本条例自2024年9月1日起施行。”请遵照执行。", []),  # the quoted text's second sentence
        ("增加一条：“本规定有效期5年，2020年的规定同时废止。”本决定自公布之日起施行。", ["C+公布"]),
        ("将“本办法自2020年1月1日起施行", []),  # a quotation that is never closed
        ("本办法（以下称“新办法”）自2024年9月1日起施行。", ["C2024-09-01"]),  # a name in marks, no quotation
        ("“十四五”期间，本办法自2024年9月1日起施行。", ["C2024-09-01"]),
        ("小餐饮登记证有效期为三年。", []),  # a permit, not the text
        ("第二条规定的补贴标准自2025年1月1日起执行。", []),  # what the text grants, not the text
        ("本办法施行前已取得的许可继续有效。", []),
        ("本办法施行日期为2021年6月1日，施行期限为3年。", ["C2021-06-01", "X3y"]),  # the day by its name
        ("本办法生效日期：2021年6月1日。", ["C2021-06-01"]),
        ("补贴标准施行日期为2021年6月1日。", []),  # what the text grants
        ("本办法自2021年5月1日至2023年4月30日有效。", ["X2023-04-30", "C2021-05-01"]),  # both days before the verb
        ("许可证自2021年6月1日至2023年5月31日有效。", []),
        ("本办法有效期5年，自2021年5月1日起计算。", ["C2021-05-01", "X5y"]),  # the day from which the term runs
        ("本办法有效期三年，自印发之日起计算。", ["X3y", "C+印发"]),
        ("补贴期限自印发之日起计算。", []),
        ("本办法自2021年5月1日零时起施行，暂定两年。", ["C2021-05-01", "X2y"]),
        ("本办法自2021年4月1日起施行，补贴标准暂定两年不变。", ["C2021-04-01"]),  # a term of another thing
        ("本办法自2021年4月1日起施行，原办法自2021年4月1日起停止执行。", ["C2021-04-01"]),  # the end of another text
        ("本办法自2021年4月1日起施行，并于2024年3月31日失效。", ["C2021-04-01", "X2024-03-30"]),
    ],
)  # fmt: skip
def test_own_force(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("《甲办法》（某府规〔2024〕3号）自2025年7月1日起废止。", ["E甲办法"]),
        ("经研究，决定废止《甲办法》，自2025年7月1日起停止执行。", ["E甲办法"]),
        ("《甲办法》、《乙规定》和《丙细则》同时废止。", ["E甲办法", "E乙规定", "E丙细则"]),
        ("现决定对《甲办法》《乙规定》予以废止。", ["E甲办法", "E乙规定"]),
        ("沪府发〔2018〕25号、沪府办〔2019〕3号同时废止。", ["E沪府发〔2018〕25号", "E沪府办〔2019〕3号"]),
        ("宣布失效《甲办法》。", ["E甲办法"]),
        ("二、废止《乙规定》。", ["E乙规定"]),
        ("对以下文件予以废止：", ["E*"]),
        ("凡与本法抵触的规定，同时失效。", ["E*"]),
        ("某府发〔1986〕148号文件发布的《甲办法》同时废止。", ["E甲办法"]),  # the number says how it was published
        ("根据《关于修改甲办法的决定》修正的《甲办法》同时废止。", ["E甲办法"]),  # the decision only tells the edition
        ("《甲办法》已经修改或者废止的，应当公布。", []),
        ("法规的制定、修改和废止，适用本条例。", []),
        ("对不适应发展要求的规章应当及时修改或者废止。", []),
        ("行政复议期间不停止执行。", []),
        ("已发出支付令的，支付令自行失效。", []),
    ],
)  # fmt: skip
def test_other_texts_ended(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


@pytest.mark.parametrize(
    ("words", "kind", "until"),
    [
        ("《甲办法》有效期延长至2031年3月31日。", ForceKind.EXTENDS, "2031-03-31"),
        ("某府规〔2024〕3号有效期延长至2031年3月31日。", ForceKind.EXTENDS, "2031-03-31"),
        ("将《甲办法》有效期延长5年，至2030年1月1日。", ForceKind.EXTENDS, "2030-01-01"),
        ("《甲办法》继续有效，有效期至2030年1月1日。", ForceKind.CONTINUES, "2030-01-01"),
        ("《甲办法》暂停施行至2026年12月31日。", ForceKind.SUSPENDS, "2026-12-31"),
        ("《甲办法》自2026年1月1日至2026年12月31日暂停实施。", ForceKind.SUSPENDS, "2026-12-31"),
        ("自2026年1月1日起至2026年12月31日暂停执行《甲办法》。", ForceKind.SUSPENDS, "2026-12-31"),
        ("《甲办法》自2026年1月1日起暂停执行，至2026年12月31日止。", ForceKind.SUSPENDS, "2026-12-31"),
    ],
)
def test_terms_moved(words: str, kind: ForceKind, until: str) -> None:
    said = [each for each, _ in statements_of(words) if isinstance(each, Ending)]
    assert [(each.kind, str(each.until)) for each in said] == [(kind, until)]


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("暂停执行《某市租房办法》的通知", "自2025年7月1日起暂停执行《某市租房办法》。", "2025-07-01 None"),
        (
            "暂停实施《某市租房办法》的通知",
            "《某市租房办法》自2025年7月1日至2025年12月31日暂停实施。",
            "2025-07-01 2025-12-31",
        ),
        ("废止《某市租房办法》的决定", "《某市租房办法》自2026年1月1日起废止。", "2026-01-01 None"),
        (
            "废止《某市租房办法》的决定",
            "自2026年1月1日起，废止2024年发布的《某市租房办法》。",
            "2026-01-01 None",
        ),
        ("废止《某市租房办法》的决定", "废止该办法，本决定自2026年1月1日起施行。", "2026-01-01 None"),
        ("废止《某市租房办法》的决定", "《某市养老办法》自2026年1月1日起废止。", "2025-06-10 None"),
        ("废止《某市租房办法》的决定", "《某市租房办法》第三条自2026年1月1日起废止。", "2025-06-10 None"),
        ("延长《某市租房办法》实施期限的通知", "经评估，实施期限延长至2032年12月31日。", "None 2032-12-31"),
        ("延长《某市租房办法》有效期的通知", "有效期延长至2032年12月31日。", "None 2032-12-31"),
        ("延长《某市租房办法》有效期的通知", "《某市养老办法》有效期延长至2032年12月31日。", "None None"),
    ],
)
def test_the_body_says_the_day_of_what_the_title_orders(title: str, body: str, expected: str) -> None:
    document = parsed(f"某市人民政府关于{title}\n某府规〔2025〕8号\n{body}\n某市人民政府\n2025年6月10日\n")
    said = document.validity.statements[0]
    assert said.target is not None
    assert said.target.title == "某市租房办法"
    assert f"{said.effective} {said.until}" == expected


def test_part_of_another_text() -> None:
    parts = {
        words: [
            each.target.part for each, _ in statements_of(words) if isinstance(each, Ending) and each.target
        ]
        for words in (
            "《甲办法》第五条同时废止。",
            "《甲办法》同时废止。",
            "《甲办法》中关于收费的规定不再适用。",
        )
    }
    assert [*parts.values()] == [["第五条"], [None], ["关于收费的规定"]]


def test_an_end_that_depends_on_an_event_ends_nothing() -> None:
    said = [
        each for each, _ in statements_of("待新办法出台后，《甲办法》同时废止。") if isinstance(each, Ending)
    ]
    assert [each.conditional for each in said] == [True]


@pytest.mark.parametrize("length", [24, 25])
def test_how_far_a_term_may_stand_from_its_text(length: int) -> None:
    """24 characters between 本办法 and 有效期 are its own term still, 25 another thing's."""
    words = f"本办法{'甲' * length}有效期为三年。"
    assert (labels(words) == ["X3y"]) is (length == 24)


def parsed(text: str, **how: object) -> Document:
    return annotate(parse_text(text, **how), text)  # type: ignore[arg-type]


def test_counted_from_printing_and_not_from_signature() -> None:
    text = "某市人民政府关于某事的意见\n\n各区人民政府：\n一、加强管理。\n本意见自印发之日起施行，有效期5年。\n\n某市人民政府\n2024年3月1日\n某市人民政府办公厅2024年3月8日印发\n"
    document = parsed(text)
    assert (str(document.dates.effective), str(document.dates.expires)) == ("2024-03-08", "2029-03-07")
    assert set(document.dates.computed) == {"effective", "expires"}


def test_a_mark_beside_the_title_is_no_part_of_it() -> None:
    document = parsed(
        "某市房屋管理办法（已废止）\n\n第一条 制定本办法。\n第二条 本办法自2020年1月1日起施行。\n"
    )
    assert document.title == "某市房屋管理办法"
    assert document.validity.marked == "已废止"
    assert [each.kind for each in document.validity.statements if each.kind is ForceKind.ENDED]


def test_fields_of_the_page() -> None:
    text = "某市房屋管理办法\n\n第一条 制定本办法。\n第二条 本办法自2020年1月1日起施行。\n"
    document = parsed(text, declared=[("有效性", "失效"), ("失效日期", "2024-07-01")])
    assert document.validity.marked == "有效性：失效"
    assert parsed(text, declared=[("有效性", "有效")]).validity.marked is None


def test_parts_name_their_clauses() -> None:
    text = "某市房屋管理办法\n\n第一条 制定本办法。\n第二条 登记。\n第三条 本办法自2020年1月1日起施行，第二条自2021年1月1日起施行。\n"
    parts = parsed(text).validity.parts
    assert [(len(each.clauses), str(each.effective)) for each in parts] == [(1, "2021-01-01")]


_BODY = "某市房屋管理办法\n\n第一条 制定本办法。\n第二条 登记。\n第三条 补贴。\n第四条 试点。\n第五条 "


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("本办法自2020年1月1日起施行，其中第二条自2021年1月1日起施行。", [("2", "2021-01-01", None)]),
        ("本办法自2020年1月1日起施行，其中第三条有效期至2022年12月31日。", [("3", None, "2022-12-31")]),
        ("本办法自2020年1月1日起施行，第三条、第四条有效期2年。", [("34", None, "2021-12-31")]),
        ("本办法自2020年1月1日起施行。第二条的有效期为一年。", [("2", None, "2020-12-31")]),
        ("本办法自2020年1月1日起施行。第二条至第四条自2020年7月1日起施行。", [("234", "2020-07-01", None)]),
        ("本办法自2020年1月1日起施行，有效期5年。", []),
        ("本办法自2020年1月1日起施行。", []),
        (
            "本办法自2020年1月1日起施行，第二条自2020年7月1日起施行。第二条有效期至2021年12月31日。",
            [("2", "2020-07-01", "2021-12-31")],
        ),
        ("本办法自2020年1月1日起施行，第九条自2021年1月1日起施行。", []),
        ("本办法自2020年1月1日起施行。第四条试行期一年。", [("4", None, "2020-12-31")]),
    ],
)
def test_parts_have_a_beginning_or_an_end_of_their_own(
    closing: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    document = parsed(f"{_BODY}{closing}\n")
    ids = {each.id: each.label for each in document.walk()}
    numbers = {"第二条": "2", "第三条": "3", "第四条": "4"}
    told = [
        (
            "".join(numbers[str(ids[name])] for name in each.clauses),
            str(each.effective) if each.effective else None,
            str(each.until) if each.until else None,
        )
        for each in document.validity.parts
    ]
    assert told == expected


_UNSEEN = [
    (
        "本办法自2024年3月1日起施行，有效期至2029年2月28日。《某市停车管理办法》同时废止。",
        ["C2024-03-01", "X2029-02-28", "E某市停车管理办法"],
    ),
    ("本细则自发布之日起30日后施行，有效期3年。", ["C+发布+30", "X3y"]),
    ("本办法试行期为两年，自2023年7月1日起试行。", ["C2023-07-01", "X2y"]),
    ("自本办法施行之日起，原《某区租金补贴办法》停止执行。", ["E某区租金补贴办法"]),
    ("以往规定与本办法不一致的，以本办法为准。", []),
    ("此前有关规定与本意见不一致的，按本意见执行。", []),
    ("某府发〔2015〕12号文件不再执行。", ["E某府发〔2015〕12号"]),
    (
        "《某市人才公寓管理办法》（某府规〔2019〕4号）有效期延长至2027年12月31日。",
        ["extends:某市人才公寓管理办法"],
    ),
    ("《某市招商奖励办法》自2025年1月1日起停止执行。", ["E某市招商奖励办法"]),
    ("上级另有规定的，从其规定。", []),
    (
        "本办法自2022年5月1日起施行，2018年印发的《某县补贴办法》（某政发〔2018〕3号）同时废止。",
        ["C2022-05-01", "E某县补贴办法"],
    ),
    ("本通知自印发之日起执行，执行期限暂定一年。", ["C+印发", "X1y"]),
    ("本政策自2023年1月1日起实施，至2025年12月31日止。", ["C2023-01-01", "X2025-12-31"]),
    ("本办法由市财政局负责解释，自2021年9月1日起施行，有效期五年。", ["C2021-09-01", "X5y"]),
    ("企业取得许可证后，有效期为5年。", []),
    ("营业执照有效期届满前三十日内应当申请延续。", []),
    ("补贴标准自2024年1月1日起执行。", []),
    ("本决定自公布之日起施行。", ["C+公布"]),
    (
        "本条例自2024年10月1日起施行。1998年4月2日某省人民代表大会常务委员会通过的《某省市场管理条例》同时废止。",
        ["C2024-10-01", "E某省市场管理条例"],
    ),
    ("本规定施行后，《甲规定》《乙规定》不再适用。", ["E甲规定", "E乙规定"]),
    (
        "本办法自2020年6月1日起施行，其中第十二条自2021年1月1日起施行。",
        ["C2020-06-01", "C2021-01-01@第十二条"],
    ),
    ("本办法有效期届满后自动失效。", []),
    ("试行期满后，根据实施情况修订完善。", []),
    ("《某市烟花爆竹管理规定》继续有效，有效期至2028年6月30日。", ["continues:某市烟花爆竹管理规定"]),
    ("经备案审查，决定撤销《某市摊点办法》（某府规〔2021〕2号）。", ["E某市摊点办法"]),
    ("有权依法撤销行政许可。", []),
    ("暂停执行《某市积分入户办法》第六条。", ["suspends:某市积分入户办法"]),
    (
        "本通知自2024年1月1日起执行，《某局关于收费标准的通知》（某价〔2010〕5号）、《某局关于调整收费的通知》（某价〔2014〕8号）同时废止。",
        ["C2024-01-01", "E某局关于收费标准的通知", "E某局关于调整收费的通知"],
    ),
    ("待国家新规定出台后，按国家规定执行，本办法自行废止。", []),
    ("本方案实施期限为2021年至2025年。", []),
    ("原某某区人民政府发布的《某某区养犬规定》即行废止。", ["E某某区养犬规定"]),
    ("本办法自2024年2月30日起施行。", []),
    ("本意见自2019年8月15日起施行，有效期为3年零6个月。", ["C2019-08-15", "X42m"]),
    ("《甲办法》第五条、第九条予以废止，其他条款继续有效。", ["E甲办法"]),
    ("本办法自2020年1月1日起施行，有效期5年，其中第三条有效期2年。", ["C2020-01-01", "X5y", "X2y@第三条"]),
    ("本办法自2024年1月1日起施行，附件2的有效期至2024年12月31日。", ["C2024-01-01", "X2024-12-31@附件2"]),
    ("本办法自2020年1月1日起施行。第六条的规定试行一年。", ["C2020-01-01", "X1y@第六条"]),
    (
        "本办法自2020年1月1日起施行。第二条规定的补贴政策执行至2022年12月31日。",
        ["C2020-01-01", "X2022-12-31@第二条"],
    ),
    ("本办法第八条有效期至2023年12月31日。", ["X2023-12-31@第八条"]),
    ("本办法第三章自2021年1月1日起施行。", ["C2021-01-01@第三章"]),
    (
        "本办法自2020年5月1日起施行，第十条第二款自2021年1月1日起施行。",
        ["C2020-05-01", "C2021-01-01@第十条第二款"],
    ),
    ("本条例第三条自2021年1月1日起停止执行。", ["X2020-12-31@第三条"]),
    (
        "本办法自2020年1月1日起施行，有效期至2024年12月31日；其中第五条有效期至2022年12月31日。",
        ["C2020-01-01", "X2024-12-31", "X2022-12-31@第五条"],
    ),
    (
        "本办法自印发之日起施行，第九条自2025年1月1日起施行，有效期5年。",
        ["C+印发", "C2025-01-01@第九条", "X5y"],
    ),
    ("本办法自2020年1月1日起施行。第十二条自印发之日起满一年施行。", ["C2020-01-01"]),
    (
        "本意见自2022年1月1日起施行，有效期至2026年12月31日，其中第（三）条奖励政策执行至2023年12月31日。",
        ["C2022-01-01", "X2026-12-31", "X2023-12-31@第（三）条奖励政策"],
    ),
    ("第五条\u3000本办法自2020年1月1日起施行，有效期5年。", ["C2020-01-01", "X5y"]),
    ("本办法自2020年1月1日起施行。第三条所称有效期届满，是指合同期满。", ["C2020-01-01"]),
]
"""Closing provisions, their labels written before any of them was read by the program."""


@pytest.mark.parametrize(("words", "expected"), _UNSEEN)
def test_closing_provisions_of_other_kinds(words: str, expected: list[str]) -> None:
    assert sorted(str(told(said)) for said, _ in statements_of(words)) == sorted(expected)


def test_every_statement_holds_its_sentence() -> None:
    text = (
        "某市房屋管理办法\n\n第一条 制定本办法。\n第二条 本办法自2020年1月1日起施行。《甲办法》同时废止。\n"
    )
    for each in parsed(text).validity.statements:
        assert each.text in text
        assert text[each.span.start : each.span.end].strip() == each.text.strip()


def test_gold_of_real_texts() -> None:
    """The floor of the published figure: 0.97 right, and no sentence is lost."""
    rows = json.loads(GOLD.read_text(encoding="utf-8"))
    right = sum(sorted(set(labels(row["text"]))) == sorted(set(row["says"])) for row in rows)
    assert right / len(rows) >= 0.97


def test_forces_are_found_where_they_stand() -> None:
    words = "本办法自2024年1月1日起施行。"
    said, place = statements_of(words)[0]
    assert isinstance(said, Force)
    assert words[place.start : place.end] == words


LISTS = {
    "lines without 《》 below a numbered lead": (
        "一、对以下文件予以废止：\n1.某市烟花爆竹管理规定（某府发〔2005〕11号）\n2.《某市犬类管理办法》\n二、其他事项另行通知。\n1.某市公园管理办法\n",
        [("ends", "某市烟花爆竹管理规定", None), ("ends", "某市犬类管理办法", None)],
        "a list ends where the number of its lead is left",
    ),
    "kept, for a term": (
        "一、对以下文件继续有效，有效期5年：\n1.《某市停车管理办法》（某府规〔2019〕9号）\n",
        [("continues", "某市停车管理办法", 60)],
        "the verb of the lead is the fate of its texts: they do not end",
    ),
    "ended, then kept, then changed": (
        "一、废止下列规章：\n（一）某市户外广告管理办法\n二、下列规章继续有效：\n（一）某市采砂管理规定\n三、对下列规章予以修改：\n（一）某市公园条例实施细则\n",
        [("ends", "某市户外广告管理办法", None), ("continues", "某市采砂管理规定", None)],
        "a changed text neither ends nor is kept",
    ),
    "extended, lead without a number": (
        "经评估，将以下文件有效期延长至2027年12月31日：\n1.某区人才公寓管理办法\n2.某区产业扶持办法（某府规〔2019〕1号）\n特此通知。\n",
        [("extends", "某区人才公寓管理办法", None), ("extends", "某区产业扶持办法", None)],
        "both get the day of the lead",
    ),
    "rows of a table in an annex": (
        "经研究，决定废止2件文件（附件）。\n某市人民政府\n2024年9月1日\n附件\n废止文件目录\n| 序号 | 文件名称 | 文号 |\n| 1 | 某市烟花爆竹管理规定 | 某府发〔2005〕11号 |\n| 2 | 关于加强犬类管理的通知 | 某府发〔2008〕7号 |\n",
        [("ends", "某市烟花爆竹管理规定", None), ("ends", "关于加强犬类管理的通知", None)],
        "the cell that ends as titles end is the title",
    ),
    "two annexes with two fates": (
        "经研究，对部分文件予以清理。\n某市人民政府\n2024年9月1日\n附件1\n宣布失效文件目录\n1.某市停车管理办法\n附件2\n继续有效文件目录\n1.某市公园管理办法\n",
        [("ends", "某市停车管理办法", None), ("continues", "某市公园管理办法", None)],
        "the heading of an annex says what becomes of its texts",
    ),
    "papers that are to be handed in": (
        "第一条 申请人应当提交下列文件：\n（一）营业执照；\n（二）公司章程。\n",
        [],
        "no verb of force: no list",
    ),
    "prose below a lead": (
        "一、废止下列文件：\n（一）凡与本决定不一致的，按本决定执行，有关部门应当及时修改有关办法。\n",
        [],
        "a sentence is no title",
    ),
    "a text ended beside others that are kept": (
        "一、决定废止《甲区停车办法》，继续有效3件。\n",
        [("ends", "甲区停车办法", None)],
        "what a sentence ends it does not keep",
    ),
    "a condition and a paper to keep": (
        "第一条 有下列情形之一的，许可证予以废止：\n（一）违反某市户外广告管理办法；\n第二条 以下文件应当保留五年：\n（一）安全检查情况通知\n",
        [],
        "下列情形 are no texts, and to keep a paper is no fate of a text",
    ),
    "numbered headings with counts": (
        "一、保留的规范性文件（2件）\n1.某县城市管理办法（某政发〔2019〕3号）\n2.某县殡葬管理规定\n二、废止的规范性文件（1件）\n1.某县集市管理办法\n三、拟废止的规范性文件（1件）\n1.某县公园管理办法\n",
        [("continues", "某县城市管理办法", None), ("continues", "某县殡葬管理规定", None), ("ends", "某县集市管理办法", None)],
        "拟 has not happened yet",
    ),
    "tasks of a plan": (
        "一、废止不合时宜的规定\n1.修订完善某市户外广告管理办法\n2.推进公平竞争审查制度\n二、下列文件由各部门清理修改：\n1.某市公园管理办法\n",
        [],
        "a task begins with a verb, and nothing is ended by it",
    ),
    "titles that quote a title": (
        "现将宣布失效的文件公布如下：\n1. 某市发展和改革委员会关于印发《某市价格办法》的通知（某发改〔2015〕2号）\n2. 某市物价局关于调整公交票价的批复\n",
        [
            ("ends", "某市发展和改革委员会关于印发《某市价格办法》的通知", None),
            ("ends", "某市物价局关于调整公交票价的批复", None),
        ],
        "the whole line is the title",
    ),
    "a list in one sentence": (
        "决定废止下列文件：某市甲区管理办法（某府〔2001〕3号）、某市乙区管理规定（某府〔2002〕4号）。\n",
        [("ends", "某市乙区管理规定", None)],
        "every item, not the first alone (which is known by its number)",
    ),
    "short lines": ("一、废止下列文件：\n1.办法\n2.通知\n", [], "a kind alone names no text"),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_texts_have_the_fate_of_their_lead(name: str) -> None:
    body, right, why = LISTS[name]
    text = f"某市人民政府关于公布文件清理结果的决定\n{body}"
    said = [
        (each.kind.value, each.target.title, each.term_months)
        for each in parse(text).validity.statements
        if each.target is not None and each.target.title is not None
    ]
    assert said == right, why


REVOKED = """
《某市停车管理办法》（某政发〔2015〕3号）与上位法不一致，予以撤销。|1|a fault, then the act
经审查，《某市停车管理办法》违反上位法规定，予以撤销。|1|the same behind a lead-in
《某县招商优惠办法》超越法定权限，依法予以撤销。|1|beyond its power
《甲通知》《乙通知》违反公平竞争审查规定，予以撤销。|2|two texts
《某市停车管理办法》（某政发〔2015〕3号）依法予以撤销。|1|without a reason
《某市停车管理办法》无法律依据，予以撤销。|1|no basis in law
《排污许可证》与实际情况不符的，依法予以撤销。|0|a case, and a paper
登记机关发现《营业执照》登记事项与实际不一致的，予以撤销。|0|a case
违反《某市停车管理办法》取得资格的，予以撤销。|0|what was obtained against the text
行政许可决定违反《行政许可法》的，应当予以撤销。|0|a decision against the text
《甲合同》违反法律规定的，予以撤销。|0|a contract, in a case
《甲规定》内容不当，应当予以撤销。|0|an opinion, no act
"""


@pytest.mark.parametrize("row", REVOKED.strip().splitlines())
def test_a_text_that_is_revoked_for_its_fault_ends(row: str) -> None:
    words, ended, why = row.split("|")
    assert len(statements_of(words)) == int(ended), why


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("附件所列的20件文件，自本决定公布之日起废止。", ["2024-03-01"] * 3),
        ("附件所列的20件文件自本决定公布之日起废止。", ["2024-03-01"] * 3),
        ("下列10件规章，自2024年1月1日起废止：", ["2024-01-01"] * 3),
        ("上述3件规章，从2024年4月1日起停止执行。", ["2024-04-01"] * 3),
        ("以下文件，自公布之日起失效。", ["2024-03-01"] * 3),
        ("本目录所列文件，自公布之日起一律废止。", ["2024-03-01"] * 3),
        ("决定将附件所列的3件文件废止。", ["2024-03-01"] * 3),
        ("决定对附件中的规章予以废止。", ["2024-03-01"] * 3),
        ("决定废止下列规章：", ["2024-03-01"] * 3),
        # said of no text: only the list tells, with the day of the decision
        ("附件所列事项，自2024年1月1日起实施。", ["2024-03-01"] * 2),
        ("下列人员，自2024年1月1日起停止执行职务。", ["2024-03-01"] * 2),
        ("附件所列许可证，自公布之日起失效。", ["2024-03-01"] * 2),
    ],
)
def test_texts_of_a_list_end_on_the_day_that_their_lead_gives(words: str, expected: list[str]) -> None:
    """The lead ends its texts as a kind, and each text of the list; a comma may stand between the texts and the day."""
    text = (
        f"某市人民政府关于废止部分文件的决定\n\n　　{words}\n\n某市人民政府\n2024年3月1日\n\n附件\n\n"
        "1.甲市养犬管理办法（甲府发〔2010〕1号）\n2.甲市烟花管理办法（甲府发〔2011〕2号）\n"
    )
    ends = [each for each in parse(text).validity.statements if each.kind is ForceKind.ENDS]
    assert [str(each.effective) for each in ends] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("市人民政府可以决定暂停执行《甲市办法》。", []),
        ("情况紧急时，可以暂停实施《甲市办法》。", []),
        ("《甲市办法》暂停执行。", [("suspends", None)]),
        ("有关机关依法废止《甲市办法》。", []),
        ("当事人依法申请撤销《甲办法》的，应当受理。", []),
        ("本办法自印发之日起30日后施行。《甲市办法》同时废止。", [("commences", 30), ("ends", 30)]),
    ],
)
def test_a_power_ends_nothing_and_a_text_replaced_ends_with_the_new_ones_term(
    words: str, expected: list[tuple[str, int | None]]
) -> None:
    found = parse(f"某市办法\n\n　　{words}\n").validity.statements
    assert [(each.kind.value, each.after_days or None) for each in found] == expected
