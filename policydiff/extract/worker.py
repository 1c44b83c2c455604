"""The process in which untrusted binary files are parsed.

It first gives up access to files and network and limits its memory, then reads one request from standard input and writes
one answer to standard output.
"""

import contextlib
import ctypes
import json
import os
import platform
import struct
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from policydiff.errors import LayoutChangedError, UnreadableInputError, worded
from policydiff.extract.reading import Limits, Request
from policydiff.extract.sniff import FileKind, holds, read_as
from policydiff.platforms import cap_file_size, cap_memory, cap_processor_time, die_with_parent, used_memory

_PROGRAMS = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/opt", "/nix/store", "/gnu/store")
_DATA = (
    "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/libreoffice",
    "/etc/localtime", "/etc/nsswitch.conf", "/etc/passwd", "/var/cache/fontconfig", "/proc/cpuinfo", "/proc/meminfo",
    "/sys/devices/system/cpu", "/dev/urandom", "/dev/random",
)  # fmt: skip
_OFFICE_DATA = ("/var/lib/libreoffice", "/var/spool/libreoffice", "/proc/filesystems", "/proc/mounts")
_SOCKETS = "/tmp"  # noqa: S108 (where LibreOffice makes its socket)
_DEVICES = ("/dev/null", "/dev/zero")

# linux/landlock.h
_EXECUTE, _WRITE, _READ, _LIST, _TRUNCATE, _DEVICE_CALLS = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
_REMOVE, _MAKE_SOCKET = 1 << 5, 1 << 9
_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP = 0b11
_OTHERS_SIGNALS_AND_SOCKETS = 0b11
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446

# linux/seccomp.h, linux/filter.h: number of `socket`, then calls that reach other processes, namespaces or the kernel:
# ptrace, process_vm_readv, process_vm_writev, io_uring_setup, mount, umount2, unshare, setns, bpf, keyctl, add_key,
# request_key, perf_event_open, userfaultfd, pidfd_getfd, open_by_handle_at.
_CALLS = {
    "x86_64": (0xC000003E, 41, (101, 310, 311, 425, 165, 166, 272, 308, 321, 250, 248, 249, 298, 323, 438, 304)),
    "aarch64": (0xC00000B7, 198, (117, 270, 271, 425, 40, 39, 97, 268, 280, 219, 217, 218, 241, 282, 438, 265)),
}  # fmt: skip
_REFUSE, _ALLOW = 0x00050001, 0x7FFF0000  # SECCOMP_RET_ERRNO with EPERM; SECCOMP_RET_ALLOW
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_FOREIGN_CALLS = 0x40000000
_UNIX = 1
_SET_SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 22, 38, 2


def confine(scratch: str, *, local_sockets: bool) -> tuple[str, ...]:
    """Take away rights that no reader needs, permanently, except writing in the folder `scratch`; return the areas closed: `files`, `network`.

    `local_sockets` keeps sockets between processes of this machine and their names in /tmp, because LibreOffice always
    makes a socket there. It can still not read or write files there.
    """
    if sys.platform != "linux":
        return ()
    held = []
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return ()
    with contextlib.suppress(OSError):
        _close_files(libc, scratch, local_sockets=local_sockets)
        held.append("files")
    with contextlib.suppress(OSError):
        _close_calls(libc, local_sockets=local_sockets)
        held.append("network")
    return tuple(held)


def _close_files(libc: ctypes.CDLL, scratch: str, *, local_sockets: bool) -> None:
    """Restrict the file system with Landlock. Raises OSError if the kernel has no Landlock."""
    version = libc.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        raise OSError(ctypes.get_errno(), "no Landlock")
    rights = _RIGHTS_BY_VERSION[max(known for known in _RIGHTS_BY_VERSION if known <= version)]
    attributes = struct.pack(
        "=QQQ", rights, _TCP if version >= 4 else 0, _OTHERS_SIGNALS_AND_SOCKETS if version >= 6 else 0
    )[: 24 if version >= 6 else 16 if version >= 4 else 8]
    ruleset = libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "no ruleset")
    try:
        for place in (*_PROGRAMS, *_import_folders()):
            _allow(libc, ruleset, place, rights & (_EXECUTE | _READ | _LIST))
        for place in _DATA:
            _allow(libc, ruleset, place, rights & (_READ | _LIST))
        for place in _DEVICES:
            _allow(libc, ruleset, place, rights & (_READ | _WRITE | _TRUNCATE))
        _allow(libc, ruleset, scratch, rights & ~_DEVICE_CALLS)
        if local_sockets:
            for place in _OFFICE_DATA:
                _allow(libc, ruleset, place, rights & (_READ | _LIST))
            _allow(libc, ruleset, _SOCKETS, rights & (_MAKE_SOCKET | _REMOVE))
        if libc.syscall(_RESTRICT_SELF, ruleset, 0):
            raise OSError(ctypes.get_errno(), "not restricted")
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, place: str, rights: int) -> None:
    """Allow `rights` on one file or folder; a missing one is skipped."""
    try:
        descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not Path(place).is_dir():
            rights &= _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE_CALLS
        rule = struct.pack("=Qi", rights, descriptor)
        if libc.syscall(_ADD_RULE, ruleset, 1, rule, 0):
            raise OSError(ctypes.get_errno(), f"no rule for {place}")
    finally:
        os.close(descriptor)


def _import_folders() -> Iterable[str]:
    """Yield the folders of Python and its packages; of the folder that holds this package, only the package itself.

    The folder around the package may be the checkout of a store or a user's home.
    """
    package = Path(__file__).resolve().parents[1]
    yield str(package)
    yield from {sys.prefix, sys.base_prefix, sys.exec_prefix}
    for entry in sys.path:
        place = Path(entry or ".").resolve()
        if place.name in {"site-packages", "dist-packages"} or place.is_file():
            yield str(place)
    if "TESSDATA_PREFIX" in os.environ:
        yield os.environ["TESSDATA_PREFIX"]


def _close_calls(libc: ctypes.CDLL, *, local_sockets: bool) -> None:
    """Refuse sockets and calls that reach into other processes, with a seccomp filter.

    Raises OSError if the kernel has no seccomp, or the calls of this processor are not listed.
    """
    machine = _CALLS.get(platform.machine())
    if machine is None:
        raise OSError("no list of calls for this processor")
    architecture, socket, refused = machine
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _REFUSE), (_LOAD, 0, 0, 0)]
    steps += [(_AT_LEAST, 0, 1, _FOREIGN_CALLS), (_RETURN, 0, 0, _REFUSE)]
    for call in refused:
        steps += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, _REFUSE)]
    steps += [(_EQUAL, 1, 0, socket), (_RETURN, 0, 0, _ALLOW)]
    if local_sockets:
        steps += [(_LOAD, 0, 0, 16), (_EQUAL, 0, 1, _UNIX), (_RETURN, 0, 0, _ALLOW)]
    steps += [(_RETURN, 0, 0, _REFUSE)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    if libc.prctl(_SET_SECCOMP, _FILTER, program, 0, 0):
        raise OSError(ctypes.get_errno(), "no seccomp")


_MEBIBYTE = 1 << 20
_MEMORY_SHARE = 8
"""A small file gets `memory_bytes` divided by this (384 of 3,072 MiB) beyond the memory of the reader itself."""
_MEMORY_PER_BYTE = 32
"""Further bytes of memory for each byte of the file; an XML tree takes 15 to 25 times the size of its source."""
_TIME_SHARE = 48
"""A small file gets `seconds` divided by this (2.5 of 120) as processor time."""
_TIME_SHARE_PER_MEBIBYTE = 2
"""For each MiB of the file, `seconds` divided by this is added, because packed or drawn formats hold many words in a MiB."""
_TIME_SHARE_OF_CHARACTERS = 100
"""The divisor for text formats instead: 1.2 s for each MiB, while honest pages take a fraction of a second."""
_CHARACTERS = frozenset({FileKind.HTML, FileKind.MHTML, FileKind.PLAIN, FileKind.MARKDOWN})
_SLOW_TO_START = frozenset({FileKind.DOC, FileKind.OPEN_TEXT})
"""Kinds read by external programs, which take seconds and gigabytes of address space for any file; they get the full limits."""


def main() -> None:
    """Answer one request; output printed by libraries cannot disturb the answer."""
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        answers.write(json.dumps(_answer(sys.stdin.buffer, answers)).encode() + b"\n")
        answers.flush()
        # Libraries may hang or crash during cleanup, and the answer is already written.
        os._exit(0)


def _answer(requests: BinaryIO, answers: BinaryIO) -> dict[str, object]:
    def page_done() -> None:
        answers.write(b"page\n")
        answers.flush()

    head = json.loads(requests.readline())
    limits = Limits(**head["limits"])
    request = Request(
        requests.read(), limits, head["revisions"], tuple(head["select"]), tuple(head["ignore"]), page_done
    )
    die_with_parent(head["parent"])
    kind = FileKind(head["kind"])
    cap_file_size(4 * limits.unpacked_bytes)
    cap_memory(limits.memory_bytes)
    try:
        # An attachment in a bundle may be a file for external programs.
        slow = kind in _SLOW_TO_START or (kind is FileKind.PAGES and holds(request.data, _SLOW_TO_START))
        confine(tempfile.gettempdir(), local_sockets=slow)
        _cap(FileKind.DOC if slow else kind, len(request.data), limits)
        return {"reading": read_as(kind, request)._asdict()}
    except UnreadableInputError as error:
        return {"error": str(error), "layout": isinstance(error, LayoutChangedError)}
    except MemoryError:
        return {
            "error": worded(
                f"reading it takes more memory than a file of its size gets: it is damaged or hostile, or memory_bytes ({limits.memory_bytes >> 20} MiB) is too low for it"
            )
        }
    # A library's bug on one file must only fail this file; libraries in Rust raise exceptions that are no `Exception`.
    except BaseException as error:
        if is_of_program(error):
            return {
                "error": worded(
                    f"what reads it could not be loaded ({error}): memory_bytes is too low, or the installation broken"
                )
            }
        return {
            "error": f"the reader failed on it ({type(error).__name__}: {str(error)[:200]}): it is damaged"
        }


def is_of_program(error: BaseException) -> bool:
    """Return whether the reader's own modules could not be loaded; with too little memory Python may report a SyntaxError in its own files."""
    wrong_source = isinstance(error, SyntaxError) and (error.filename or "").endswith(".py")
    return isinstance(error, ImportError) or wrong_source


def _cap(kind: FileKind, size: int, limits: Limits) -> None:
    """Limit memory and processor time by the size of the file; recognition lifts both, because its pages have time limits of their own."""
    memory, seconds = float(limits.memory_bytes), limits.seconds
    if kind not in _SLOW_TO_START:
        memory = min(memory, used_memory() + memory / _MEMORY_SHARE + _MEMORY_PER_BYTE * size)
        share = _TIME_SHARE_OF_CHARACTERS if kind in _CHARACTERS else _TIME_SHARE_PER_MEBIBYTE
        seconds = min(seconds, seconds / _TIME_SHARE + seconds / share * size / _MEBIBYTE)
    cap_memory(int(memory), limits.memory_bytes)
    cap_processor_time(seconds)


if __name__ == "__main__":
    main()
