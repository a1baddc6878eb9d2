#!/usr/bin/env python3
"""What a data-protection officer asks of the running host: who was told what, the pack for a person, restriction, erasure of one person, reviews,
a restricted case that is opened in an emergency, incidents, the record of processing and the log; every refusal first.

usage: data_rights_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import datetime
import json
import pathlib
import re
import shutil
import sys
import xml.etree.ElementTree
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

RECEIPT = b'<Receipt result="stored" reference="R1"/>'
HER = ("Marisol", "Tregenna", "07700900123", "Larkspur")  # the victim of the first case
OTHERS = ("Corin", "Pascoe", "Bronwen", "bronwen@severnhaven.invalid", "Okoro")  # whom her pack must not name


def who(reason="asked for in writing"):
    return ["--by", "dpo.12", "--reason", reason]


def another():
    return ["--by", "supervisor.2", "--reason", "looked at and agreed"]


def person_of(scene, case, role):
    lines = scene.asked("disclosures", case)
    return sorted({person for line in lines for person in line["people"] if person.startswith(role)})


def disclosures(scene, case):
    yield "an unknown case is refused", scene("disclosures", "no-such-case")[0] == 1
    lines = scene.asked("disclosures", case)
    yield "every disclosure has its line", lines and all(line["basis"] and line["grant"] and line["rule"] and line["purpose"] and line["fields"] for line in lines)
    yield "no value stands in it", not any(name in json.dumps(lines) for name in HER + OTHERS)
    one = scene.asked("disclosures", case, "--person", "p-1")
    yield "of one person alone", one and all("p-1" in line["people"] and not set(line["fields"]) & {"d-1", "p-2"} for line in one)


def pack(scene, case):
    out = scene.work / "pack"
    yield "a pack needs who and why", scene("subject-access", case, "--person", "p-1", "--out", str(out))[0] == 2
    code, said = scene("subject-access", case, "--person", "p-99", *who(), "--out", str(out))
    yield "nobody of that number is refused", code == 1 and not out.exists()
    code, said = scene("subject-access", case, "--person", "p-1", *who(), "--out", str(out))
    yield "a pack is written", code == 0
    made = json.loads((out / "pack.json").read_text())
    page = (out / "pack.html").read_text()
    page_tree = xml.etree.ElementTree.fromstring(page.split("\n", 1)[1])
    yield "the page is well-formed and says how to print it", page_tree.tag == "html" and "@media print" in page and "<script" not in page
    yield "it holds what is theirs, and whence it came", all(value in page for value in HER[:2]) and all(item["label"] for item in made["held"]) and any(item["came_from"] for item in made["held"])
    yield "who was told is there", made["disclosures"] and all(line["recipient"] and line["basis"] for line in made["disclosures"])
    yield "nobody else is named", not any(name in text for name in OTHERS for text in (page, json.dumps(made)))
    yield "what is left out is said, with why", all(item["why"] for item in made["withheld"])
    yield "it never goes over a folder that is there", scene("subject-access", case, "--person", "p-1", *who(), "--out", str(out))[0] == 1
    shutil.rmtree(out)


def glass(scene):
    """A restricted case, which only people whom its list names may see, and the partners whom it names."""
    text = (scene.source / "config/demo/story/03-robbery-case.xml").read_text()
    member = '<RestrictedAcl level="restricted" reason="High risk"><Member collar="4321"/></RestrictedAcl>'
    at = re.search(r"<Occurrence [^>]*>", text).end()
    yield "a restricted case is taken", scene.send(text[:at] + member + text[at:], "records")[0] == 200
    leaves = scene.asked("consult-log", "--purpose", "self_monitoring", *who("which document came last"))
    document = [leaf["message"] for leaf in leaves if leaf["op"] == "admission"][-1]
    message, case = (scene.asked("trace", document)[0][name] for name in ("message", "case"))
    code, said = scene("trace", message, "--content")
    yield "its content is for named people", code == 1 and "named people" in said
    yield "whom its list names", scene("trace", message, "--content", "--by", "4321")[0] == 0
    code, said = scene("break-glass", "open", case, *who("she is in danger tonight"), "--minutes", "600")
    yield "nobody opens it for longer than the configuration lets them", code == 1 and "240" in said
    opened = scene.asked("break-glass", "open", case, *who("she is in danger tonight"), "--minutes", "30")
    yield "in an emergency somebody opens it for a time", opened["open"] and scene("trace", message, "--content", "--by", "dpo.12")[0] == 0
    yield "for nobody else", scene("trace", message, "--content", "--by", "dpo.13")[0] == 1
    number = opened["number"]
    code, said = scene("break-glass", "review", number, *who("it was needed"))
    yield "whoever opened it does not review it", code == 1 and "another person" in said
    yield "it is on the list until then", [one["reviewed"] for one in scene.asked("break-glass", "list")] == [False]
    yield "another does", scene("break-glass", "review", number, "--by", "supervisor.2", "--reason", "it was needed")[0] == 0
    yield "once", scene("break-glass", "review", number, "--by", "supervisor.3", "--reason", "it was needed")[0] == 1 and scene.asked("break-glass", "list")[0]["review"]["by"] == "supervisor.2"


def log(scene, case):
    code, said = scene("consult-log", "--purpose", "performance_management", "--about", case, *who("figures for the month"))
    yield "the log is for four purposes alone", code == 1 and "s.62(4)" in said
    leaves = scene.asked("consult-log", "--purpose", "lawfulness", "--about", case, *who("a complaint is looked into"))
    asked = [leaf for leaf in leaves if leaf["op"] == "log_query"]
    yield "and who asked stands in it, also who was denied", [leaf["details"]["outcome"] for leaf in asked] == ["denied", "shown"]
    yield "every operation has its leaf", {"disclosure", "view", "decision", "alteration"} <= {leaf["op"] for leaf in leaves}


def incident(scene):
    code, said = scene("incident", "open", "--aware-at", "2099-01-01T00:00:00Z", *who("a list went to the wrong partner"))
    yield "nothing becomes known in the future", code == 1
    opened = scene.asked("incident", "open", "--aware-at", "2026-03-27T17:00:00Z", *who("a list went to the wrong partner"))
    yield "72 hours of the clock, across the change to summer time", (opened["tell_commissioner_by"], opened["tell_commissioner_by_london"]) == ("2026-03-30T17:00:00Z", "2026-03-30 18:00")
    number = opened["incident"]
    code, said = scene("incident", "update", number, "--part", "notified", *who("told by the web form"))
    yield "a late notice must say why", code == 1 and "late_reason" in said
    yield "its reason is taken", scene("incident", "update", number, "--part", "late_reason", *who("the partner told us late"))[0] == 0
    yield "and then the notice", scene.asked("incident", "update", number, "--part", "notified", *who("told by the web form"))["late"] is True
    code, said = scene("incident", "export", number)
    yield "it is printed for people", code == 0 and said.startswith("# Incident") and "the partner told us late" in said
    yield "and for machines", len(scene.asked("incident", "export", number, "--json")["entries"]) == 2


def record(scene):
    made = scene.asked("record-of-processing", "--json")
    yield "the record of processing is whole", all(
        activity["purpose"] and activity["legal_basis"] and activity["categories_of_data"] and all(one["category"] for one in activity["recipients"])
        for activity in made["activities"]) and made["time_limits"] and made["controller"]["data_protection_officer"] and made["security_measures"]
    retention = pathlib.Path(next((scene.work).glob("**/retention/standard.yaml"), scene.source / "config/retention/standard.yaml"))
    main = scene.configuration / "causeway.yaml"
    text = main.read_text()
    folder = scene.work / "lacking"
    folder.mkdir()
    (folder / "standard.yaml").write_text(retention.read_text().replace("category: case", "category: payloads"))
    main.write_text(text.replace(str(retention.parent), str(folder)))
    code, said = scene("check")
    yield "a rule that stands twice is refused with its line", code == 1 and "stands twice" in said
    (folder / "standard.yaml").write_text(retention.read_text().split("  - category: case")[0])
    code, said = scene("check")
    yield "and a record without a time limit too", code == 1 and "nothing says how long 'case' is kept" in said
    main.write_text(text)


def erasure(scene, case):
    code, said = scene("restrict", case, "--for", "evidence", *who("the trial is open"))
    yield "a case is restricted", code == 0 and scene.asked("restrictions", case)[0]["restriction"] == "evidence"
    code, said = scene("erase", case, "--person", "p-1", "--confirm", *another())
    yield "nobody confirms what nobody asked for", code == 1 and "nobody asked" in said
    yield "one person asks", scene.asked("erase", case, "--person", "p-1", *who())["outcome"] == "asked"
    code, said = scene("erase", case, "--person", "p-1", "--confirm", *who())
    yield "and does not confirm it", code == 1 and "another person" in said
    code, said = scene("erase", case, "--person", "p-1", "--confirm", *another())
    yield "and nothing of a restricted case is erased", code == 1 and "restricted instead" in said
    yield "nothing is lifted before whoever is concerned was told", scene("lift", case, "--for", "evidence", *who("the trial is over"))[0] == 2
    code, said = scene("lift", case, "--for", "evidence", "--notice-on", "2099-01-01", *who("the trial is over"))
    yield "nor by a notice to come", code == 1 and "has not come yet" in said
    code, said = scene("lift", case, "--for", "evidence", "--notice-on", datetime.datetime.now(zoneinfo.ZoneInfo("Europe/London")).date().isoformat(), *who("the trial is over"))
    yield "until that is lifted", code == 0
    yield "no review is due", scene.asked("retention", "due") == []
    yield "a case is kept with who and why", scene("retention", "keep", case, *who("an appeal is open"))[0] == 0 and scene("retention", "keep", case, "--by", "dpo.12")[0] == 2
    erased = scene.asked("erase", case, "--person", "p-1", "--confirm", *another())
    yield "one person is erased", erased["outcome"] == "erased"
    code, said = scene("subject-access", case, "--person", "p-1", *who(), "--out", str(scene.work / "pack"))
    yield "nothing is held about them", code == 1
    yield "the case goes on", scene.asked("disclosures", case) != []
    yield "no name is in any file", scene.on_disk(*(name.encode() for name in HER)) <= set()
    yield "the ledger balances and the log verifies", scene.asked("ledger")["balances"] and scene.asked("audit")["good"]


def backup(scene, case):
    scene.stop()
    data = scene.work / "data"
    kept = scene.work / "backup"
    kept.mkdir()
    for name in ("causeway.db", "keys.db"):
        shutil.copy(data / name, kept / name)
    scene.start()
    yield "the case is there", scene.asked("disclosures", case)[0].get("fields")
    yield "and is erased by two", scene.asked("erase", case, *who("retention has ended"))["outcome"] == "asked" and scene("erase", case, "--confirm", *another())[0] == 0
    scene.stop()
    for name in ("causeway.db", "keys.db"):
        for log_file in data.glob(name + "-*"):
            log_file.unlink()
        shutil.copy(kept / name, data / name)
    scene.start()
    yield "yesterday's backup brings it back unreadable", all("fields" not in line for line in scene.asked("disclosures", case))
    yield "and its log verifies", scene.asked("audit")["good"]


def expectations(scene):
    scene.receive("records", RECEIPT, 200, "application/xml")
    scene.start()
    story = scene.source / "config/demo/story"
    for file, sender in (("01-domestic-abuse-case.xml", "records"), ("02-bail-and-summer-trial.xml", "courts"), ("10-bail-status-p.xml", "courts")):
        yield f"{file} is taken", scene.send(story / file, sender)[0] == 200
    scene.arrived("records", 2)
    case = next(hold["case"] for hold in scene.asked("held") if hold["reason"] == "bail_p")
    for part in (disclosures, pack, log):
        yield from part(scene, case)
    yield from glass(scene)
    yield from incident(scene)
    yield from record(scene)
    yield from erasure(scene, case)
    yield from backup(scene, case)
    scene.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
