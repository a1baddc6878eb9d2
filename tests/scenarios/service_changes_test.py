#!/usr/bin/env python3
"""What a service is told after a referral: which number is safe now, and that consent was taken back.

usage: service_changes_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

SERVICE, OTHER, WITNESS = "idva-service", "victim-support", "witness-service"
REFERRAL = "8f2d7c10-52a1-4c0b-9b77-0a5e6f31d201"
TO_WITNESS_SERVICE = "8f2d7c10-52a1-4c0b-9b77-0a5e6f31d202"


def notice(kind, number, at, content):
    """A notice of the records system about the victim of the first case of the demonstration."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<NicheStyleNotice xmlns="urn:causeway:niche-style:1" schemaVersion="1.0" kind="{kind}" force="52" system="RMS-A" noticeId="{number}" created="2026-11-20T{at}:00Z">
  <Occurrence number="5226004411" urn="52SB0044126"/>
  <Link from="P1" class="Victim" qualifier="Witness">{content}</Link>
</NicheStyleNotice>
"""


def referral(number, service, basis, at):
    return notice("Referral requested", f"NTC-{service}", at, f"""<Referral id="{number}" service="{service}" urgency="urgent"
    requested="2026-11-20T{at}:00Z" answerBy="2026-11-24" basis="{basis}"><Wanted code="Safety planning"/></Referral>""")


def has_it(number, service, event):
    return json.dumps({"profile": "causeway-partner-referral-event/1", "eventId": event, "referralId": number, "sequence": 1, "status": "received",
                       "occurredAt": "2026-11-20T12:30:00Z", "actor": {"organisationId": service, "name": "Duty desk"}})


def safe(number, at, notice_id):
    return notice("Safe contact changed", notice_id, at, f"""
    <Contact type="mobile" safe="false" confirmed="2026-11-20T{at}:00Z" confirmedBy="6610">07700 900123</Contact>
    <Contact type="other" preferred="true" safe="true" confirmed="2026-11-20T{at}:00Z" confirmedBy="6610" safeTimes="weekdays 10-14" voicemail="no" maySayWho="false">{number}</Contact>""")


WITHDRAWN = """<Consent id="C1" version="2" type="victim-support" given="withdrawn" at="2026-11-02T11:05:00Z" service="IDVA" withdrawn="2026-11-20T13:00:00Z" withdrawnHow="By telephone"/>"""


def numbers(document):
    return [method["value"] for method in document.get("contact", {}).get("methods", [])]


def expectations(scene):
    for partner in (SERVICE, OTHER, WITNESS):
        scene.receive(partner)
    scene.start()
    yield "the case is known", scene.send(scene.source / "config/demo/story/01-domestic-abuse-case.xml", "records")[0] == 200
    yield "an adviser is asked for", scene.send(referral(REFERRAL, "IDVA", "consent", "10:00"), "records")[0] == 200
    yield "and referred to", [json.loads(body)["id"] for body in scene.arrived(SERVICE)] == [REFERRAL]
    yield "the adviser says so", scene.send(has_it(REFERRAL, SERVICE, "a0000000-0000-4000-8000-000000000301"), SERVICE)[0] == 200
    yield "so is the witness service, by law", (scene.send(referral(TO_WITNESS_SERVICE, "Witness Service", "public-task", "10:05"), "records")[0],
                                                [json.loads(body)["id"] for body in scene.arrived(WITNESS)]) == (200, [TO_WITNESS_SERVICE])
    yield "another number is safe", scene.send(safe("07700 900456", "11:00", "NTC-3"), "records")[0] == 200
    for partner, number in ((SERVICE, REFERRAL), (WITNESS, TO_WITNESS_SERVICE)):
        told = scene.arrived(partner, 2)
        update = json.loads(told[1]) if len(told) > 1 else {}
        # flow: F23 happy
        yield f"{partner} hears of it at once, of its own referral", (update.get("profile"), update.get("referralId")) == ("causeway-partner-referral-update/1", number)
        yield f"{partner} gets the safe number and not the other", numbers(update) == ["07700900456"] and b"900123" not in told[-1]
        yield f"{partner} is not told again who it is", b"Tregenna" not in told[-1]
    yield "consent is withdrawn", scene.send(notice("Consent changed", "NTC-4", "13:05", WITHDRAWN), "records")[0] == 200
    told = scene.arrived(SERVICE, 3)
    over = json.loads(told[2]) if len(told) > 2 else {}
    # flow: F22 happy
    yield "the adviser learns that it is over, by number only", (over.get("profile"), over.get("referralId"), over.get("status")) == ("causeway-partner-referral-withdrawal/1", REFERRAL, "withdrawn")
    yield "and nothing else", told and not any(word in told[-1] for word in (b"Tregenna", b"900456", b"52SB"))
    yield "who works by law goes on", len(scene.told[WITNESS]) == 2
    yield "a third number is safe", scene.send(safe("07700 900789", "15:00", "NTC-5"), "records")[0] == 200
    yield "the witness service hears of it", "07700900789" in numbers(json.loads(scene.arrived(WITNESS, 3)[-1]))
    # flow: F23 withheld
    told = scene.arrived(SERVICE, 4)
    stop = json.loads(told[3]) if len(told) > 3 else {}
    yield "the adviser gets no number without consent, and is told to use none", numbers(stop) == [] and stop.get("contact", {}).get("stopAll") is True
    yield "and nothing of who it is", told and not any(word in told[-1] for word in (b"Tregenna", b"900789", b"900456"))
    yield "who was never referred to hears nothing", scene.told[OTHER] == []
    yield "the ledger balances", scene.asked("ledger")["balances"] and scene.asked("audit")["good"]
    scene.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
