"""Differences between operating systems: locks on files, ending a process with its children, a limit on memory, the current day.

This module imports nothing from the rooms above it, and imports a module that only one system has only when it is needed.
"""

import contextlib
import locale
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

CAN_FORK = hasattr(os, "fork")
"""Whether a process can be copied with what it has loaded; without it, work is not spread over processes, because a
fresh process would import the caller's main module again."""
O_BINARY: int = getattr(os, "O_BINARY", 0)
"""Flag for `os.open` under which Windows leaves line ends as they are."""
_LOCKED_BYTE = 1 << 30
"""On Windows a lock covers bytes, and those cannot be read by others: this one lies beyond any content."""


def local_day() -> date:
    """Return the day of now where the user is: whether a law is in force, or a waiver has run out, goes by that day.

    Record time is UTC (`store.history.Moment`); in Shanghai the two days differ from midnight to eight in the morning.
    """
    return datetime.now().astimezone().date()


def at_home(path: str) -> str:
    """Return a path with the user's home in place of a leading `~/`; `~$办法.docx`, a lock file of Word, stays as it is."""
    return os.path.expanduser(path) if path.startswith(("~/", f"~{os.sep}")) else path  # noqa: PTH111 (a name may be no path)


def spelled_out(arguments: Sequence[str]) -> list[str]:
    """Return a command line as the user's shell should have passed it on.

    No shell replaces the ~ of `--output=~/a.html`, and the shells of Windows replace no pattern: there `*` and `?` give
    the files that match. Brackets are part of a name (`办法[1].docx`, as browsers call a second download), not a pattern.
    """
    words: list[str] = []
    for each in arguments:
        name, sign, value = each.partition("=") if each.startswith("--") else ("", "", each)
        value = at_home(value)
        found: list[str] = []
        if sys.platform == "win32" and not name and set(value) & set("*?"):
            from glob import glob  # noqa: PLC0415 (compiles patterns)

            found = sorted(glob(value.replace("[", "[[]")))  # noqa: PTH207 (names as they are typed)
        words += found or [f"{name}{sign}{value}"]
    return words


def take_lock(descriptor: int) -> bool:
    """Take the lock on an open file without waiting; return whether it was free. The system drops it with the process."""
    try:
        import fcntl  # noqa: PLC0415 (POSIX only)
    except ImportError:
        return _take_windows_lock(descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def release_lock(descriptor: int) -> None:
    """Release a lock that was taken, also where a child process shares the file."""
    try:
        import fcntl  # noqa: PLC0415 (POSIX only)
    except ImportError:
        msvcrt = _windows_runtime()
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        return
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def _take_windows_lock(descriptor: int) -> bool:
    msvcrt = _windows_runtime()
    os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def _windows_runtime() -> Any:
    import msvcrt  # noqa: PLC0415 (Windows only)

    return msvcrt


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file, text as UTF-8, whole or not at all; a link that stands there is replaced, and what it leads to stays."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with fresh.open("xb") as stream:
        stream.write(content.encode("utf-8") if isinstance(content, str) else content)
    fresh.replace(path)


def write_at_start(descriptor: int, data: bytes) -> None:
    """Replace the content of an open file."""
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, data)


def shared_with_child(descriptor: int | None) -> dict[str, Any]:
    """Return the arguments of `Popen` under which a child holds this open file too.

    On Windows a child inherits no lock: there a turn ends with the process that took it.
    """
    return {} if descriptor is None or os.name == "nt" else {"pass_fds": (descriptor,)}


def own_group() -> dict[str, Any]:
    """Return the arguments of `Popen` under which a child can be ended with all that it starts."""
    if os.name == "nt":
        return {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    return {"start_new_session": True}


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """End a process that was started with `own_group`, with all processes it started, and wait for it."""
    kill_group = getattr(os, "killpg", None)
    if kill_group is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill_group(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        if sys.platform == "win32":
            subprocess.run(  # noqa: S603 (a fixed command)
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607 (part of the system)
                capture_output=True,
                check=False,
            )
        with contextlib.suppress(OSError):
            process.kill()
    process.wait()


_capped = False
"""Whether this process has capped itself, so that `lift_caps` never touches caps that somebody else has set."""


def cap_memory(size: int, most: int | None = None) -> bool:
    """Cap the address space of this process at a number of bytes and forbid core dumps; return whether it holds.

    macOS takes the call and does not keep to it; there and where a lower cap is in force already, nothing is changed.

    Args:
        size: The cap.
        most: What `lift_caps` may raise it to; without it the cap is final.
    """
    global _capped  # noqa: PLW0603 (a property of the process)
    try:
        import resource  # noqa: PLC0415 (POSIX only)
    except ImportError:
        return _cap_windows_memory(most or size)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, max(size, most or size)))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return False
    _capped = True
    return True


def used_memory() -> int:
    """Return the bytes of address space this process takes, 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as told:  # noqa: PTH123 (a file of the kernel)
            return int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


def cap_processor_time(seconds: float) -> None:
    """End this process, and every process it starts, after the given seconds of processor time from now; not on Windows."""
    global _capped  # noqa: PLW0603 (a property of the process)
    try:
        import resource  # noqa: PLC0415 (POSIX only)
    except ImportError:
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used + max(seconds, 1.0)), hard))
        _capped = True


def cap_file_size(size: int) -> None:
    """Limit the size of every file that this process writes, in bytes; without effect on Windows."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 (POSIX only)

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def lift_caps() -> None:
    """Raise the caps on memory and processor time that this process has set for itself as far as it may."""
    if not _capped:
        return
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 (POSIX only)

        for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (hard, hard))


def die_with_parent(parent: int | None = None) -> None:
    """Let the system end this process as soon as the process that started it ends, whatever the cause.

    Linux does it at once; elsewhere a thread looks every second. Call it early, or between fork and exec.

    Args:
        parent: Who started it; if that one is gone already, this process ends now. Without it, no thread looks.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 (only here)

        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    elif parent is not None and os.name != "nt":
        import threading  # noqa: PLC0415 (only here)

        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()
    if parent is not None and os.name != "nt" and os.getppid() != parent:
        os._exit(1)


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os.killpg(0, signal.SIGKILL)


def dying_with_parent() -> dict[str, Any]:
    """Return the arguments of `Popen` under which a child of a process without threads ends with it, on Linux."""
    return {"preexec_fn": die_with_parent} if sys.platform == "linux" else {}


def _cap_windows_memory(size: int) -> bool:
    """Put this process into a job object of its own that limits memory and ends its children with it."""
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 (Windows only)
    from ctypes import wintypes  # noqa: PLC0415

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    process_memory, kill_on_close, extended_limits = 0x100, 0x2000, 9  # of winnt.h
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    limits = Extended()
    limits.BasicLimitInformation.LimitFlags = process_memory | kill_on_close
    limits.ProcessMemoryLimit = size
    job = kernel.CreateJobObjectW(None, None)  # kept open: the job ends with this process
    told = kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits))
    return bool(job and told and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()))


def user_language() -> str:
    """Return `zh` where the user's locale is Chinese, `en` elsewhere."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((name for name in names if name), "") or (locale.getlocale()[0] or "")
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
