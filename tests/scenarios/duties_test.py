#!/usr/bin/env python3
"""Duties that a person must see to: production of a witness who is in prison, and no scheme where none takes the victim.

usage: duties_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

SCHEME, PRODUCTION = b"Refer to victim contact scheme", b"Ask for production from prison"
RECEIPT = b'<Receipt result="stored" reference="R1"/>'


def in_custody(person, number, at):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<NicheStyleNotice xmlns="urn:causeway:niche-style:1" schemaVersion="1.0" kind="Witness in custody" force="52" system="RMS-A" noticeId="{number}" created="2026-11-20T{at}:00Z">
  <Occurrence number="5226004411" urn="52SB0044126"/>
  <Link from="{person}" class="Witness"><InCustody number="A9137CK" prison="XYI" since="2026-11-18"/></Link>
</NicheStyleNotice>
"""


WANTED = json.dumps({
    "type": "LWAC", "messageId": "CMS-2147099-1", "conversationId": "CMS-2147099", "issued": "2026-11-20T09:30:00Z", "urn": "52SB0044126", "cmsCaseId": 2147099,
    "issuer": {"party": "CPS", "unit": "A52BR00", "person": {"name": "Rowan Ashby", "role": "prosecutionCaseProgressionOfficer"}},
    "hearing": {"type": "TRIAL", "court": "B52CM00", "courtName": "Bristol Magistrates' Court", "dateTime": "2027-06-14T10:00", "durationDays": 1, "fixed": True},
    "witnesses": [{"witnessId": 2794999, "uniqueId": "W0001", "listOrder": 1, "name": {"given": "Marisol", "family": "Tregenna"}, "indicators": "V",
                   "dateOfBirth": "1991-04-17", "attendance": "LIVE_LINK"}]})


def expectations(scene):
    scene.receive("records", RECEIPT, 200, "application/xml")
    scene.start()
    story = scene.source / "config/demo/story"
    yield "a sentence and its case", [scene.send(story / "08-sentence-before-its-case.xml", "courts")[0], scene.send(story / "09-the-case-arrives.xml", "records")[0]] == [200, 200]
    yield "a case without a sentence", scene.send(story / "01-domestic-abuse-case.xml", "records")[0] == 200
    yield "and its trial", scene.send(story / "02-bail-and-summer-trial.xml", "courts")[0] == 200
    yield "a witness is in prison before anybody is wanted", scene.send(in_custody("P1", "NTC-31", "08:00"), "records")[0] == 200
    yield "the witness is wanted", scene.send(WANTED, "cps")[0] == 200
    # What belongs to one case and recipient arrives in order: what came of the steps before is there.
    # flow: F15 happy
    yield "somebody asks for production", scene.arrived("records", 1, PRODUCTION)
    # flow: F15 withheld
    yield "nobody is told where the witness is", not any(b"XYI" in body or b"A9137CK" in body for body in scene.told["records"])
    yield "the ledger balances", scene.asked("ledger")["balances"] and scene.asked("audit")["good"]
    scene.stop()
    # Only now is everything told that will be.
    yield "once", sum(PRODUCTION in body for body in scene.told["records"]) == 1
    yield "no scheme takes 14 weeks for an assault, and nobody is asked about one", not any(SCHEME in body for body in scene.told["records"])


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
