"""Small pages in the layouts of government portals and their editors: the text whole, in paragraphs, and nothing else.

The markup is what the systems are known to write (TRS, 大汉 JCMS, UCAP, Word pasted into an editor); the words are made up.
"""

import pytest

from policydiff.extract import extract

TITLE = "某市促进产业发展办法"
FIRST = "第一条　为了加快产业发展，根据有关法律、法规，结合本市实际，制定本办法。"
SECOND = "第二条　市人民政府有关部门应当认真履行职责，落实责任；重大问题及时报告。"
THIRD = "第三条　本办法自公布之日起施行。"
TEXT = [FIRST, SECOND, THIRD]
BARE = [line.replace("　", "") for line in TEXT]
MENU = "".join(f"<li><a href='/col{n}/'>栏目导航{n}</a></li>" for n in range(12))
FOOT = "<div class=foot>主办：某市人民政府办公室　<a href=/map>网站地图</a>　备案号：京ICP备00000000号</div>"


def paragraphs(lines: list[str], tag: str = "p", style: str = "text-indent:2em") -> str:
    return "".join(f'<{tag} style="{style}">{line}</{tag}>' for line in lines)


LAYOUTS: list[tuple[str, list[str], str]] = [
    (
        (
            f"<div class=TRS_Editor><style>.TRS_Editor P{{line-height:2}}</style><p align=center>{TITLE}</p>"
            f"{paragraphs(TEXT)}</div>"
        ),
        [TITLE, *TEXT],
        "TRS: the editor's style sheet stands in the block",
    ),
    (
        f"<div class=TRS_Editor><div class=Custom_UnionStyle>{paragraphs(TEXT, 'div')}</div></div>",
        TEXT,
        "TRS: an inner block of the editor, div elements as paragraphs",
    ),
    (
        (
            f'<div id="zoom"><!--ZJEG_RSS.content.begin--><meta name="ContentStart">{paragraphs(TEXT)}'
            '<meta name="ContentEnd"><!--ZJEG_RSS.content.end--></div><div><a href="javascript:window.print()">打印</a></div>'
        ),
        TEXT,
        "JCMS: content between comments and meta tags",
    ),
    (
        '<table width="900"><tr><td class="title">'
        + TITLE
        + "</td></tr><tr><td>发布日期：2020-01-02　浏览次数：<script>c()</script>"
        f'</td></tr><tr><td class="bt_content" id="zoom">{paragraphs(TEXT)}</td></tr></table>',
        TEXT,
        "JCMS: everything in one table for layout",
    ),
    (
        f'<div class="pages_content" id="UCAP-CONTENT"><table><tr><td id="UCAP-CONTENT">{paragraphs(TEXT)}</td></tr></table></div>',
        TEXT,
        "UCAP: the same id twice, one in the other",
    ),
    (
        f"<div id=Zoom>&emsp;&emsp;{BARE[0]}<br/><br/>&emsp;&emsp;{BARE[1]}<br>&nbsp;&nbsp;&nbsp;&nbsp;{BARE[2]}</div>",
        BARE,
        "line breaks, indents of wide blanks",
    ),
    (
        (
            f"<div class=xxgk_content><font face=仿宋><font size=4><p>{FIRST}</p><p><font color=#000>{SECOND[:9]}</font>"
            f"<font>{SECOND[9:]}</font></p></font></font><font>{THIRD}</font></div>"
        ),
        TEXT,
        "font elements nested around paragraphs and inside words",
    ),
    (
        f"<div class=article-content>{''.join(f'<div>{line}</div><div><br></div>' for line in TEXT)}</div>",
        TEXT,
        "div elements as paragraphs, empty ones between",
    ),
    (
        f"<div class=article-content><section><section><section>{paragraphs(TEXT, 'section')}</section></section></section></div>",
        TEXT,
        "sections nested by an editor of messages",
    ),
    (
        (
            f"<div class=pages_content><table width=100%><tr><td width=30>&nbsp;</td><td>{paragraphs(TEXT)}</td>"
            "<td width=30>&nbsp;</td></tr></table></div>"
        ),
        TEXT,
        "a table for layout with empty cells at the sides",
    ),
    (
        f"<div class=pages_content><table><tr><td>{FIRST}<br>{SECOND}</td></tr><tr><td>{THIRD}</td></tr></table></div>",
        TEXT,
        "a table of one column for layout",
    ),
    (
        (
            "<div id=zoom><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
            f"<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
            f"<p class=MsoNormal><span style='mso-bidi-font-size:16.0pt'>{FIRST[:12]}</span><span lang=EN-US><o:p></o:p></span>"
            f"{FIRST[12:]}</p><p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>第二条<span "
            f"style='font:7.0pt Times'>　</span></span><![endif]>{SECOND[4:]}</p><p class=MsoNormal><st1:chsdate year=2020>{THIRD}"
            "</st1:chsdate></p></div>"
        ),
        TEXT,
        "pasted from Word: conditional comments, list marks, smart tags",
    ),
    (
        f"<div id=zoom><xml><w:data>08D0C9EA79F9BACE118C8200AA004BA90B0200</w:data></xml>{paragraphs(TEXT)}</div>",
        TEXT,
        "pasted from Word: data outside of comments",
    ),
    (
        f"<div id=zoom><p>{FIRST[:15]}\n{FIRST[15:]}</p><p>{SECOND[:20]}\r\n   {SECOND[20:]}</p><p>{THIRD}</p></div>",
        TEXT,
        "source lines broken within Chinese words (CSS Text 3, 4.1.3: the break is no blank)",
    ),
    (
        "<div id=zoom><p>见 GB/T\n9704 与 World\nBank 的规定，自公布之日起施行，由市人民政府解释。</p></div>",
        ["见 GB/T 9704 与 World Bank 的规定，自公布之日起施行，由市人民政府解释。"],
        "source lines broken between Latin words are blanks",
    ),
    (
        (
            f"<div class=article-content><div class=tools>字体：<a>[大</a> <a>中</a> <a>小]</a></div><p>分享到：</p>{paragraphs(TEXT)}"
            "<p>扫一扫在手机打开当前页</p><p>【打印本页】【关闭窗口】</p><p>上一篇：<a href=1.html>另一个办法</a></p>"
            "<p>下一篇：<a href=2.html>又一个办法</a></p></div>"
        ),
        TEXT,
        "tools and neighbours inside the block",
    ),
    (
        (
            f"<div class=news_content><p>本站提供政策解读服务，欢迎访问本站其他栏目了解更多内容信息。</p></div><div class=q>"
            f"{paragraphs(TEXT * 4)}</div>"
        ),
        TEXT * 4,
        "a known class on a small box, the document elsewhere",
    ),
    (
        (
            f"<div class=main><div class=left><ul>{MENU}</ul></div><div class=detail><h1>{TITLE}</h1>{paragraphs(TEXT * 2)}"
            f"</div><div class=right><h3>相关文件</h3><ul>{MENU}</ul></div></div>"
        ),
        [TITLE, *TEXT * 2],
        "an unknown layout between two lists of links",
    ),
    (
        (
            f"<div id=content><p>{TITLE}</p><table border=1><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td><p>建设平台</p>"
            f"</td></tr></table>{paragraphs(TEXT * 2)}</div>"
        ),
        [TITLE, "| 序号 | 任务 |", "| 1 | 建设平台 |", *TEXT * 2],
        "a table of data beside paragraphs",
    ),
    (
        (
            f"<div id=zoom>{paragraphs(TEXT[:2])}<p style='DISPLAY:none'>隐藏</p><input value=值><textarea>框</textarea>"
            f"<p><img src=a.png alt=图>{THIRD}</p></div>"
        ),
        [*TEXT[:2], "值框", THIRD],
        "form fields, hidden words, pictures",
    ),
    (
        f"<div class=TRS_Editor><p>{FIRST}<p>{SECOND}<p>{THIRD}</div>",
        TEXT,
        "paragraphs that are never closed",
    ),
    (
        f"<span id=zoom><p>{FIRST}</p><p>{SECOND}</p></span><span><p>{THIRD}</p></span>",
        TEXT[:2],
        "an inline element that holds paragraphs",
    ),
]


@pytest.mark.parametrize(("markup", "expected", "reason"), LAYOUTS, ids=[row[2] for row in LAYOUTS])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_layouts(markup: str, expected: list[str], reason: str, encoding: str) -> None:
    page = (
        f"<html><head><meta charset={encoding}><title>{TITLE}_某市人民政府</title></head><body><div class=header><ul>{MENU}</ul>"
        f"</div><div class=crumb>当前位置：<a href=/>首页</a> &gt; <a href=/zc>政策</a></div>{markup}{FOOT}</body></html>"
    )
    assert extract(page.encode(encoding)).text.splitlines() == expected
