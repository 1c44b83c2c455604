"""Pages that ask for something first; titles that no heading of a page marks; halves of texts behind a tab."""

import pytest

from policydiff.errors import UnreadableInputError
from policydiff.extract import extract

WALLS = [
    ("安全验证", "<h2>安全验证</h2><p>请拖动滑块完成拼图</p>", "a captcha"),
    ("统一身份认证", "<h1>统一身份认证平台</h1><p>没有账号？立即注册 忘记密码</p><p>个人登录 法人登录 扫码登录</p>", "a login"),
    ("访问受限", "<p>您的访问过于频繁，请稍后再试。</p><p>您的IP：1.2.3.4</p>", "too many requests"),
    ("Just a moment...", "<p>Checking if the site connection is secure</p><p>Enable JavaScript and cookies to continue</p>", "a challenge"),
    ("405", "<h1>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</h1>", "a firewall"),
    ("系统提示", "<div>登录超时，请重新登录！</div>", "a session that ended"),
    ("微信公众平台", "<p>环境异常</p><p>当前环境异常，完成验证后即可继续访问。</p>", "a platform"),
    ("验证中心", "<p>请按住滑块，拖动到最右边</p>", "a slider"),
    ("登录", "<h2>账号登录</h2><p>手机号 密码 登录</p><p>忘记密码？ 注册新用户</p>", "a login by telephone"),
    ("网站维护中", "<h1>系统升级维护中</h1><p>给您带来不便，敬请谅解。</p>", "a site that is being mended"),
    ("Access Denied", "<p>You don't have permission to access this server.</p>", "a server's refusal"),
    ("", "<p>检测到您的浏览器版本过低，请升级浏览器后访问</p>", "an old browser"),
]  # fmt: skip


def page(title: str, body: str) -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(("title", "body", "reason"), WALLS)
def test_a_file_of_a_wall_is_no_document(title: str, body: str, reason: str) -> None:
    with pytest.raises(UnreadableInputError, match="page of an error or a wall"):
        extract(page(title, body), name="a.html")


@pytest.mark.parametrize(
    ("body", "warned", "reason"),
    [
        ("<h1>统一身份认证平台管理办法</h1><p>第一条 用户登录应当输入用户名、密码和验证码。</p>", False, "articles"),
        ("<h1>关于启用滑块验证码的公告</h1><p>自2024年5月1日起，登录时请拖动滑块完成安全验证。</p>", False, "a day"),
        ("<h1>网上办事登录指南</h1><p>一、打开平台，输入用户名、密码、验证码，点击登录。</p>", False, "a numbered line"),
        ("<h1>登录问题</h1><p>问：忘记密码怎么办？</p><p>答：输入手机号和验证码找回。</p>", False, "questions and answers"),
        ("<h1>登录通知</h1><p>各位用户：</p><p>请完成安全验证后登录。</p>", False, "those addressed"),
        ("<h1>停车通告</h1><p>小区东门即日起禁止停车，请业主将车辆停放至地下车库。</p>", False, "a short notice"),
        ("<h1>请假制度</h1><p>员工请假应当提前三天申请，经主管批准后方可离岗。</p>", False, "a short rule"),
        ("<h1>某市停车管理办法</h1><p>本文件仅限注册用户查看，请登录后阅读全文。</p>", True, "a wall below a title"),
        ("<h1>访客须知</h1><p>来访人员须出示身份证件，登记后进入。未经许可不得拍照。</p>", True, "a notice in words of walls"),
        ("<h1>隐私政策</h1><p>您登录时我们会收集您的手机号码和验证码，用于验证您的身份。</p>", True, "a policy in words of walls"),
    ],
)  # fmt: skip
def test_a_document_about_logging_in_is_read(body: str, warned: bool, reason: str) -> None:
    extraction = extract(page("", body), name="a.html")
    assert any("only a part" in warning.text for warning in extraction.warnings) is warned, reason


TITLE = "曲靖市停车管理办法"
TEXT = [
    "第一条 城市道路停车泊位由市城管局统一管理，任何单位和个人不得擅自设置。",
    "第二条 停车收费每小时五元，残疾人车辆免费停放，执行任务的救护车免费停放。",
    "第三条 违反本办法的，由市城管局责令改正，并处二百元以上一千元以下罚款。",
]
BODY = "".join(f"<p>{line}</p>" for line in TEXT)
BROKEN = "<br>".join(f"　　{line}" for line in TEXT)
NUMBER = "曲政规〔2024〕3号"


@pytest.mark.parametrize(
    ("declared", "body", "reason"),
    [
        (f"{TITLE}-政策文件-曲靖市人民政府门户网站", f"<div class=wz><div class=tit>{TITLE}</div><div class=info><span>{NUMBER}</span></div><div class=nr>{BODY}</div></div>", "two names behind the title"),
        (f"曲靖市人民政府-政策文件-{TITLE}", f"<p>曲靖市人民政府</p><div><span>{TITLE}</span></div><div>{NUMBER}</div><div>{BODY}</div>", "the site's name first"),
        (f"{TITLE}_曲靖市人民政府", f"<div><strong>{TITLE}</strong></div><div>{NUMBER}</div><div>{BODY}</div>", "bold"),
        ("市政府文件", f"<table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr><tr><td>{NUMBER}</td></tr><tr><td>{BROKEN}</td></tr></table>", "a page set by a table that declares no title"),
        ("", f"<center><font size=6>{TITLE}</font></center><center>{NUMBER}</center><div>{BODY}</div>", "centred"),
        (f"{TITLE}|曲靖市", f"<div>{TITLE}</div><div>{NUMBER}</div><section><div>{BODY}</div></section>", "no mark at all"),
        ("详情", f"<div><a href=1.html>曲靖市供水管理办法</a></div><div><b>{TITLE}</b></div><div>{NUMBER}</div><div>{BODY}</div>", "a link to another text above"),
    ],
)  # fmt: skip
def test_a_title_that_bears_no_mark_heads_the_text(declared: str, body: str, reason: str) -> None:
    lines = extract(page(declared, body), name="a.html").text.split("\n")
    assert TITLE in lines[:2], reason
    assert NUMBER in lines[:3], reason
    assert "供水" not in lines[0]


def test_a_text_that_begins_with_its_title_takes_no_line_above() -> None:
    body = f"<div>政府信息公开目录</div><div><p>{TITLE}</p>{BODY}</div>"
    assert extract(page("详情", body), name="a.html").text.startswith(TITLE)


@pytest.mark.parametrize(("style", "named"), [("display:none", True), ("", False)])
def test_clauses_behind_a_tab_are_named(style: str, named: bool) -> None:
    tabs = f"<h1>{TITLE}</h1><div class=tab><p>{TEXT[0]}</p><p>{TEXT[1]}</p></div><div class=tab style='{style}'><p>{TEXT[2]}</p></div>"
    extraction = extract(page(TITLE, tabs), name="a.html")
    assert any("hidden in it" in warning.text for warning in extraction.warnings) is named
    assert (TEXT[2] in extraction.text) is not named
