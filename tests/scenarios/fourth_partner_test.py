#!/usr/bin/env python3
"""One more partner of a kind that is known, by configuration alone: the files in fourth_partner/, put beside those that are shipped.

usage: fourth_partner_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

CHARITY = "compensation-charity"
REFERRAL = "8f2d7c10-52a1-4c0b-9b77-0a5e6f31d2c4"
ADDED = pathlib.Path(__file__).resolve().parent / "fourth_partner"


def requested(number, consent, referral=REFERRAL):
    """A request of the records system, about the victim of the first case of the demonstration."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<NicheStyleNotice xmlns="urn:causeway:niche-style:1" schemaVersion="1.0" kind="Referral requested" force="52" system="RMS-A" noticeId="{number}" created="2026-11-20T10:40:00Z">
  <Occurrence number="5226004411" urn="52SB0044126"/>
  <Link from="P1" class="Victim" qualifier="Witness">
    {consent}
    <Referral id="{referral}" service="Compensation help" urgency="routine" requested="2026-11-20T10:35:00Z" answerBy="2026-11-24" basis="consent" consent="C9">
      <Wanted code="Compensation"/>
      <Summary>Invented words of what happened.</Summary>
    </Referral>
  </Link>
</NicheStyleNotice>
"""


CONSENT = """<Consent id="C9" type="victim-support" given="true" at="2026-11-20T10:22:00Z" service="Compensation help" how="verbal" capacity="self"><Covers code="contact"/></Consent>"""


def event(number, status, sequence):
    return json.dumps({"profile": "causeway-partner-referral-event/1", "eventId": f"a0000000-0000-4000-8000-00000000010{number}", "referralId": REFERRAL,
                       "sequence": sequence, "status": status, "occurredAt": "2026-11-20T12:30:00Z", "actor": {"organisationId": CHARITY, "name": "Advice desk"}})


def mistakes(scene):
    """What `check` says while one of the files is missing, as the how-to promises."""
    for folder, name, wanted in (("protection", "a grant", "grant"), ("partners", "the partner", "partner")):
        file = (scene.configuration / folder if folder == "partners" else scene.work / folder) / f"{CHARITY}.yaml"
        kept = file.read_text()
        file.unlink()
        code, said = scene("check")
        yield f"without {name} the configuration is refused at a line", code == 1 and CHARITY in said and wanted in said and ".yaml:" in said
        file.write_text(kept)


def expectations(scene):
    yield "nothing but configuration was added", {file.suffix for file in ADDED.rglob("*") if file.is_file()} == {".yaml"}
    code, said = scene("check")
    yield "the whole is right: " + said, code == 0
    yield from mistakes(scene)
    for partner in (CHARITY, "victim-support", "idva-service"):
        scene.receive(partner)
    scene.start()
    story = scene.source / "config/demo/story/01-domestic-abuse-case.xml"
    yield "the case is known", scene.send(story, "records")[0] == 200
    yield "a request without consent is taken", scene.send(requested("NTC-1", "", REFERRAL.replace("c4", "c5")), "records")[0] == 200
    holds = scene.asked("held")
    yield "and held, because nobody consented", [hold["reason"] for hold in holds].count("consent_missing") >= 1 and scene.told[CHARITY] == []
    yield "a request with consent is taken", scene.send(requested("NTC-2", CONSENT), "records")[0] == 200
    told = scene.arrived(CHARITY)
    yield "the charity is referred to", len(told) == 1
    referral = json.loads(told[0]) if told else {}
    yield "by our profile and with its number", (referral.get("profile"), referral.get("id"), referral.get("serviceType")) == ("causeway-partner-referral/1", REFERRAL, "compensation_help")
    yield "it can reach the person where that is safe", [method["value"] for method in referral.get("contact", {}).get("methods", [])] == ["07700900123"]
    text = told[0].decode() if told else ""
    yield "it learns nothing of the offence, the accused, the home or the story", told and not any(word in text for word in ("Pascoe", "Assault", "Larkspur", "Invented words", "OF61131"))
    yield "nobody else is told", scene.told["victim-support"] == [] and not any("compensation" in body.decode() for body in scene.told["idva-service"])
    status, answer = scene.send(event(1, "received", 1), CHARITY)
    yield f"it says that it has it: {answer}", status == 200
    status, _ = scene.send(event(2, "closed", 2), CHARITY)
    yield "a step that cannot follow is refused", status == 409
    yield "it accepts", scene.send(event(3, "accepted", 2), CHARITY)[0] == 200
    yield "another service cannot speak for it", scene.send(event(4, "declined", 3), "victim-support")[0] != 200
    ledger = scene.asked("ledger")
    yield "the ledger balances", ledger["balances"] and scene.asked("audit")["good"]
    scene.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations, overlay=ADDED))
