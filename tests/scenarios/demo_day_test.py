#!/usr/bin/env python3
"""Plays the day of the demonstration with the real host, in a hurry, and sees that it is held to what must be true.

usage: demo_day_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import pathlib
import subprocess
import sys
import tempfile
import textwrap
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import demo_configuration  # noqa: E402

UNTRUE = {"Nerys Tallow - Witness care is asked": "Nerys Tallow tells this", "sent to idva-service - Tallow": "sent to idva-service tells this",
          "Nobody + words": "there is no part Nobody"}


def played(program, source, configuration):
    """(exit code, what it tells, seconds)"""
    began = time.monotonic()
    command = [sys.executable, source / "config/demo/play_day.py", program, configuration, "--fast"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr, time.monotonic() - began


def expectations(program, adapters, source, work):
    configuration, _, _ = demo_configuration.make(work, adapters, source)
    code, told, seconds = played(program, source, configuration)
    yield "the day is true: " + told, code == 0
    shown = (source / "README.md").read_text().partition("<!-- day:")[2].partition("-->\n")[2].partition("<!-- end of day -->")[0]
    parts = [part for part in textwrap.dedent(shown).strip().split("\n\n") if part]
    yield "what README.md shows of the day is what it tells", len(parts) > 1 and all(part in told for part in parts)
    yield f"it takes less than a minute, not {seconds:.0f} seconds", seconds < 60
    # A day that is not what it should be is said to be so, line by line.
    expected = configuration / "day/expect.txt"
    expected.write_text(expected.read_text() + "\n".join(UNTRUE) + "\n")
    code, told, _ = played(program, source, configuration)
    yield "an untrue day fails", code == 1 and told.count("NOT TRUE:") == len(UNTRUE)
    yield "and says what differs: " + told, all(why in told for why in UNTRUE.values())


def main():
    program, adapters, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
    with tempfile.TemporaryDirectory(prefix="causeway-day-") as folder:
        failed = [what for what, holds in expectations(program, adapters, source, pathlib.Path(folder)) if not holds]
    for what in failed:
        print("NOT TRUE:", what)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
