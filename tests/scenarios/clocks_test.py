#!/usr/bin/env python3
"""What a supervisor asks about duties with a time limit, and decides: the list, the forecast, the report, reasons and suspensions.

usage: clocks_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

BY = ["--by", "sup.7", "--reason", "as agreed this morning"]
PERIOD = ["--from", "2026-01-01", "--to", "2099-12-31"]


def expectations(scene):
    scene.receive("records", b'<Receipt result="stored" reference="R1"/>', 200, "application/xml")
    scene.start()
    story = scene.source / "config/demo/story"
    yield "nothing runs at first", scene.asked("clocks", "--json") == []
    yield "a case and its trial", [scene.send(story / name, partner)[0] for name, partner in
                                   (("01-domestic-abuse-case.xml", "records"), ("02-bail-and-summer-trial.xml", "courts"))] == [200, 200]
    clocks = {row["of"]: row for row in scene.asked("clocks", "--json")}
    yield "three clocks run", sorted(clocks) == ["bail-told", "hearing-told", "outcome-told"]
    yield "for somebody with enhanced rights", all(row["enhanced"] and row["state"] == "running" for row in clocks.values())
    yield "under the law of today", all(row["law"] == "2021-04-01" and row["right"] == "8" for row in clocks.values())
    yield "they are those of the case", len(scene.asked("clocks", "--case", "52SB0044126", "--json")) == 3
    code, said = scene("clocks", "--case", "52SB0099999")
    yield "a case that is not there is told", code == 1 and "no case has this URN" in said
    yield "nothing is due at once", scene.asked("clocks", "--due-by", "2026-01-01", "--json") == []
    code, said = scene("clocks", "forecast", "--by", "2099-12-31")
    yield "all will be late one day", code == 0 and "These 3 will be late by 2099-12-31" in said
    code, said = scene("clocks", "forecast", "--by", "noon")
    yield "a time is written in a known way", code == 1 and "17:00 (today in London)" in said

    bail = clocks["bail-told"]["clock"]
    code, said = scene("clocks", "reason", bail, "--code", "person_not_reached", *BY)
    yield "what is not late needs no good reason", code == 1 and "is not late" in said
    code, said = scene("clocks", "suspend", bail, "--code", "unsafe_contact", "--by", "sup.7", "--reason", "Tregenna asked for it")
    yield "a reason that names somebody is refused", code == 1 and "without naming anybody" in said
    yield "a clock is suspended", scene.asked("clocks", "suspend", bail, "--code", "unsafe_contact", *BY)["state"] == "suspended"
    yield "and is not among those that will be late", len(scene.asked("clocks", "forecast", "--by", "2099-12-31", "--json")["suspended"]) == 1
    yield "it goes on", scene.asked("clocks", "resume", bail, *BY)["state"] == "running"
    yield "it is done", scene.asked("clocks", "done", bail, *BY)["state"] == "met"
    code, said = scene("clocks", "done", bail, *BY)
    yield "once", code == 1 and "over already" in said

    report = scene.asked("clocks", "report", *PERIOD, "--json")["groups"]
    yield "the report counts them", [(row["group"], row["due"], row["met"], row["running"]) for row in report] == [("8", 3, 1, 2)]
    code, said = scene("clocks", "report", *PERIOD, "--by", "team", "--csv")
    yield "also as a table", said.splitlines()[1:] == ["witness_care,3,1,0,0,0,2,0,0,3,100"]
    yield "nothing names anybody", "Tregenna" not in scene("clocks", "--json")[1] + said
    yield "the ledger balances", scene.asked("ledger")["balances"] and scene.asked("audit")["good"]
    scene.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
