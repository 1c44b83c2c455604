"""Run every benchmark in turn, each in a process of its own, so that none warms another's caches."""

import pkgutil
import subprocess
import sys

import benchmarks

# Trainers write files; the corpus check has a target of its own because it reads 65 MB.
_NOT_RUN = {"__main__", "corpus_check", "train_comparison", "training"}


def main() -> int:
    names = [
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in _NOT_RUN
    ]
    failed = []
    for name in sorted(names):
        print(f"\n===== {name} =====", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
