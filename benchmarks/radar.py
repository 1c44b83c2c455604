"""What a radar over a large store costs once its index is warm: `python -m benchmarks.radar STORE`.

STORE is the folder of a store, such as one made with `policydiff import` of the statutes of the development data. The first
call may read texts and compare; the second finds both in the index. CPU seconds, and those of `policydiff validity` beside
them, which reads the same statements and compares nothing.
"""

import sys
import time

from policydiff import Store


def main() -> int:
    if len(sys.argv) < 2:
        print("give the folder of a store: nothing is measured")
        return 0
    for turn in ("first", "second"):
        began = time.process_time()
        with Store.open(sys.argv[1]) as store:
            radar = store.radar(on="2026-01-01")
        spent = time.process_time() - began
        print(
            f"{turn} radar: {radar.documents} documents, {radar.with_basis} with a basis, {len(radar.entries)} entries, "
            f"{len(radar.aside)} aside: {spent:.1f} CPU s"
        )
    began = time.process_time()
    with Store.open(sys.argv[1]) as store:
        report = store.validity(on="2026-01-01")
    print(f"validity of {len(report.documents)} documents: {time.process_time() - began:.1f} CPU s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
