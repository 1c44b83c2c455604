"""The command line in Chinese: help, usage and errors say nothing English where the locale is Chinese."""

import re

import pytest

from policydiff.report.catalog import sentence_told

ZH = {"LANG": "zh_CN.UTF-8"}
BY_WORD = {"POLICYDIFF_LANG": "zh"}

ERRORS = [
    (("diff", "none.docx", "b"), "没有文件", "a file that is missing"),
    (("list", "--store", "nowhere"), "不是文件夹，因此没有文件库", "a store that is missing"),
    (("status",), "都没有文件库", "no store around"),
    (("compare", "--bogus"), "没有选项 --bogus", "an option there is not"),
    (("compare",), "缺少参数 'LOCAL'", "an argument left out"),
    (("nope",), "没有命令 'nope'", "a command there is not"),
    (("list", "--color", "red"), "的值无效", "a value there is not"),
    (("compare", "a", "--superior", "b"), "须与 --peers 同用", "options that contradict each other"),
    (("diff", "a", "b", "-o", "x.odd"), "没有扩展名如 x.odd 的报告", "an ending without format"),
    (("diff", "https://example.org/a", "b"), "是网址", "an address"),
    (("diff",), "请给出一份文件的各版本", "nothing to compare"),
    (("show", "Bad_Id@x"), "policydiff: ", "an id that is none"),
]


@pytest.mark.parametrize(("arguments", "words", "reason"), ERRORS, ids=[row[2] for row in ERRORS])
def test_an_error_is_chinese(run, arguments: tuple[str, ...], words: str, reason: str) -> None:
    done = run(*arguments, env=ZH)
    told = done.stderr.decode()
    assert words in told, reason
    assert done.returncode not in (0, 70)
    assert not re.search(r"\b(is|no|the|give|name)\b", told), told


@pytest.mark.parametrize(
    "arguments", [("diff", "none.docx", "b", "--lang", "zh"), ("diff", "none.docx", "b", "--lang=zh")]
)
def test_the_option_goes_before_the_locale(run, arguments: tuple[str, ...]) -> None:
    assert "没有文件" in run(*arguments).stderr.decode()
    assert "there is no file" in run(*arguments[:3], "--lang", "en", env=ZH).stderr.decode()


@pytest.mark.parametrize("command", ["", "compare", "diff", "track", "watch add", "import"])
@pytest.mark.parametrize("env", [ZH, BY_WORD])
def test_help_is_chinese_and_whole(run, command: str, env: dict[str, str]) -> None:
    shown = run(*command.split(), "--help", env=env | {"COLUMNS": "80"}).stdout.decode()
    assert "用法：" in shown
    assert "Options" not in shown
    assert "显示本说明并退出" in shown
    # A row too long for its column is broken, never cut: `…` stands in metavars and examples only.
    assert not re.search(r"…\s*│", shown)


def test_english_help_loads_no_catalogue(launcher: str) -> None:
    import subprocess
    import sys

    probe = (
        "import sys; sys.argv=['policydiff','compare','--help']\n"
        "from policydiff.cli.entry import main\n"
        "try: main()\n"
        "except SystemExit: print(sorted(m for m in sys.modules if m.startswith(('babel','policydiff.report'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, check=True, env={"LANG": "C.UTF-8"}
    )
    assert done.stdout.decode().splitlines()[-1] == "[]"


SENTENCES = [
    (
        "a.docx: it is empty: there is no text to read",
        "a.docx：它是空的：没有可读的文本",
        "a reason behind the file's name",
    ),
    ("missing", "missing", "a word is a name"),
    (
        "'a' is not one of 'b', 'c', 'd', 'e', 'f'",
        "'a' 不在可选值之内：'b'、'c'、'd'、'e'、'f'",
        "a long list",
    ),
    (
        "Invalid value for '--lang' (env var: 'X'): 'fr' is not one of 'zh', 'en'",
        "'--lang'（环境变量 'X'）的值无效：'fr' 不在可选值之内：'zh'、'en'",
        "a colon inside the name of the option",
    ),
    (
        "Invalid value for '--limit': Input should be greater than or equal to 1",
        "'--limit' 的值无效：不得小于 1",
        "a bound",
    ),
    ("cannot read a: No such file or directory", "无法读取 a：没有该文件或文件夹", "a word of the system"),
    ("cannot write a: Permission denied", "无法写入 a：没有权限", "another one"),
    (
        "a/b has no version in force on 1999-01-01: it is in force from 2019-06-18; a/b@x is its text",
        "a/b 在 1999-01-01 没有有效版本：自 2019-06-18 起有效；文本见 a/b@x",
        "how a document stands",
    ),
    ("old text", "old text", "words the catalogue does not know"),
    (
        "a/b is a document already: choose an id that is free",
        "a/b 已是一份文件：请选用未占用的标识",
        "a place",
    ),
    (
        "x y is a folder: policydiff import x y records every file of it",
        "x y 是文件夹：policydiff import x y 可记录其中每个文件",
        "one value twice",
    ),
]


@pytest.mark.parametrize(("english", "chinese", "reason"), SENTENCES)
def test_sentences_are_told_by_their_pattern(english: str, chinese: str, reason: str) -> None:
    assert sentence_told(english, "zh") == chinese, reason
    assert sentence_told(english, "en") == english
