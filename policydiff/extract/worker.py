"""The process in which untrusted binaries are parsed: one request on standard input, one answer on standard output.

The request is a line of JSON (`kind`, `limits`, `revisions`, `select`, `ignore`, `parent`) and then the file's bytes. The answer is a line of JSON,
`{"reading": …}` or `{"error": "…"}`, before which a line `page` may come for each recognised page.
"""

import json
import os
import sys
import tempfile
from typing import BinaryIO

from policydiff.errors import LayoutChangedError, UnreadableInputError
from policydiff.extract.confinement import confine
from policydiff.extract.limits import Limits
from policydiff.extract.readers import reader
from policydiff.extract.reading import Request
from policydiff.extract.sniff import FileKind, holds
from policydiff.platforms import (
    cap_file_size,
    cap_memory,
    cap_processor_time,
    die_with_parent,
    used_memory,
)

_MEBIBYTE = 1 << 20
_MEMORY_SHARE = 8
"""A small file gets this part of `memory_bytes` (384 of 3,072 MiB) beyond what the reader itself takes."""
_MEMORY_PER_BYTE = 32
"""And this much for each of its bytes: a tree of XML takes 15 to 25 times the size of what it was made from."""
_TIME_SHARE = 48
"""A small file gets this part of `seconds` (2.5 of 120) as processor time."""
_TIME_SHARE_PER_MEBIBYTE = 2
"""And this part of `seconds` for each MiB: packed or drawn formats hold many words in a MiB."""
_TIME_SHARE_OF_CHARACTERS = 100
"""The same of formats that are characters: 1.2 s a MiB, where honest pages take a fraction of a second."""
_CHARACTERS = frozenset({FileKind.HTML, FileKind.MHTML, FileKind.PLAIN, FileKind.MARKDOWN})
_SLOW_TO_START = frozenset({FileKind.DOC})
"""Kinds read by programs that take seconds and gigabytes of addresses whatever the file: they get all at once."""


def main() -> None:
    """Answer one request; libraries that print cannot disturb the answer."""
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        answers.write(json.dumps(_answer(sys.stdin.buffer, answers)).encode() + b"\n")
        answers.flush()
        # Libraries may hang or crash while they tidy up; everything is said.
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
        read = reader(kind)
        if read is None:
            return {"error": f"nothing reads {head['kind']}"}
        # An attachment in a bundle may be a file that other programs read.
        slow = kind in _SLOW_TO_START or (kind is FileKind.PAGES and holds(request.data, _SLOW_TO_START))
        confine(tempfile.gettempdir(), local_sockets=slow)
        _cap(FileKind.DOC if slow else kind, len(request.data), limits)
        return {"reading": read(request)._asdict()}
    except UnreadableInputError as error:
        return {"error": str(error), "layout": isinstance(error, LayoutChangedError)}
    except ImportError as error:
        return {
            "error": f"what reads it could not be loaded ({error}): memory_bytes is too low, or the installation broken"
        }
    except MemoryError:
        return {
            "error": f"reading it takes more memory than a file of its size gets: it is damaged or hostile, or memory_bytes ({limits.memory_bytes >> 20} MiB) is too low for it"
        }
    # A library's bug on one file must stay that file's error.
    except Exception as error:
        return {
            "error": f"the reader failed on it ({type(error).__name__}: {str(error)[:200]}): it is damaged"
        }


def _cap(kind: FileKind, size: int, limits: Limits) -> None:
    """Cap memory and processor time by the size of the file; recognition lifts both (its pages have a clock each)."""
    memory, seconds = float(limits.memory_bytes), limits.seconds
    if kind not in _SLOW_TO_START:
        memory = min(memory, used_memory() + memory / _MEMORY_SHARE + _MEMORY_PER_BYTE * size)
        share = _TIME_SHARE_OF_CHARACTERS if kind in _CHARACTERS else _TIME_SHARE_PER_MEBIBYTE
        seconds = min(seconds, seconds / _TIME_SHARE + seconds / share * size / _MEBIBYTE)
    cap_memory(int(memory), limits.memory_bytes)
    cap_processor_time(seconds)


if __name__ == "__main__":
    main()
