"""From a file dropped in the inbox to its letter in the outbox (Word only), and 10,000 files dropped at once.

    python benchmarks/bench_drop.py [--files N]

Prints a table: median and 95th percentile in seconds, files a second, and the greatest memory of the process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

import psutil

REPO = Path(__file__).resolve().parent.parent
SAMPLE = next((REPO / "templates" / "forms" / "samples").glob("01-*.docx"))


def command(*arguments: str) -> list[str]:
    """The program as a newcomer runs it."""
    return [sys.executable, "-m", "pipeline", *arguments]


def other(sample: Path, target: Path, number: int) -> None:
    """Write the Word form for another person (name and birth date), beside its place, and move it whole into the inbox."""
    aside = target.with_name(f".{target.name}")
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    born = date(2012, 1, 1) + timedelta(days=number % 4000)  # a child: a parent may sign
    with zipfile.ZipFile(sample) as source, zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(
                    b"Iver Solhaug Moen", f"Iv{letters} Solhaug Mo{letters[::-1]}".encode()
                )
                content = content.replace(b"14.03.2018", f"{born:%d.%m.%Y}".encode())
                content = content.replace(b"400 00 011", f"4{number:07d}".encode())
                content = content.replace("Fjærevegen 12".encode(), f"Fjærevegen {number + 1}".encode())
            made.writestr(name, content)
    aside.rename(target)


def latency(home: Path, rounds: int) -> list[float]:
    """Seconds from a drop to the next new Word file in the outbox, one drop at a time."""
    taken: list[float] = []
    running = subprocess.Popen(command("--home", str(home), "run", "--no-web"))
    try:
        time.sleep(4)
        for number in range(rounds):
            before = len(list((home / "outbox").glob("*.docx")))
            start = time.monotonic()
            other(SAMPLE, home / "inbox" / f"melding-{number}.docx", number)
            while len(list((home / "outbox").glob("*.docx"))) == before and time.monotonic() - start < 30:
                time.sleep(0.01)
            taken.append(time.monotonic() - start)
    finally:
        running.terminate()
        running.wait(30)
    return taken


def many(home: Path, files: int) -> tuple[float, float, dict[str, object]]:
    """Drop files at once and run to the end: seconds, greatest memory in MB, and the status."""
    for number in range(files):
        other(SAMPLE, home / "inbox" / f"melding-{number}.docx", number)
    start = time.monotonic()
    running = psutil.Popen(command("--home", str(home), "run", "--once"))
    most = 0
    while running.poll() is None:
        try:
            most = max(most, running.memory_info().rss)
        except psutil.Error:
            break
        time.sleep(0.2)
    seconds = time.monotonic() - start
    said = subprocess.run(
        command("--home", str(home), "status", "--json"), capture_output=True, text=True, check=True
    )
    return seconds, most / 1e6, json.loads(said.stdout)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=20)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a", "b"):
            subprocess.run(command("init", f"{folder}/{name}"), check=True, capture_output=True)
            staff = str(REPO / "templates" / "staff-example.csv")
            subprocess.run(
                command("--home", f"{folder}/{name}", "staff", "import", staff),
                check=True,
                capture_output=True,
            )
        taken = latency(Path(folder) / "a", wanted.rounds)
        print(
            f"drop to letter (Word), {len(taken)} drops: median {statistics.median(taken):.2f} s, "
            f"95th percentile {sorted(taken)[int(len(taken) * 0.95) - 1]:.2f} s"
        )
        seconds, memory, status = many(Path(folder) / "b", wanted.files)
        print(
            f"{wanted.files} files at once: {seconds:.0f} s, {wanted.files / seconds:.0f} files/s, "
            f"greatest memory {memory:.0f} MB, documents {status['documents']}"
        )


if __name__ == "__main__":
    main()
