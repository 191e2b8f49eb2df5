"""`make bench`: every benchmark of this folder, one after the other.

python -m evals.bench [NAME...]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the named benchmarks, or all; the exit code is the number of those that failed."""
    known = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    chosen = sys.argv[1:] or known
    if unknown := [name for name in chosen if name not in known]:
        print(f"no benchmark {unknown[0]!r}: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = 0
    for name in chosen:
        print(f"\n== {name}", flush=True)
        began = time.perf_counter()
        failed += subprocess.run([sys.executable, "-m", f"evals.bench.{name}"], check=False).returncode != 0
        print(f"== {name}: {time.perf_counter() - began:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
