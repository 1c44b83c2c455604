"""The commands on good input, as a user runs them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import ROOT

OLD = "某市促进办法\n第一条 为了促进发展，制定本办法。\n第二条 对符合条件的企业给予30万元补助。\n第三条 本办法自2020年1月1日起施行。\n"
NEW = "某市促进办法\n第一条 为了促进发展，制定本办法。\n第二条 市科技部门负责本办法的实施。\n第三条 对符合条件的企业给予50万元补助。\n第四条 本办法自2022年1月1日起施行。\n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "old.txt").write_text(OLD, "utf-8")
    (tmp_path / "new.txt").write_text(NEW, "utf-8")
    return tmp_path


def test_parse_gives_the_published_json(run, texts) -> None:
    done = run("parse", "new.txt", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["schema"] == "policydiff/document/1"
    assert [clause["id"] for clause in document["clauses"]] == ["art_1", "art_2", "art_3", "art_4"]
    schema = json.loads(run("schema", "document").stdout)
    jsonschema.validate(document, schema)


def test_diff_pairs_by_content_and_says_so(run, texts) -> None:
    done = run("diff", "old.txt", "new.txt", "--json")
    assert done.returncode == 0, done.stderr
    changes = json.loads(done.stdout)["changes"]
    kinds = {
        (tuple(u["id"] for u in change["old"]), tuple(u["id"] for u in change["new"])): change["kind"]
        for change in changes
        if any(u["id"].startswith("art") for u in change["old"] + change["new"])
    }
    assert kinds == {
        (("art_1",), ("art_1",)): "unchanged",
        ((), ("art_2",)): "added",
        (("art_2",), ("art_3",)): "modified",
        (("art_3",), ("art_4",)): "modified",
    }


@pytest.mark.parametrize(
    ("old", "new", "options", "code"),
    [
        ("old.txt", "new.txt", (), 0),
        ("old.txt", "new.txt", ("--exit-code",), 1),
        ("old.txt", "old.txt", ("--exit-code",), 0),
    ],
)
def test_exit_code_of_diff_on_request_only(run, texts, old, new, options, code) -> None:
    assert run("diff", old, new, *options).returncode == code


@pytest.mark.parametrize("suffix", ["md", "html", "json", "csv", "xlsx", "docx", "txt"])
def test_every_format_by_extension_and_twice_the_same_bytes(run, texts, suffix) -> None:
    for name in (f"one.{suffix}", f"two.{suffix}"):
        done = run("compare", "new.txt", "old.txt", "-o", name)
        assert done.returncode == 0, done.stderr
        assert done.stdout == b""
    first = (texts / f"one.{suffix}").read_bytes()
    assert first
    assert first == (texts / f"two.{suffix}").read_bytes()


def test_labels_in_both_languages_and_texts_in_neither(run, texts) -> None:
    zh, en = (run("diff", "old.txt", "new.txt", "--lang", lang).stdout.decode() for lang in ("zh", "en"))
    assert "新增" in zh
    assert "新增" not in en
    assert "市科技部门负责本办法的实施" in zh.replace("\n", "")
    assert "市科技部门负责本办法的实施" in en.replace("\n", "")


def test_language_follows_a_chinese_locale(run, texts) -> None:
    said = run("diff", "old.txt", "new.txt", env={"LANG": "zh_CN.UTF-8"}).stdout.decode()
    assert "新增" in said


def test_no_colour_unless_asked(run, texts) -> None:
    assert b"\x1b[" not in run("diff", "old.txt", "new.txt").stdout
    assert b"\x1b[" in run("diff", "old.txt", "new.txt", "--color", "always").stdout


def test_a_document_through_the_store(run, texts) -> None:
    """init, add twice, add a revision, list, log, show at a date, diff two versions."""
    assert run("init", "store").returncode == 0
    first = ("add", "old.txt", "--store", "store", "--id", "some/measures", "--issued", "2019-12-01")
    assert re.search(rb"some/measures +2019-12-01 .* added\n", run(*first).stdout)
    head = subprocess.run(
        ["git", "-C", texts / "store", "rev-parse", "HEAD"], capture_output=True, check=True
    ).stdout
    assert re.search(rb"some/measures +2019-12-01 .* unchanged\n", run(*first).stdout)
    again = subprocess.run(
        ["git", "-C", texts / "store", "rev-parse", "HEAD"], capture_output=True, check=True
    ).stdout
    assert head == again
    second = ("add", "-", "--store", "store", "--id", "some/measures", "--issued", "2021-12-01")
    assert re.search(rb"some/measures +2021-12-01 .* added\n", run(*second, stdin=NEW.encode()).stdout)

    listed = json.loads(run("list", "--store", "store", "--json").stdout)
    assert [entry["identity"]["id"] for entry in listed["documents"]] == ["some/measures"]
    assert listed["documents"][0]["versions"] == 2
    assert listed["documents"][0]["newest"] == "2021-12-01"

    logged = json.loads(run("log", "some/measures", "--changes", "--store", "store", "--json").stdout)
    assert [entry["record"]["version"] for entry in logged["versions"]] == ["2021-12-01", "2019-12-01"]
    assert logged["versions"][0]["changes"]["added"] == 1

    assert run("show", "some/measures@2020-06-01", "--store", "store").stdout.decode() == OLD
    assert (
        run("show", "some/measures", "art_2", "--store", "store").stdout.decode()
        == "第二条市科技部门负责本办法的实施。\n"
    )
    assert run("show", "some/measures@2019-12-01", "--source", "--store", "store").stdout == OLD.encode()
    versions = ("some/measures@2019-12-01", "some/measures")
    changed = json.loads(run("diff", *versions, "--store", "store", "--json").stdout)
    assert changed["old"]["version"] == "2019-12-01"
    assert changed["new"]["version"] == "2021-12-01"


def test_the_launcher_of_a_checkout() -> None:
    done = subprocess.run([sys.executable, ROOT / "cli.py", "--version"], capture_output=True, check=True)
    assert done.stdout.startswith(b"policydiff ")


def test_the_library_gives_what_the_command_gives(run, texts) -> None:
    import policydiff
    from policydiff import compare, diff, parse, read

    old, new = read(texts / "old.txt"), read(texts / "new.txt")
    assert parse(OLD).clauses == old.clauses
    assert callable(policydiff.diff), "the verb, not the package"
    by_library = json.loads(diff(old, new).model_dump_json())
    by_command = json.loads(run("diff", "old.txt", "new.txt", "--json").stdout)
    assert by_library["changes"] == by_command["changes"]
    assert json.loads(compare(new, old).model_dump_json())["sentences"]


@pytest.fixture
def family(tmp_path: Path) -> Path:
    """A directive of 2020 and its revision, another directive, and two districts that carry the first out."""
    texts = {
        "above.txt": "市促进办法\n第一条 支持企业建设研发中心，给予最高五百万元补助。\n第二条 对首次认定的高新技术企业给予30万元奖励。\n",
        "above-revised.txt": "市促进办法\n第一条 支持企业建设研发中心，给予最高八百万元补助。\n第二条 对首次认定的高新技术企业给予30万元奖励。\n",
        "other.txt": "市消防办法\n第一条 高层建筑应当设置自动喷水灭火系统。\n第二条 消防车通道不得占用。\n",
        "east.txt": "东区促进办法\n第一条 支持企业建设研发中心，给予最高五百万元补助。\n第二条 高层建筑应当设置自动喷水灭火系统。\n",
        "west.txt": "西区促进办法\n第一条 对首次认定的高新技术企业给予30万元奖励。\n第二条 举办龙舟赛。\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_several_superiors(run, family) -> None:
    """Each sentence is put to the superior it comes from."""
    done = run("compare", "east.txt", "above.txt", "other.txt", "--json")
    assert done.returncode == 0, done.stderr
    origins = {each["clause"]: each["comparison"] for each in json.loads(done.stdout)["origins"]}
    assert origins["art_1"] == 0
    assert origins["art_2"] == 1


def test_peers_against_their_superior(run, family) -> None:
    done = run("compare", "--peers", "east.txt", "west.txt", "--superior", "above.txt", "--json")
    assert done.returncode == 0, done.stderr
    status = {
        each["clause"]: [cell["status"] for cell in each["cells"]]
        for each in json.loads(done.stdout)["measures"]
    }
    assert status["art_1"][0] == "adopted"
    assert status["art_1"][1] != "adopted"
    assert status["art_2"][1] == "adopted"


def test_over_time(run, family) -> None:
    """The east district still promises what the directive promised before its revision."""
    done = run("compare", "east.txt", "above-revised.txt", "--before", "above.txt", "--json")
    assert done.returncode == 0, done.stderr
    lagging = [each for each in json.loads(done.stdout)["clauses"] if each["pace"] == "behind"]
    assert [each["clause"] for each in lagging] == ["art_1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("east.txt", "above.txt", "--superior", "other.txt"), "--peers"),
        (("--peers", "east.txt"), "at least two"),
        (("east.txt", "--before", "above.txt"), "revised text"),
        (("east.txt",), "name the document that it implements"),
    ],
)
def test_options_that_do_not_fit(run, family, arguments, said) -> None:
    done = run("compare", *arguments)
    assert done.returncode in {2, 11}
    assert said in done.stderr.decode()


def test_an_amendment_is_carried_out(run, tmp_path) -> None:
    (tmp_path / "old.txt").write_text(OLD, "utf-8")
    decision = "某市关于修改《某市促进办法》的决定\n一、将第二条修改为：“第二条 对符合条件的企业给予50万元补助。”\n本决定自公布之日起施行。\n"
    (tmp_path / "decision.txt").write_text(decision, "utf-8")
    done = run("apply", "old.txt", "decision.txt", "--exit-code")
    assert done.returncode == 0, done.stderr
    assert "50万元" in done.stdout.decode()
    assert "30万元" not in done.stdout.decode()


def test_a_text_that_amends_nothing_builds_nothing(run, tmp_path) -> None:
    """The old text given out as the new one would be taken for it."""
    (tmp_path / "old.txt").write_text(OLD, "utf-8")
    (tmp_path / "other.txt").write_text("某市管理规定\n第一条 为了加强管理，制定本规定。\n", "utf-8")
    done = run("apply", "old.txt", "other.txt", "-o", "built.txt")
    assert done.returncode == 16
    assert "nothing of other.txt is carried out on old.txt" in done.stderr.decode()
    assert not (tmp_path / "built.txt").exists()


def test_a_folder_is_not_added_but_imported(run, tmp_path) -> None:
    (tmp_path / "texts").mkdir()
    assert run("init", ".").returncode == 0
    done = run("add", "texts")
    assert done.returncode == 2
    assert "policydiff import texts" in done.stderr.decode()


def test_the_completion_script_completes(run, launcher) -> None:
    script = run("completion", "bash").stdout.decode()
    assert "_policydiff_completion" in script
    asked = {"COMP_WORDS": "policydiff com", "COMP_CWORD": "1", "_POLICYDIFF_COMPLETE": "complete_bash"}
    assert set(run(env=asked).stdout.decode().split()) == {"compare", "completion"}
    assert run("completion", "tcsh").returncode == 2
