#!/usr/bin/env python3
"""Plays the demonstration with the real host and simulated agencies over mutual TLS, and holds what it tells to what must be true.

usage: demo_story_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import demo_configuration  # noqa: E402


def steps_of(output):
    """The text of each step, by number."""
    parts = re.split(r"^(\d+)\. ", output, flags=re.M)
    return {int(number): text for number, text in zip(parts[1::2], parts[2::2])}


def expectations(output):
    steps = steps_of(output)
    yield "all ten steps are played", len(steps) == 10
    # flow: F02 happy
    yield "the trial is told in London time", "14 June 2027 at 10:00" in steps[2]
    yield "nobody is told the raw UTC time", "at 09:00" not in steps[2]
    # flow: F04 happy
    yield "the risk task comes with the bail", "Look again at risk" in steps[2]
    # flow: F03 happy
    yield "the adviser with consent hears the outcome", re.search(r"idva-service: .*delivered", steps[2]) is not None
    yield "an enhanced victim is told of bail within one working day", re.search(r"Tell outcome of hearing, about Marisol Tregenna, occurrence 5226004411; due 2\d{3}-\d\d-\d\d 17:00; delivered", steps[2]) is not None
    yield "a duplicate has no effect", "a duplicate" in steps[6] and "->" not in steps[6]
    yield "a cut-off message is refused and quarantined", "answered 400" in steps[7] and "quarantined" in steps[7]
    # flow: F03 out-of-order
    yield "a result waits for its case", "waiting" in steps[8] and "->" not in steps[8]
    yield "the case brings the waiting sentence in", "hearing.resulted" in steps[9] and "restraining order" in steps[9]
    yield "a repeated order is told once", steps[9].count("Tell outcome of hearing") == 1
    # flow: F04 withheld
    yield "bail status P is held", steps[10].count("held because bail_p") == 3 and "delivered" in steps[10]
    told = [line for line in output.splitlines() if line.startswith("     -> ")]
    yield "the records system finds every case by its own number", all(", occurrence 52260" in line for line in told if "-> records:" in line and "; delivered" in line)
    yield "nobody else is given that number as a task", not any("occurrence" in line for line in told if "-> records:" not in line)
    yield "no address leaves", "Larkspur" not in output
    yield "the ledger balances", '"balances":true' in output
    yield "only bail status P waits for a person", set(re.findall(r"^  (\w+): ", output, flags=re.M)) == {"bail_p"}


def main():
    program, adapters, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
    with tempfile.TemporaryDirectory(prefix="causeway-demo-") as folder:
        work = pathlib.Path(folder)
        configuration, _, _ = demo_configuration.make(work, adapters, source)
        checked = subprocess.run([program, "check", "--config", configuration], capture_output=True, text=True)
        played = subprocess.run([program, "demo", "--config", configuration], capture_output=True, text=True, timeout=120)
    failed = [] if checked.returncode == 0 else ["the configuration of the demonstration has mistakes:\n" + checked.stderr]
    if played.returncode != 0:
        failed.append("the demonstration ended with an error:\n" + played.stderr)
    else:
        failed += [what for what, holds in expectations(played.stdout) if not holds]
    for what in failed:
        print("NOT TRUE:", what)
    if failed:
        print(played.stdout)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
