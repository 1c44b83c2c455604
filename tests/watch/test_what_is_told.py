"""Whatever a run recorded is told, by the run itself or by the next that comes to its end; and a failure that was told is told to be over."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from policydiff.errors import DamagedStoreError, DiskFullError, WriteConflictError
from policydiff.store import Store
from policydiff.watch.against_last import quoted
from policydiff.watch.examine import RunReport
from policydiff.watch.fetch.client import Client
from policydiff.watch.ledger import Entry, Outcome
from policydiff.watch.run import RunOptions, RunResult
from policydiff.watch.run_page import compose
from policydiff.watch.session import SessionOptions, carry_out
from policydiff.watch.store_archive import Archive
from policydiff.watch.watched import read_health
from watch import portal as serve
from watch.portal import Portal, page, policy_lines
from watch.workplace import Workplace

PATHS = ("/a", "/b", "/c")


def _text(path: str, amount: int) -> bytes:
    name = {"/a": "某市", "/b": "乙市", "/c": "丙市"}[path]
    points = [f"每家企业补助{amount}万元。", "办理时限不超过5个工作日。", "本意见自2024年4月1日起施行。"]
    return page(policy_lines(f"{name}关于促进中小企业发展的意见", f"{name}发〔2024〕5号", points))


def _sources(portal: Portal, *paths: str) -> str:
    return "".join(
        f'[[sources]]\nname = "{path[1:]}"\nkind = "page"\nurl = "{portal.url(path)}"\nid = "city/{path[1:]}"\n'
        for path in paths or PATHS
    )


@pytest.fixture
def work(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path / "store")


@pytest.fixture
def recorded(portal: Portal, work: Workplace) -> Workplace:
    """Three documents, recorded and told; each has another text now."""
    work.configure(_sources(portal), "workers = 1")
    for path in PATHS:
        portal.pages[path] = _text(path, 30)
    work.run(everything=True)
    work.clock.advance(hours=25)
    for path in PATHS:
        portal.pages[path] = _text(path, 40)
    return work


class Telling:
    """What is told by runs, some of which are ended from outside."""

    def __init__(self, work: Workplace) -> None:
        self.work = work
        self.told: list[str] = []

    def run(self, stop: str = "", error: Callable[[], BaseException] = KeyboardInterrupt) -> None:
        """Run; `stop` names the moment at which the run ends: a number of entries, before telling or after it."""
        seen: list[Entry] = []

        def on_entry(entry: Entry) -> None:
            seen.append(entry)
            if str(len(seen)) == stop:
                raise error()

        def tell(result: RunResult) -> None:
            if stop == "before":
                raise error()
            self.told += [f"{entry.source}" for entry in result.changed]
            if stop == "after":
                raise error()

        if not stop:
            self.work.run(on_entry=on_entry, tell=tell, everything=True)
            return
        with pytest.raises(error):  # type: ignore[arg-type]
            self.work.run(on_entry=on_entry, tell=tell, everything=True)


# Hours between the runs: within the time in which a run is taken up, and beyond it.
@pytest.mark.parametrize("hours", [1, 7, 30, 150])
@pytest.mark.parametrize(
    "stops",
    [
        ("1",),  # after the first of three sources
        ("2",),
        ("3",),  # everything is settled, nothing told
        ("before",),  # killed while the differences are worked out
        ("1", "1"),  # twice
        ("2", "before"),
        ("before", "before"),
    ],
)
def test_a_run_that_broke_off_is_told_by_the_next(
    recorded: Workplace, stops: tuple[str, ...], hours: int
) -> None:
    telling = Telling(recorded)
    for stop in stops:
        telling.run(stop)
        recorded.clock.advance(hours=hours / len(stops))
    telling.run()
    recorded.clock.advance(hours=25)
    telling.run()
    recorded.clock.advance(hours=25)
    telling.run()
    assert sorted(telling.told) == ["a", "b", "c"]
    assert all(len(versions) == 2 for versions in recorded.versions().values())


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, OSError, MemoryError])
def test_what_could_not_be_told_is_told_by_the_next(
    recorded: Workplace, error: Callable[[], BaseException]
) -> None:
    telling = Telling(recorded)
    telling.run("before", error)
    recorded.clock.advance(hours=25)
    telling.run()
    telling.run()
    assert sorted(telling.told) == ["a", "b", "c"]


def test_a_message_that_was_sent_and_not_confirmed_is_sent_again_not_lost(recorded: Workplace) -> None:
    telling = Telling(recorded)
    telling.run("after")
    recorded.clock.advance(hours=1)
    telling.run()
    assert sorted(telling.told) == ["a", "a", "b", "b", "c", "c"]


def test_what_nobody_could_be_told_for_a_week_is_let_go(recorded: Workplace) -> None:
    telling = Telling(recorded)
    telling.run("before")
    recorded.clock.advance(hours=7 * 24 + 1)
    telling.run()
    assert telling.told == []
    assert all(len(versions) == 2 for versions in recorded.versions().values())


@pytest.mark.parametrize(
    ("error", "is_machine"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError(errno.EROFS, "Read-only file system"), True),
        (OSError(errno.EIO, "Input/output error"), True),
        (OSError(errno.EMFILE, "Too many open files"), True),
        (DiskFullError("the disk is full"), True),
        (DamagedStoreError("an object is missing"), True),
        (WriteConflictError("another writer was faster"), True),
        # What one source may bring about again and again must not end the run for all others.
        (OSError(errno.ENAMETOOLONG, "File name too long"), False),
        (OSError(errno.EINVAL, "Invalid argument"), False),
        (ValueError("embedded null byte"), False),
        (MemoryError(), False),
        (RecursionError("maximum recursion depth exceeded"), False),
    ],
    ids=str,
)
@pytest.mark.parametrize("place", ["record", "fetch"])
def test_no_source_is_blamed_for_the_machine(
    recorded: Workplace, monkeypatch: pytest.MonkeyPatch, error: Exception, is_machine: bool, place: str
) -> None:
    def fails(*_: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        if place == "record":
            broken.setattr(Archive, "add", fails)
        else:
            broken.setattr(Client, "get", fails)
        if is_machine:
            with pytest.raises(type(error)):
                recorded.run(everything=True)
        else:
            result = recorded.run(everything=True)
            assert [each.failure for each in result.entries] == ["structure_changed"] * 3
    recorded.clock.advance(hours=25)
    result = recorded.run(everything=True)
    assert sorted(each.source for each in result.changed) == ["a", "b", "c"]
    assert bool(result.newly_read) is not is_machine


@pytest.mark.parametrize("years", [-30, -4, -1, 1, 4, 70])
def test_a_clock_that_was_wrong_by_years_silences_no_source(
    portal: Portal, recorded: Workplace, years: int
) -> None:
    recorded.clock.advance(days=365 * years)
    recorded.run(everything=True)
    recorded.clock.advance(days=-365 * years + 2)
    for path in PATHS:
        portal.pages[path] = _text(path, 50)
    assert read_health(recorded.configuration, recorded.folder, recorded.clock.now()).late
    result = recorded.run()
    assert [each.source for each in result.changed] == ["a", "b", "c"]
    assert not read_health(recorded.configuration, recorded.folder, recorded.clock.now()).late
    assert recorded.run().not_due == ("a", "b", "c")


GONE, BUSY, WALL = serve.answer(404), serve.answer(503), serve.answer(403)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (["gone", "read"], ["gone", "read"]),
        (["gone", "gone", "read", "read"], ["gone", "", "read", ""]),  # once each
        (["busy", "read"], ["", ""]),  # nobody heard of it
        (["busy", "busy", "read"], ["", "", ""]),
        (["busy", "busy", "busy", "read"], ["", "", "transient", "read"]),
        (["busy", "busy", "busy", "busy", "read", "read"], ["", "", "transient", "", "read", ""]),
        (["gone", "busy", "read"], ["gone", "", "read"]),  # the passing failure between is part of the first
        (["gone", "busy", "gone", "read"], ["gone", "", "", "read"]),
        (["gone", "wall", "read"], ["gone", "blocked", "read"]),
        (["busy", "busy", "busy", "gone", "read"], ["", "", "transient", "gone", "read"]),
        (["gone", "read", "gone", "read"], ["gone", "read", "gone", "read"]),
        (["gone", "changed"], ["gone", "changed read"]),
        (["busy", "changed"], ["", "changed"]),
        (["read", "changed", "gone", "busy", "busy", "read"], ["", "changed", "gone", "", "", "read"]),
    ],
)
def test_a_failure_that_was_told_is_told_to_be_over(
    portal: Portal, work: Workplace, answers: list[str], told: list[str]
) -> None:
    work.configure(_sources(portal, "/a"), "retries = 0")
    pages = {"gone": GONE, "busy": BUSY, "wall": WALL, "read": _text("/a", 30), "changed": _text("/a", 40)}
    portal.pages["/a"] = pages["read"]
    work.run(everything=True)
    said = []
    for answer in answers:
        work.clock.advance(hours=25)
        portal.pages["/a"] = (
            pages["changed"] if "changed" in said[-1:] and answer == "read" else pages[answer]
        )
        result = work.run(everything=True)
        words = ["changed"] if any(each.outcome is Outcome.CHANGED for each in result.changed) else []
        words += [str(each.failure) for each in result.newly_failing]
        words += ["read" for _ in result.newly_read]
        said.append(" ".join(words))
    assert said == told


@pytest.mark.parametrize("stop", ["1", "before"])
def test_a_failure_is_told_though_the_run_that_saw_it_broke_off(
    portal: Portal, recorded: Workplace, stop: str
) -> None:
    portal.pages["/a"] = GONE
    Telling(recorded).run(stop)
    recorded.clock.advance(hours=25)
    result = recorded.run(everything=True)
    heard = [str(each.failure) for each in result.newly_failing]
    portal.pages["/a"] = _text("/a", 40)
    recorded.clock.advance(hours=25)
    result = recorded.run(everything=True)
    assert heard == ["gone"]
    assert [each.source for each in result.newly_read] == ["a"]


@pytest.mark.parametrize(
    ("lang", "subject", "line"),
    [
        ("en", "Policy watch: a can be read again", "Readable again"),
        ("zh", "政策跟踪：a 已恢复读取", "已恢复读取"),
    ],
)
def test_the_message_of_a_source_that_heals(
    portal: Portal, recorded: Workplace, lang: str, subject: str, line: str
) -> None:
    for path in PATHS:
        portal.pages[path] = GONE if path == "/a" else _text(path, 30)
    recorded.run(everything=True)
    recorded.clock.advance(hours=25)
    portal.pages["/a"] = _text("/a", 30)
    result = recorded.run(everything=True)
    message = compose(RunReport(result=result, changes=()), lang)
    assert message is not None
    assert message.subject == subject
    assert line in message.text
    assert [each.source for each in message.read_again] == ["a"]
    recorded.clock.advance(hours=25)
    assert compose(RunReport(result=recorded.run(everything=True), changes=()), lang) is None


def test_a_source_that_fails_is_named_by_its_document(portal: Portal, recorded: Workplace) -> None:
    """The name of a source is a key of the settings, made of the first sounds of a title: a reader knows the title."""
    for path in PATHS:
        portal.pages[path] = GONE if path == "/a" else _text(path, 30)
    with Store.open(recorded.folder, clock=recorded.clock.now) as store:
        options = SessionOptions(RunOptions(everything=True), "zh")
        report = carry_out(recorded.configuration, store, recorded.clock, options).report
    message = compose(report, "zh")
    assert message is not None
    assert "某市关于促进中小企业发展的意见 (a)" in message.subject
    assert "已撤下 某市关于促进中小企业发展的意见 (a)：" in message.text


HEAD, ROWS = "区域\t月标准", [f"{place}区\t{place}00" for place in range(1, 9)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # One row of eight: the head of the table and the row, on both sides.
        ([*ROWS], [*ROWS[:4], "5区\t510", *ROWS[5:]], (["…", "5区\t500", "…"], ["…", "5区\t510", "…"])),
        ([*ROWS], ["1区\t110", *ROWS[1:]], (["1区\t100", "…"], ["1区\t110", "…"])),
        ([*ROWS], [*ROWS[:7], "8区\t810"], (["…", "8区\t800"], ["…", "8区\t810"])),
        # Two rows: what stands between them stays, too.
        (
            [*ROWS],
            [ROWS[0], "2区\t210", ROWS[2], "4区\t410", *ROWS[4:]],
            (["…", *ROWS[1:4], "…"], ["…", "2区\t210", ROWS[2], "4区\t410", "…"]),
        ),
        # A row that came, went, or stood there twice.
        ([*ROWS], [*ROWS, "9区\t900"], (["…"], ["…", "9区\t900"])),
        ([*ROWS], [*ROWS[:3], *ROWS[4:]], (["…", ROWS[3], "…"], ["…", "…"])),
        ([*ROWS, ROWS[7]], [*ROWS], (["…", ROWS[7]], ["…"])),
    ],
)
def test_of_a_table_the_rows_that_differ_are_quoted(
    old: list[str], new: list[str], told: tuple[list[str], list[str]]
) -> None:
    sides = "\n".join([HEAD, *old]), "\n".join([HEAD, *new])
    found = quoted(*sides, 400).split("\n"), quoted(*reversed(sides), 400).split("\n")
    assert found == tuple([HEAD, *side] for side in told)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Near misses: another head, a paragraph of one line, a text that came or went are quoted as they are.
        ("区域\t月标准\n1区\t100", "区域\t年标准\n1区\t100"),
        ("每家企业补助30万元。", "每家企业补助40万元。"),
        ("区域\t月标准\n1区\t100", ""),
        ("第一款。\n第二款。", "第一款。"),
    ],
)
def test_other_texts_are_quoted_whole(old: str, new: str) -> None:
    assert (quoted(old, new, 400), quoted(new, old, 400)) == (old, new)


REWRITTEN = "设置大型户外广告设施的，应当向区城市管理部门申请设置许可；未经许可，不得设置。"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # A subject holds the end of the old words and of the new: filing instead of a licence.
        (REWRITTEN, "设置大型户外广告设施的，应当在设置后十五日内向区城市管理部门备案。", ("不得设置 → ", "备案]（放宽）")),
        (
            "运营企业应当每日巡查。",
            "运营企业未每日巡查的，由区城市管理部门责令改正；逾期不改正的，处五千元以上二万元以下罚款。",
            ("二万元以下罚款", "（趋严）"),
        ),
    ],
)  # fmt: skip
def test_a_subject_tells_the_new_words_beside_the_old(
    portal: Portal, recorded: Workplace, old: str, new: str, told: tuple[str, str]
) -> None:
    recorded.configure(_sources(portal, "/a"))
    for point in (old, new):
        points = ["为规范城市管理，制定本办法。", point, "本办法由市城市管理局解释。"]
        portal.pages["/a"] = page(policy_lines("某市户外设施管理办法", "某府发〔2024〕7号", points))
        recorded.clock.advance(hours=25)
        with Store.open(recorded.folder, clock=recorded.clock.now) as store:
            options = SessionOptions(RunOptions(everything=True, accepted=frozenset({"a"})), "zh")
            report = carry_out(recorded.configuration, store, recorded.clock, options).report
    message = compose(report, "zh")
    assert message is not None
    assert all(words in message.subject for words in told)
