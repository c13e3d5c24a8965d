"""How long verify.py takes for a submission of 1,000 co-signers, as somebody runs it.

The package is made from a history of 1,000 organisations that sign one position, some of which
change their mind, in a log of 20,000 other records. verify.py runs in a process of its own
without any installed package (python -I -S), against a receipt from the middle, under each Python
since 3.8 that stands on this machine; the median of nine runs is printed, with the start of that
Python alone beside it. Exit code 1 over two seconds.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests")) if path not in sys.path]

from ledger.histories import STANCES, World  # noqa: E402
from ledger.pythons import pythons  # noqa: E402

from participation.ledger.models import Kind  # noqa: E402
from participation.submissions.models.packages import VERIFY, zipped  # noqa: E402

COSIGNERS, OTHERS, RUNS, LIMIT = 1_000, 20_000, 9, 2.0


def history() -> tuple[World, dict[str, object]]:
    rng, world, receipt = random.Random(1), World(), {}
    world.open(1, 1)
    world.carried.append((1, 1))
    for number in range(COSIGNERS):
        seq = world.cosign(1, 1, number, rng.choice(STANCES), "Podpiramo, ker je prav." if number % 3 else "")
        if number == COSIGNERS // 2:
            receipt = world.receipt(seq)
    for number in range(0, COSIGNERS, 50):
        world.withdraw(1, number)
        world.cosign(1, 1, number, "signs", "")
    # Written by hand, for each append counts the records of its thread.
    for number in range(OTHERS):
        world.rows.append(type(world.rows[0])(str(Kind.MANDATE_GRANTED), f"m-{number}", {"org": "o-1"}, world.at, 1))
    world.submit()
    return world, receipt


def seconds_of(*command: str) -> float:
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    return time.perf_counter() - begun


def main() -> int:
    world, receipt = history()
    content = zipped(world.bundle(), world.at)
    with tempfile.TemporaryDirectory() as folder:
        package, kept = Path(folder) / "package.zip", Path(folder) / "receipt.json"
        package.write_bytes(content)
        kept.write_text(json.dumps(receipt))
        print(f"{COSIGNERS:,} co-signers, {len(world.rows):,} records in the log, {len(content) / 1e6:.1f} MB")
        slowest = 0.0
        for version, program in pythons().items():
            python = (program, "-I", "-S")
            alone = statistics.median(seconds_of(*python, "-c", "") for _ in range(RUNS))
            checked = [seconds_of(*python, str(VERIFY), str(package), "--against", str(kept)) for _ in range(RUNS)]
            median = statistics.median(checked)
            slowest = max(slowest, median)
            print(
                f"Python {version}: median {median:.2f} s, slowest {max(checked):.2f} s of {RUNS} runs "
                f"(the start of Python alone {alone:.3f} s)"
            )
    return int(slowest > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
