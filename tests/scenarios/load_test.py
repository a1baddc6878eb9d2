#!/usr/bin/env python3
"""The first day: open cases are loaded, nobody is told, and what comes afterwards tells as ever.

usage: load_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402


def expectations(scene):
    source = pathlib.Path(sys.argv[3]).resolve()
    story = source / "config/demo/story"
    cases, results = scene.work / "cases", scene.work / "results"
    cases.mkdir()
    results.mkdir()
    shutil.copy(story / "01-domestic-abuse-case.xml", cases)
    shutil.copy(story / "02-bail-and-summer-trial.xml", results)
    who = ("--by", "sup.0877", "--reason", "the first day")
    scene.start()
    code, said = scene("load", str(results), "--as", "courts", *who)
    yield "a result may come before its case", code == 0 and "1 documents loaded, 0 refused; nobody was told" in said
    yield "somebody who is no partner has no documents", scene("load", str(cases), "--as", "nobody", *who)[0] == 1
    yield "a reason that names somebody is refused", scene("load", str(cases), "--as", "records", "--by", "sup.0877", "--reason", "ring 07700 900123")[0] == 1
    code, said = scene("load", str(cases), "--as", "courts", *who)
    yield "what a partner has no format for is refused, with why", code == 1 and "no_mapping" in said
    code, said = scene("load", str(cases), "--as", "records", *who)
    yield "the case is loaded", code == 0 and "1 documents loaded" in said
    yield "again it is a duplicate, and no mistake", scene("load", str(cases), "--as", "records", *who)[0] == 0
    ledger = scene.asked("ledger")
    yield "both are done and the ledger balances", ledger["done"] == 2 and ledger["waiting"] == 0 and ledger["balances"]
    yield "the audit log has who loaded, and verifies", scene.asked("audit")["good"]
    scene.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
