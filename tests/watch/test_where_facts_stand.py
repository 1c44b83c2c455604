"""Where a page may say something of its document outside the text, and that a difference there is a change wherever it stands."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.watch_pages import judge
from policydiff.settings import Source
from policydiff.store import Store
from policydiff.watch.captures import Captures, Circumstances
from policydiff.watch.gather import Capture, Gathered
from policydiff.watch.ledger.memory import ItemState
from policydiff.watch.settle import Seen, settle
from policydiff.watch.store_archive import Archive

_CLAUSES = "".join(
    f"<p>第{'一二三四五六'[n]}条　对符合条件的第{n + 1}类人才，由区住建局按照规定的标准提供公寓，租期不超过{n + 2}年。</p>"
    for n in range(6)
)
_PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>某区人才公寓管理办法_某区人民政府</title>
<meta name="ArticleTitle" content="某区人才公寓管理办法"><meta name="validity" content="有效"><meta name="keywords" content="人才">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Legislation", "name": "某区人才公寓管理办法",
"legislationIdentifier": "区规03", "legislationLegalForce": "InForce", "expires": "2029-04-30", "dateModified": "2024-05-01",
"interactionStatistic": {{"userInteractionCount": 8}}}}</script>
<script>window.__STATE__ = {{"detail": {{"title": "某区人才公寓管理办法", "status": 1, "viewCount": 8, "isTop": false}}}}</script></head>
<body><div class="top"><a href="/">首页</a> <a href="/zc">政策</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/yx">现行有效文件</a> &gt; 正文</div><!--banner-->
<div class="main"><!--above--><h1>某区人才公寓管理办法</h1><h2>某区住房和城乡建设局</h2>
<div class="meta"><span>某住建规〔2024〕3号</span><i>·</i><span>区住建局</span><i>·</i><span class="st">执行中</span><i>·</i><span>浏览 88</span></div>
<table class="facts"><tr><td>有效性</td><td>有效</td><td>施行日期</td><td>2024-05-01</td></tr>
<tr><td>签发人</td><td>张某</td><td>试点期限（月）</td><td>24</td></tr>
<tr><td>适用范围</td><td>全区范围内的用人单位。</td><td>索引号</td><td>A-1</td></tr><!--row--></table>
<p><img class="stamp" src="/i/1.png" alt="现行有效"></p><p>承办科室：<input type="text" readonly value="住房保障科"></p>
<div class="text">{_CLAUSES}</div><div class="note"><!--below--></div>
<ul class="files"><li><a href="/dl/8831">申请表</a>（23KB，2024-03-05）</li>
<li><a href="javascript:void(0)" onclick="down('4417')">评分表</a> 下载次数：8</li><li><a href="/attach/31/a.docx">附件：合同</a></li>
<li><a href="/f/71">名册</a></li></ul>
<div class="tags">标签：人才</div></div>
<div class="side"><h3>最新文件</h3><a href="/1">某通知</a></div><div class="foot">主办：某区人民政府办公室</div></body></html>"""


@pytest.mark.parametrize(
    ("edits", "due", "reason"),
    [
        ({"<td>有效<": "<td>失效<"}, "changed", "state under a label, in a table"),
        ({"执行中": "已停止受理"}, "changed", "state without a label, beside a number"),
        ({"执行中": "第二批"}, "changed", "words that nobody knows, without a label"),
        ({'alt="现行有效"': 'alt="已废止"'}, "changed", "a stamp that is a picture"),
        ({"/yx": "/sx", "现行有效文件": "失效文件"}, "changed", "the column that the page stands in"),
        ({"<!--banner-->": "<div>本办法已被《某区住房保障办法》替代。</div>"}, "changed", "repeal above the column"),
        ({"<!--above-->": "<p>本件内容不再作为办理依据</p>"}, "changed", "a line above the title, in words nobody knows"),
        ({"<!--below-->": "<p>第三条自2026年起暂缓执行。</p>"}, "changed", "a line below the text"),
        ({"<h1>某区人才公寓管理办法": "<h1>某区人才公寓管理办法（试行）"}, "changed", "a suffix in the heading alone"),
        ({"<title>某区人才公寓管理办法": "<title>某区人才公寓管理办法（试行）"}, "changed", "a suffix in the page's head alone"),
        ({'content="某区人才公寓管理办法"': 'content="某区人才公寓管理办法（废止）"'}, "changed", "a suffix in meta alone"),
        ({'"name": "某区人才公寓管理办法"': '"name": "某区人才公寓管理办法（修订）"'}, "changed", "a suffix in JSON-LD alone"),
        ({'name="validity" content="有效"': 'name="validity" content="失效"'}, "changed", "state in meta"),
        ({"InForce": "NotInForce"}, "changed", "state in JSON-LD"),
        ({"区规03": "区规13"}, "changed", "number in JSON-LD"),
        ({"2029-04-30": "2027-04-30"}, "changed", "end in JSON-LD"),
        ({'"status": 1': '"status": 2'}, "changed", "state as a number, in the data of a script"),
        ({"〔2024〕3号": "〔2024〕13号"}, "changed", "number"),
        ({"<h2>某区住房和城乡建设局": "<h2>某区住房保障中心"}, "changed", "who issued it, under the title"),
        ({"<span>区住建局": "<span>区住房局"}, "changed", "who issued it, without a label"),
        ({"张某": "李某"}, "changed", "who signed it"),
        ({"2024-05-01</td>": "2024-06-01</td>"}, "changed", "day of force"),
        ({">24<": ">12<"}, "changed", "a bare figure under a label"),
        ({"全区范围内": "城区范围内"}, "changed", "a sentence under a label"),
        ({"住房保障科": "房产科"}, "changed", "the value of a field"),
        ({"<!--row-->": "<tr><td>废止依据</td><td>某号</td><td>清理结果</td><td>拟废止</td></tr>"}, "changed", "a row more"),
        ({"<tr><td>签发人</td><td>张某</td><td>试点期限（月）</td><td>24</td></tr>": ""}, "changed", "a row less"),
        ({"/dl/8831": "/dl/9020"}, "changed", "a file whose address has no ending"),
        ({"down('4417')": "down('4418')"}, "changed", "a file that a script fetches"),
        ({"/f/71": "/f/72"}, "changed", "a link below the text that leads elsewhere"),
        ({"/31/a.docx": "/32/a.docx"}, "changed", "another folder"),
        ({"/a.docx": "/b.docx"}, "changed", "another name"),
        ({"附件：合同": "附件：协议"}, "changed", "another label"),
        ({"23KB": "25KB"}, "changed", "size of a file"),
        ({"，2024-03-05）": "，2024-09-05）"}, "changed", "day of a file"),
        ({"<li><a href=\"/attach/31/a.docx\">附件：合同</a></li>": ""}, "changed", "a file taken away"),
        ({"</ul>": '<li><a href="/attach/33/c.docx">附件：流程图</a></li></ul>'}, "changed", "a file more"),
        ({"浏览 88": "浏览 99"}, "unchanged", "a counter without a label"),
        ({"下载次数：8": "下载次数：9"}, "unchanged", "a counter beside a file"),
        ({"A-1": "A-2"}, "unchanged", "the page's place in a register"),
        ({"标签：人才": "标签：公寓"}, "unchanged", "tags"),
        ({'keywords" content="人才"': 'keywords" content="公寓"'}, "unchanged", "keywords"),
        ({'"dateModified": "2024-05-01"': '"dateModified": "2024-06-01"'}, "unchanged", "day of the page, to machines"),
        ({'Count": 8': 'Count": 9'}, "unchanged", "counts, to machines"),
        ({'"isTop": false': '"isTop": true'}, "unchanged", "the page's place in a list"),
        ({"某通知": "某公告"}, "unchanged", "a rail"),
        ({"<!--banner-->": "<div>本周六系统检修，网站暂停访问</div>"}, "unchanged", "the site speaks of itself"),
        ({"<!--below-->": "<p>您对本页面是否满意？满意 不满意</p>"}, "unchanged", "a survey"),
    ],
)  # fmt: skip
def test_a_fact_counts_wherever_it_stands(edits: dict[str, str], due: str, reason: str) -> None:
    second = _PAGE
    for old, new in edits.items():
        assert old in second
        second = second.replace(old, new)
    assert judge(_PAGE.encode(), second.encode())[0] == due, reason


@pytest.mark.parametrize(
    ("label", "said", "due", "reason"),
    [
        ("有效性", "已被沪规划资源更〔2025〕281号文替代", "changed", "the number is the other document's"),
        ("有效性", "已被沪规划资源更〔2025〕281号替代，停止执行", "changed", "a half-sentence more"),
        ("时效性", "由沪规划资源更〔2025〕281号取代", "changed", "another label, another word"),
        ("效力状态", "已由沪规划资源更〔2025〕281号修改", "changed", "amended by another"),
        ("有效性", "继续有效（沪规划资源更〔2025〕281号）", "changed", "still in force, by another document"),
        ("时效性", "延续", "changed", "in force longer: no other state, and news"),
    ],
)  # fmt: skip
def test_a_state_in_a_sentence_is_read_under_its_label(
    shared_data: Path, label: str, said: str, due: str, reason: str
) -> None:
    title, *lines = (
        (shared_data / "shanghai/sh-chengshi-gengxin-yijian-2023.txt").read_text("utf-8").splitlines()
    )
    text = "".join(f"<p>{line}</p>" for line in lines)
    first, second = (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}_某市人民政府</title></head><body><header>'
        '<a href="/">网站首页</a><a href="/zw">政务公开</a></header><div class="pos">首页 > 政策文件</div><table class="info">'
        f'<tr><th>{label}</th><td>{each}</td></tr></table><h1>{title}</h1><div class="bar">来源：市政府办公厅 浏览次数：'
        f'<span id="n">0</span> <a>打印</a> 字号：大 中 小</div><div id="zoom">{text}</div><footer>主办：某市人民政府办公室 '
        "备案号：沪ICP备00000000号 联系我们</footer></body></html>"
        for each in ("有效", said)
    )
    assert judge(first.encode(), second.encode())[0] == due, reason


@pytest.mark.parametrize(
    ("old", "new", "told", "reason"),
    [
        ("<td>有效<", "<td>失效<", "有效性: 有效 → 失效", "under a label: the reading knows it too"),
        ("<!--banner-->", "<div>本办法已被《某区住房保障办法》替代。</div>", "有效性: 有效 → 本办法已被", "a line above the column"),
        ('alt="现行有效"', 'alt="已废止"', "有效性: 有效 → 已废止", "a stamp that is a picture"),
        ("现行有效文件", "失效文件", "有效性: 有效 → 失效文件", "the column that the page stands in"),
        ("<title>某区人才公寓管理办法", "<title>某区人才公寓管理办法（试行）", "(试行)", "a suffix in the page's head alone"),
        ("<!--below-->", "<p>第三条自2026年起暂缓执行。</p>", "", "a line below, read with the text: the difference of the texts tells it"),
        ("〔2024〕3号", "〔2024〕13号", "", "the number, in the text as well"),
        ("InForce", "NotInForce", "NotInForce", "to machines alone"),
        ("/31/a.docx", "/32/a.docx", "31/a.docx → 32/a.docx", "a file of the annex in another folder"),
        ("张某", "李某", "", "who signed it, in the text as well"),
    ],
)  # fmt: skip
def test_a_fact_that_counts_is_recorded_and_told(
    tmp_path: Path, old: str, new: str, told: str, reason: str
) -> None:
    """The judgement alone knows some of these: a store that knows only what the reading found would hold the version for one it has."""
    assert old in _PAGE
    source = Source(name="s", url="https://a.gov.cn/x.html", id="city/s")
    with Store.init(tmp_path / "store") as store:
        archive = Archive(store)
        around = Circumstances(archive, Captures(tmp_path / "kept"), "run", lambda _intent: None)
        entries = []
        for day, page in enumerate((_PAGE, _PAGE.replace(old, new), _PAGE.replace(old, new))):
            gathered = Gathered(
                "", Capture(page.encode(), source.url, "x.html", None), status=200, url=source.url
            )
            now = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=day)
            entries.append(settle(Seen(source, gathered, ItemState(), now), around))
        first, second, third = entries
        assert [each.outcome.value for each in entries] == ["changed", "changed", "unchanged"], reason
        assert first.version is not None
        assert second.version is not None
        assert first.version != second.version == third.version
        facts = archive.facts("city/s", first.version, second.version)
    assert told in "; ".join(f"{fact.label}: {fact.old} → {fact.new}" for fact in facts), reason
