"""What a reader that an attacker has taken over could still do: asked from inside a confined process."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from policydiff.extract.dispatch import _environment
from policydiff.extract.sniff import FileKind, is_isolated
from tests.extract.small_files import docx, paragraph, pdf, text_lines

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and seccomp are of Linux")

INSIDE = """
import os, socket, subprocess, sys
from policydiff.extract.worker import confine
held = confine({scratch!r}, local_sockets={sockets!r})
try:
    {attempt}
except (OSError, subprocess.SubprocessError) as error:
    print(*held, "refused", type(error).__name__)
else:
    print(*held, "done")
"""

ATTEMPTS = [
    ("a file of the user is read", "open({secret!r}).read()"),
    ("a folder of the user is listed", "os.listdir({home!r})"),
    ("a file of the system is read", "open('/etc/hostname').read()"),
    ("the environment of another process is read", "open('/proc/%d/environ' % os.getppid()).read()"),
    ("its own environment is read by the kernel's way", "open('/proc/self/environ').read()"),
    ("a file is written beside the store", "open({home!r} + '/new', 'w')"),
    ("a file is appended to", "open({secret!r}, 'a')"),
    ("a file is cut off", "os.truncate({secret!r}, 0)"),
    ("a file is removed", "os.unlink({secret!r})"),
    ("a file is linked into the scratch folder", "os.link({secret!r}, {scratch!r} + '/link')"),
    ("a link is followed", "os.symlink({secret!r}, {scratch!r} + '/s'); open({scratch!r} + '/s').read()"),
    ("a file is renamed", "os.rename({secret!r}, {scratch!r} + '/x')"),
    ("a TCP connection is made", "socket.create_connection(('127.0.0.1', 9))"),
    ("a datagram is sent", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 53))"),
    ("a name is looked up", "socket.getaddrinfo('example.org', 80)"),
    ("IPv6 is used", "socket.socket(socket.AF_INET6)"),
    ("a raw socket is opened", "socket.socket(socket.AF_INET, socket.SOCK_RAW)"),
    ("the kernel is asked by netlink", "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)"),
    ("a local service is asked", "socket.socket(socket.AF_UNIX)"),
    ("a port is opened", "socket.create_server(('127.0.0.1', 0))"),
    ("a program of its own is started", "open({scratch!r} + '/p', 'w').write('#!/bin/sh'); os.chmod({scratch!r} + '/p', 0o700); subprocess.run([{scratch!r} + '/../p'], check=True)"),
    ("a child escapes", "subprocess.run(['cat', {secret!r}], check=True, capture_output=True)"),
]  # fmt: skip


def inside(attempt: str, tmp_path: Path, *, sockets: bool = False) -> str:
    home, scratch = tmp_path / "home", tmp_path / "scratch"
    home.mkdir()
    scratch.mkdir()
    (home / "secret").write_text("token")
    places = {"scratch": str(scratch), "secret": str(home / "secret"), "home": str(home)}
    code = INSIDE.format(scratch=str(scratch), sockets=sockets, attempt=attempt.format(**places))
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert (home / "secret").read_text() == "token"
    return done.stdout.strip() or done.stderr


@LINUX
@pytest.mark.parametrize(("reason", "attempt"), ATTEMPTS, ids=[reason for reason, _ in ATTEMPTS])
def test_a_reader_taken_over_cannot(tmp_path: Path, reason: str, attempt: str) -> None:
    answer = inside(attempt, tmp_path)
    if not answer.startswith("files network"):
        pytest.skip(f"this kernel confines less: {answer}")
    assert "refused" in answer, f"{reason}: {answer}"


SOCKETS_ONLY = {"a local service is asked", "a file is removed"}
"""What the programs that read DOC are left: LibreOffice makes its socket in /tmp, and removes it."""


@LINUX
@pytest.mark.parametrize(
    ("reason", "attempt"),
    [each for each in ATTEMPTS if each[0] not in SOCKETS_ONLY],
    ids=[reason for reason, _ in ATTEMPTS if reason not in SOCKETS_ONLY],
)
def test_a_program_that_reads_doc_cannot(tmp_path: Path, reason: str, attempt: str) -> None:
    answer = inside(attempt, tmp_path, sockets=True)
    if not answer.startswith("files network"):
        pytest.skip(f"this kernel confines less: {answer}")
    assert "refused" in answer, f"{reason}: {answer}"


@LINUX
def test_a_program_that_reads_doc_can_make_its_socket(tmp_path: Path) -> None:
    name = f"/tmp/policydiff-test-{os.getpid()}"
    assert inside(
        f"s = socket.socket(socket.AF_UNIX); s.bind({name!r}); os.unlink({name!r})", tmp_path, sockets=True
    ).endswith("done")


@LINUX
@pytest.mark.parametrize(
    "attempt",
    ["open({scratch!r} + '/x', 'w').write('x')", "open('/dev/null', 'w')", "os.urandom(8)", "import json, lxml.etree", "subprocess.run(['true'], check=True)"],
)  # fmt: skip
def test_a_reader_still_can(tmp_path: Path, attempt: str) -> None:
    assert inside(attempt, tmp_path).endswith("done")


def test_no_secret_is_in_the_environment_of_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SMTP_PASSWORD", "GITHUB_TOKEN", "HTTPS_PROXY", "AWS_SECRET_ACCESS_KEY", "SSH_AUTH_SOCK"):
        monkeypatch.setenv(name, "geheim")
    told = _environment("/scratch")
    assert "geheim" not in " ".join(told.values())
    assert {told[name] for name in ("HOME", "TMPDIR", "TMP", "TEMP")} == {"/scratch"}
    names = {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "HOME", "TMPDIR", "TMP", "TEMP", "PYTHONPATH"}
    assert told.keys() - names <= {
        "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "TESSDATA_PREFIX", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT",
        "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "PATHEXT", "COMSPEC", "PROGRAMFILES",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "size", "isolated"),
    [
        (FileKind.HTML, 50_000, False), (FileKind.HTML, 50_001, True), (FileKind.MHTML, 50_001, True),
        (FileKind.PLAIN, 1 << 20, False), (FileKind.PLAIN, (1 << 20) + 1, True), (FileKind.PAGES, 1, True),
        (FileKind.DOCX, 1, True), (FileKind.DOC, 1, True), (FileKind.RTF, 1, True), (FileKind.XLSX, 1, True),
        (FileKind.XLS, 1, True), (FileKind.ODS, 1, True), (FileKind.PDF, 1, True), (FileKind.OFD, 1, True),
        (FileKind.PNG, 1, True), (FileKind.JPEG, 1, True), (FileKind.TIFF, 1, True), (FileKind.BMP, 1, True),
    ],
)  # fmt: skip
def test_which_files_go_to_the_worker(kind: FileKind, size: int, isolated: bool) -> None:
    assert is_isolated(kind, size) is isolated


def forms(each: int, depth: int) -> bytes:
    """Return a PDF whose form draws another one several times, and that one another: each**depth drawings."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
               b"<</Length 5>>stream\n/F Do\nendstream"]  # fmt: skip
    for level in range(depth):
        draw = b"/F Do " * each
        inner = b"<</XObject<</F %d 0 R>>>>" % (6 + level)
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources %b/Length %d>>stream\n%b\nendstream"
            % (inner, len(draw), draw)
        )
    objects.append(b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 3>>stream\nq Q\nendstream")
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return body + b"trailer<</Root 1 0 R>>\n"


def _workers() -> list[int]:
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                if b"policydiff.extract.worker" in (place / "cmdline").read_bytes():
                    found.append(int(place.name))
            except OSError:
                continue
    return found


def _children(pid: int) -> list[int]:
    found = []
    for worker in _workers():
        try:
            parent = int((Path("/proc") / str(worker) / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        if parent == pid:
            found.append(worker)
    return found


@LINUX
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT], ids=lambda how: how.name)
def test_the_worker_ends_with_its_parent(tmp_path: Path, how: signal.Signals) -> None:
    slow = tmp_path / "slow.html"
    slow.write_bytes(b"<div>" * 100_000 + b"x")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch)}
    arguments = [sys.executable, "-m", "policydiff", "parse", str(slow)]
    with subprocess.Popen(
        arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        deadline = time.monotonic() + 60
        while not (workers := _children(process.pid)) and time.monotonic() < deadline:
            assert process.poll() is None, "it ended before a worker was seen"
            time.sleep(0.01)
        process.send_signal(how)
        process.wait(timeout=60)
        told = process.stderr.read() if process.stderr else b""
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert b"Traceback" not in told
    if how is not signal.SIGKILL:
        assert list(scratch.iterdir()) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_works_inside(tmp_path: Path) -> None:
    reading = extract(Path(__file__).with_name("small.doc").read_bytes())
    assert reading.extractor == "doc+soffice"
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_told_which_limit_stopped_it() -> None:
    """A picture of forms that draw forms: three kilobytes, a billion drawings."""
    started = time.monotonic()
    with pytest.raises(UnreadableInputError, match=r"processor time|memory_bytes|too deep|no text"):
        extract(forms(10, 12))
    assert time.monotonic() - started < 60


def test_small_files_are_read_with_little() -> None:
    assert extract(docx(paragraph("第一条　总则。"))).text == "第一条　总则。\n"
    assert extract(pdf(text_lines((60, 780, "Article 1 Purpose"), (60, 420, "Of this act")), pages=2)).text
