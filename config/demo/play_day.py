#!/usr/bin/env python3
"""Plays one working day with the real host and simulated agencies over mutual TLS, and tells it person by person as a supervisor would.

usage: play_day.py PROGRAM CONFIG [--fast]   (the program, a configuration folder with day/; --fast: the report alone, without waiting)

The day is a folder of text files beside this configuration:
    day/story.yaml   the steps, their documents, and whom each is about
    day/people.txt   who is who: NAME | NUMBER | DESCRIPTION, the number as the host counts the parties of the case (p-1), - for an officer
    day/expect.txt   what must be true of what is told (expectations.py). Its parts: a person by name, `day` for the last paragraph, `all`,
                     and `sent to PARTNER`: every document that this partner received, as it arrived
The exit code is 1 when anything of that is not true, or when a sender was not answered 200; it says what.
"""
import json
import pathlib
import subprocess
import sys
import time

import expectations
from day_report import Day, people_in, wrapped
from day_words import day as day_in_words

PAUSE = 1.2  # seconds, so that a reader can follow


def announce(record, day, last):
    """One step as it happens."""
    at = day.steps[-1]["at"]
    if at.date() != last:
        print(f"\n{day_in_words(at)}")
    print("\n".join(wrapped(f"  {at:%H:%M}  ", record["say"])))
    told = {}
    for name in record.get("about", []):
        for step, delivery in day.told(name):
            if step is record:
                told.setdefault(delivery["delivery"], (delivery, []))[1].append(name)
    for delivery, names in told.values():
        print("\n".join(wrapped("         -> ", f"{day.sentence(record, delivery)} [{', '.join(names)}]")))
    sys.stdout.flush()
    time.sleep(PAUSE)
    return at.date()


def play(program, config, day, fast):
    """Every step of the day; the exit code of the program."""
    command = [program, "demo", "--config", config, "--story", "day", "--json"]
    last = None
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as playing:
        for line in playing.stdout:
            record = json.loads(line)
            day.add(record)
            if not fast and "ledger" not in record:
                last = announce(record, day, last)
    return playing.returncode


def main():
    places, options = [one for one in sys.argv[1:] if not one.startswith("-")], [one for one in sys.argv[1:] if one.startswith("-")]
    if len(places) != 2 or set(options) - {"--fast"}:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    program, config = places[0], pathlib.Path(places[1])
    day = Day(people_in(config / "day/people.txt"), config / "day")
    if play(program, config, day, "--fast" in options) != 0:
        print("the day could not be played to its end; the host says why above", file=sys.stderr)
        return 1
    parts = day.parts()
    print("\nThe day, person by person\n")
    print("\n".join(day.of(name) for name in day.people))
    print("\n".join(wrapped("", parts["day"])) + "\n")
    wrong = [f"step {one['step']}: answered {one.get('answered', 'nothing')} {one.get('failure', '')}" for one in day.steps
             if one.get("answered", 200) != 200 or "failure" in one]
    expected = config / "day/expect.txt"
    wrong += expectations.untrue(expected, parts)
    for one in wrong:
        print("NOT TRUE:", one)
    if not wrong:
        held_to = len(list(expectations.read(expected)))
        print(f"Held to {held_to} things that must be true of this day, among them what nobody may be told: all are.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
