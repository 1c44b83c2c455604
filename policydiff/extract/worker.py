"""The process in which untrusted binaries are parsed: one request on standard input, one answer on standard output.

The request is a line of JSON (`kind`, `limits`, `revisions`, `select`, `ignore`) and then the file's bytes. The answer is a line of JSON,
`{"reading": …}` or `{"error": "…"}`, before which a line `page` may come for each recognised page.
"""

import json
import os
import sys
from typing import BinaryIO

from policydiff.errors import LayoutChangedError, UnreadableInputError
from policydiff.extract.limits import Limits
from policydiff.extract.readers import reader
from policydiff.extract.reading import Request
from policydiff.extract.sniff import FileKind
from policydiff.platforms import cap_memory


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
    cap_memory(limits.memory_bytes)
    try:
        read = reader(FileKind(head["kind"]))
        if read is None:
            return {"error": f"nothing reads {head['kind']}"}
        return {"reading": read(request)._asdict()}
    except UnreadableInputError as error:
        return {"error": str(error), "layout": isinstance(error, LayoutChangedError)}
    except ImportError as error:
        return {
            "error": f"what reads it could not be loaded ({error}): memory_bytes is too low, or the installation broken"
        }
    except MemoryError:
        return {
            "error": f"reading it takes more memory than the limit of {limits.memory_bytes >> 20} MiB: raise memory_bytes, or split it"
        }
    # A library's bug on one file must stay that file's error.
    except Exception as error:
        return {
            "error": f"the reader failed on it ({type(error).__name__}: {str(error)[:200]}): it is damaged"
        }


if __name__ == "__main__":
    main()
