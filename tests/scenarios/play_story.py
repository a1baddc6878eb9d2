#!/usr/bin/env python3
"""Plays one story over mutual TLS with the real host and simulated agencies, and holds what it tells to what must be true.

usage: play_story.py PROGRAM ADAPTERS SOURCE STORY   (the program, the folder of built adapters, the root of the source, the story)

A story is a folder of text files:
    story/story.yaml   the steps, as in config/demo/story, and the documents that they send
    expect.txt         what must be true, a line each (config/demo/expectations.py); `#` begins a remark, and `# flow: F13 happy` says what the
                       lines after it show (flows.py makes the table of flows of these)
        2 + words      step 2 tells these words
        2 - words      step 2 does not
        2 1x words     step 2 tells them once
        end + words    what is told after the last step: the ledger, and what waits for a person
        all - words    nothing at all tells these words
      In the words, {due 5} is the fifth working day from today, as a due time is told: "2026-11-27 17:00".
    Each step also tells which clocks started, moved or stopped: `3 + ~ clock hearing-told about p-2: running`, `: met`,
    `: suspended (unsafe_contact)`.
    partners/          partners in place of the demonstration's, where the story needs others
    mappings/          mappings beside the shipped ones, where the story needs some
"""
import datetime
import pathlib
import re
import subprocess
import sys
import tempfile
import zoneinfo

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "support/python"), str(pathlib.Path(__file__).resolve().parents[2] / "config/demo")]
import demo_configuration  # noqa: E402
import expectations  # noqa: E402


def parts_of(output):
    """What each step tells, by its number; what is told after the last as `end`, everything as `all`."""
    told, _, end = output.partition("\nThe ledger at the end of the day")
    steps = re.split(r"^(\d+)\. ", told, flags=re.M)
    return {"all": output, "end": end, **dict(zip(steps[1::2], steps[2::2]))}


def working_day(source, number):
    """The day on which something is due that came today: the calendar's words, counted here once more."""
    holidays = set(re.findall(r"^  - (\d{4}-\d\d-\d\d)", (source / "config/calendars/england-and-wales.yaml").read_text(), flags=re.M))
    day = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/London")).date()
    while number > 0:
        day += datetime.timedelta(days=1)
        number -= day.weekday() < 5 and day.isoformat() not in holidays
    return f"{day} 17:00"


def untrue(story, source, output):
    due = lambda words: re.sub(r"\{due (\d+)\}", lambda one: working_day(source, int(one[1])), words)  # noqa: E731
    return expectations.untrue(story / "expect.txt", parts_of(output), due)


def main():
    program, adapters, source, story = (pathlib.Path(argument).resolve() for argument in sys.argv[1:5])
    with tempfile.TemporaryDirectory(prefix="causeway-story-") as folder:
        configuration, _, _ = demo_configuration.make(pathlib.Path(folder), adapters, source, story)
        checked = subprocess.run([program, "check", "--config", configuration], capture_output=True, text=True)
        played = subprocess.run([program, "demo", "--config", configuration], capture_output=True, text=True, timeout=120)
    failed = [] if checked.returncode == 0 else ["the configuration has mistakes:\n" + checked.stderr]
    if played.returncode != 0:
        failed.append("the story ended with an error:\n" + played.stderr)
    else:
        failed += untrue(story, source, played.stdout)
    for what in failed:
        print("NOT TRUE:", what)
    if failed:
        print(played.stdout)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
