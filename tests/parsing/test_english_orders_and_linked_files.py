"""Orders in English that carry a law, letters of Taiwan, groups of addressees, and the attachments that a page links to."""

import datetime

import pytest

from policydiff.extract import extract
from policydiff.model import Document
from policydiff.parsing import parse_text
from policydiff.parsing.fixed_lines import names_in
from policydiff.parsing.issuers import person_on

STATE = "the People's Republic of China"
LAW = f"Seed Law of {STATE}\nArticle 1 This Law is enacted for seeds.\nArticle 2 Seeds are plants.\n"
SAID = "The Seed Law, adopted at the 5th Meeting on July 8, 2000, is hereby promulgated and shall go into effect as of December 1, 2000."


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (f"Order of the President of {STATE}\nNo. 34\n{SAID}\nJiang Zemin\nPresident of {STATE}\nJuly 8, 2000\n", "name and office on lines of their own"),
        (f"Order of the President of {STATE}\nNo.34\n{SAID}\nPresident of {STATE}: Jiang Zemin\nJuly 8, 2000\n", "office: name"),
        (f"Order of the President of {STATE} No. 34\n{SAID}\nJiang Zemin\nJuly 8, 2000\n", "number on the line of the order"),
        (f"Decree of the State Council of {STATE}\n(No. 34)\n{SAID}\nPremier Zhu Rongji\nJuly 8, 2000\n", "a decree, number in brackets"),
        (f"Order No. 34 of the President of {STATE}\n{SAID}\nJiang Zemin\nPresident of {STATE}\n8 July 2000\n", "number inside, day before month"),
        (f"Order of the President of {STATE}\n{SAID}\nJiang Zemin\nPresident of {STATE}\nJuly 8, 2000\n", "no number"),
        (f"Order of the Ministry of Agriculture of {STATE}\nNo. 34\n{SAID}\nMinister: Chen Yaobang\nJuly 8, 2000\n", "a ministry"),
        (f"Order of the President of {STATE}\nNo. 34\n{SAID.replace('is hereby promulgated', 'is promulgated now,')}\nJiang Zemin\nJuly 8, 2000\n", "promulgated now"),
        (f"Order of the President of {STATE}\nNo. 34\n{SAID.replace('go into effect', 'enter into force')}\nJiang Zemin\nJuly 8, 2000\n", "enter into force"),
        (f"The State Council\nOrder of the State Council of {STATE}\nNo. 34\n{SAID}\nPremier: Zhu Rongji\nJuly 8, 2000\n", "a line of the site above"),
    ],
)  # fmt: skip
def test_an_english_order_carries_the_law_below_it(head: str, reason: str) -> None:
    document = parse_text(head + LAW)
    assert (document.title, len(document.clauses)) == (f"Seed Law of {STATE}", 2), reason
    assert document.dates.issued == document.dates.adopted == datetime.date(2000, 7, 8), reason
    assert document.dates.effective == datetime.date(2000, 12, 1), reason
    assert document.carrier is not None, reason
    assert SAID[:20] in document.carrier.text, reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"Order of Priority\n{LAW}", "a heading, no order of a body"),
        (
            f"Order of the President of {STATE}\nThe order of the lines is kept.\n{LAW}",
            "no sentence that promulgates",
        ),
        (
            f"{LAW}Article 3 An Order of the President is hereby promulgated by the gazette.\n",
            "the words inside an article",
        ),
        (f"Rules on the Order of the Court\n{LAW}", "the word in the title of rules"),
        (f"{LAW}Order of the President of {STATE}\n", "below the law"),
    ],
)
def test_other_texts_with_the_word_are_no_orders(text: str, reason: str) -> None:
    assert parse_text(text).carrier is None, reason


def test_an_order_alone_keeps_its_own_title_and_a_law_above_its_order_keeps_its_note() -> None:
    order = f"Order of the President of {STATE}\nNo. 34\n{SAID}\nJiang Zemin\nJuly 8, 2000\n"
    alone = parse_text(order)
    assert (alone.title, alone.signers) == (f"Order of the President of {STATE}", ("Jiang Zemin",))
    title, rest = LAW.split("\n", 1)
    above = parse_text(f"{title}\n(Adopted at the 5th Meeting on July 8, 2000)\n{order}{rest}")
    assert (above.title, len(above.clauses), above.not_placed) == (title, 2, ())


LETTER = "某市政府　函\n受文者：某局\n發文日期：中華民國112年9月18日\n發文字號：某府字第1121812345號\n速別：{}\n密等及解密條件或保密期限：{}\n附件：{}\n主旨：請查照。\n說明：\n一、甲。\n二、乙。\n正本：某局\n"


@pytest.mark.parametrize(
    ("urgency", "secrecy", "annex", "wanted"),
    [
        ("最速件", "", "如主旨", ("最速件", None, 0)),
        ("速件", "密", "如說明二", ("速件", "密", 0)),
        ("普通件", "", "如文", (None, None, 0)),
        ("普通", "公開", "無", (None, None, 0)),
        ("特急件", "密（本件於公布時解密）", "如說明二、三", ("特急件", "密（本件於公布時解密）", 0)),
        ("", "機密", "如附", (None, "機密", 0)),
        ("速件", "無", "如後", ("速件", None, 0)),
        ("速件", "極機密（附件抽存後解密）", "", ("速件", "極機密（附件抽存後解密）", 0)),
    ],
)  # fmt: skip
def test_marks_of_a_letter_of_taiwan(
    urgency: str, secrecy: str, annex: str, wanted: tuple[str | None, str | None, int]
) -> None:
    document = parse_text(LETTER.format(urgency, secrecy, annex))
    assert (document.urgency, document.secrecy, len(document.attachments)) == wanted
    labels = [clause.label for clause in document.walk() if clause.label in ("一、", "二、")]
    assert labels == ["一、", "二、"]


def test_an_attachment_of_a_letter_with_a_name_stays_in_the_text() -> None:
    document = parse_text(LETTER.format("速件", "", "如東縣補助計畫1份"))
    assert "附件：如東縣補助計畫1份" in [clause.text for clause in document.clauses]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("区规划分局、某某镇人民政府", ("区规划分局", "某某镇人民政府")),
        ("某某省人民政府、中部战区", ("某某省人民政府", "中部战区")),
        ("各县人民政府、行署各委、办、局", ("各县人民政府", "行署各委、办、局")),
        ("某某乡人民政府、县水务局", ("某某乡人民政府", "县水务局")),
        ("各区人民政府、市政府各部门", ("各区人民政府", "市政府各部门")),
        ("各市人民政府、省政府各厅委、各直属机构", ("各市人民政府", "省政府各厅委、各直属机构")),
        ("国务院各部委、各直属机构", ("国务院各部委、各直属机构",)),
        ("各部、委、局", ("各部、委、局",)),
        ("各乡镇党委、人民政府", ("各乡镇党委、人民政府",)),
        ("各省、自治区、直辖市人民政府", ("各省、自治区、直辖市人民政府",)),
        ("各村、各社区", ("各村", "各社区")),
    ],
)
def test_groups_of_addressees(words: str, names: tuple[str, ...]) -> None:
    assert names_in(words) == names


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("2024年5月24日運輸署署長李某某", "李某某"),
        ("2024年5月24日市长王某", "王某"),
        ("2024年5月24日校长办公室", None),
        ("校长办公室2024年5月24日", None),
        ("某某市财政局2024年5月24日", None),
        ("2024年5月24日", None),
    ],
)
def test_a_person_beside_the_day_is_no_body(line: str, person: str | None) -> None:
    assert person_on(line) == person


def _of(page: str) -> Document:
    extraction = extract(page.encode(), name="page.html")
    return parse_text(
        extraction.text,
        declared=extraction.metadata,
        declared_title=extraction.title,
        blocks=extraction.blocks,
    )


BODY = "<div class='c'><h2>关于评审工作的通知</h2><p>各区局：</p><p>现将有关事项通知如下：</p><p>一、申报范围。</p><p>二、申报时间。</p>{inside}<p>某市某局</p><p>2024年6月3日</p></div>{below}"


@pytest.mark.parametrize(
    ("inside", "below", "titles", "reason"),
    [
        ("", "<div>附件下载：<ul><li><a href='1.doc'>附件1：申报表.doc</a></li><li><a href='2.xls'>附件2：花名册.xls</a></li></ul></div>", ("申报表.doc", "花名册.xls"), "a list below 附件下载"),
        ("", "<p>附件【<a href='x.docx'>值班表.docx</a>】已下载<span>8</span>次</p>", ("值班表.docx",), "platforms of schools"),
        ("", "<p>相关附件</p><p><a href='a.pdf'>申报表.pdf</a></p>", ("申报表.pdf",), "the heading in the paragraph above"),
        ("", "<p><a href='/d?id=7'>附件1 申报表.doc</a></p>", ("申报表.doc",), "given out by number"),
        ("<p>附件：申报表</p>", "<p>附件：<a href='a.doc'>申报表.doc</a></p>", ("申报表",), "announced in the text: once, as the text has it"),
        ("<p>附件：1.申报表</p><p>2.花名册</p>", "<p>附件：<a href='a.doc'>附件3：流程图.doc</a></p>", ("申报表", "花名册", "流程图.doc"), "one more than announced"),
        ("", "<div><h3>附件</h3><p><a href='1.doc'>1.申报书.doc</a></p><p><a href='2.xls'>2、汇总表.xls</a></p></div>", ("申报书.doc", "汇总表.xls"), "numbered"),
        ("", "<p>附件：<a href='a.doc'>2024年计划.doc</a></p>", ("2024年计划.doc",), "a year is no number of an attachment"),
        ("", "<p>附件：<a href='a.doc'>附件下载</a></p>", ("附件下载",), "a file without a name of its own is told all the same"),
        ("", "<div><h4>热点文件</h4><p><a href='a.doc'>某某规划.doc</a></p></div>", (), "a file of the site beside the text"),
        ("", "<p><a href='/list.html'>附件下载专区</a></p>", (), "a link to a page"),
        ("", "<p>本附件的说明</p>", (), "no link"),
    ],
)  # fmt: skip
def test_attachments_linked_from_a_page(
    inside: str, below: str, titles: tuple[str, ...], reason: str
) -> None:
    document = _of(f"<html><body>{BODY.format(inside=inside, below=below)}</body></html>")
    assert tuple(each.title for each in document.attachments) == titles, reason
    assert not any(each.present for each in document.attachments), reason


@pytest.mark.parametrize(
    ("facts", "field", "day"),
    [
        ("有效性：有效（有效期至2026年3月31日）", "expires", "2026-03-31"),
        ("有效性：有效（执行至2026-03-31）", "expires", "2026-03-31"),
        ("有效性：有效", "expires", None),
        ("有效性：有效期五年", "expires", None),
        ("主题分类：</p><p>发布日期：2024-04-06", "published", "2024-04-06"),
        ("有效性：</p><p>成文日期：2024年4月6日", "issued", "2024-04-06"),
    ],
)
def test_dates_that_a_page_states_beside_its_text(facts: str, field: str, day: str | None) -> None:
    page = f"<html><body><div><p>发文字号：某政发〔2021〕9号</p><p>{facts}</p></div><h1>某市地名管理办法</h1><div><p>第一条 为加强管理，制定本办法。</p><p>第二条 地名应当规范。</p></div></body></html>"
    found = getattr(_of(page).dates, field)
    assert (str(found) if found else None) == day


@pytest.mark.parametrize(
    ("line", "signers"),
    [
        ("签发人：田力　核稿人：何平", ("田力",)),
        ("签发人：郭某　会签人：李某", ("郭某", "李某")),
        ("签发人：郭某、李某", ("郭某", "李某")),
        ("签发：郭某　拟稿：李某", ("郭某",)),
    ],
)
def test_who_signs_and_who_only_checks(line: str, signers: tuple[str, ...]) -> None:
    text = f"某某乡人民政府文件\n某乡政〔2023〕19号\n{line}\n某某乡人民政府关于报送总结的报告\n县人民政府：\n一、甲。\n二、乙。\n"
    assert parse_text(text).signers == signers
