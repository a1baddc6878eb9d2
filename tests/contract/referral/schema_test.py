#!/usr/bin/env python3
"""Holds what the mappings write to the schemas: those that we give to partners, and where they are at hand the published ones.

usage: schema_test.py SOURCE
Answers 77 (skipped) without python3-jsonschema. The published schemas are looked for beside the source; without them their part is
said to be skipped.
"""
import copy
import json
import os
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed: skipped")
    sys.exit(77)

SOURCE = pathlib.Path(sys.argv[1])
MAPPINGS = SOURCE / "mappings"
CORPUS = pathlib.Path(os.environ.get("CAUSEWAY_CORPUS", SOURCE / ".." / "shared" / "corpus")) / "probation-partners"
FAILED = []


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def problems(schema, document):
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:160]}" for e in jsonschema.Draft202012Validator(schema).iter_errors(document)]


def expect(what, found, wanted_valid=True):
    if bool(found) == wanted_valid:
        FAILED.append(what)
        print(f"FAILED {what}: " + ("; ".join(found) if wanted_valid else "accepted and should be refused"))


def written(folder, profile):
    """What is written, by the name of its example: every expectation with this profile."""
    for path in sorted((MAPPINGS / folder / "examples").glob("*.expected*.json")):
        document = load(path)
        if isinstance(document, dict) and str(document.get("profile", "")).startswith(profile):
            yield path.name, document


def without(document, *path):
    out = copy.deepcopy(document)
    at = out
    for name in path[:-1]:
        at = at[name]
    del at[path[-1]]
    return out


def with_value(document, value, *path):
    out = copy.deepcopy(document)
    at = out
    for name in path[:-1]:
        at = at.setdefault(name, {}) if isinstance(at, dict) else at[name]
    at[path[-1]] = value
    return out


def without_marks(document):
    if isinstance(document, list):
        return [without_marks(item) for item in document]
    if isinstance(document, dict):
        return {name: without_marks(value) for name, value in document.items() if not (name.endswith("Basis") and isinstance(value, str))}
    return document


def own_profile():
    schema = load(MAPPINGS / "referral/profile/referral.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    found = {}
    for folder in ("referral", "probation"):
        for name, document in written(folder, "causeway-partner-referral/"):
            expect(name, problems(schema, document))
            found[document["serviceType"]] = document
    for service in ("idva", "witness_service", "hate_crime", "home_security", "childrens_services", "probation_vcs", "probation_vns"):
        if service not in found:
            FAILED.append(service)
            print(f"FAILED no example is written for {service}")
            return found
    refused = {
        "an unsafe way of contact": with_value(found["idva"], False, "contact", "methods", 0, "safe"),
        "a way of contact that nobody confirmed": without(found["idva"], "contact", "methods", 0, "confirmedAt"),
        "consent without a day": without(found["idva"], "lawfulBasis", "consentGivenAt"),
        "an adviser on public task": with_value(found["idva"], "public_task", "lawfulBasis", "basis"),
        "an adviser with a sentence": with_value(found["idva"], {"sentencedOn": "2026-05-22"}, "case", "sentence"),
        "the witness service with a score": with_value(found["witness_service"], {"score": 9}, "risk", "dash"),
        "the witness service with an alleged perpetrator": with_value(found["witness_service"], {"name": "x"}, "risk", "allegedPerpetrator"),
        "the witness service with children": with_value(found["witness_service"], [{"name": "x"}], "safeguarding", "children"),
        "home security with a score": with_value(found["home_security"], {"score": 9}, "risk", "dash"),
        "a scheme without a sentence": without(found["probation_vcs"], "case", "sentence"),
        "children's services without a word on the parent": without(found["childrens_services"], "safeguarding", "parentAware"),
        "safeguarding without a reason": without(found["childrens_services"], "lawfulBasis", "reasonWithoutConsent"),
        "a field that the profile does not have": with_value(found["idva"], "x", "person", "ethnicity"),
        "a long summary": with_value(found["idva"], "x" * 501, "reason", "summary"),
    }
    for what, document in refused.items():
        expect(what, problems(schema, document), wanted_valid=False)
    return found


def notices():
    schema = load(MAPPINGS / "referral/profile/notice.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    count = 0
    for profile in ("causeway-partner-referral-update/", "causeway-partner-referral-withdrawal/", "causeway-partner-attendance/",
                    "causeway-correction/", "causeway-rights/"):
        for name, document in written("referral", profile):
            count += 1
            expect(name, problems(schema, document))
            expect(name + " without its number", problems(schema, {k: v for k, v in document.items() if k not in ("updateId", "noticeId")}), wanted_valid=False)
    if count < 11:
        FAILED.append("notices")
        print(f"FAILED only {count} notices are written")


def information_requests():
    schema = load(MAPPINGS / "referral/profile/information-request.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    found = list(written("referral", "causeway-information-request/"))
    if not found:
        FAILED.append("information requests")
        print("FAILED no request for information is written")
    for name, document in found:
        expect(name, problems(schema, document))
        for part in ("what", "why", "how"):
            expect(f"{name} without {part}", problems(schema, without(document, "request", part)), wanted_valid=False)
        expect(name + " without saying what is opinion", problems(schema, without(document, "request", "why", "basis")), wanted_valid=False)
        expect(name + " without a word on notice", problems(schema, without(document, "notice")), wanted_valid=False)


def events():
    schema = load(MAPPINGS / "referral/profile/event.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    count = 0
    for folder in ("referral", "probation"):
        for path in sorted((MAPPINGS / folder / "examples").glob("*.json")):
            document = load(path)
            if "expected" in path.name or not isinstance(document, dict) or "referralId" not in document or "status" not in document:
                continue
            count += 1
            expect(path.name, problems(schema, document))
            if document["status"] == "declined":
                expect(path.name + " without a reason", problems(schema, without(document, "declineReason")), wanted_valid=False)
    if count < 8:
        FAILED.append("events")
        print(f"FAILED only {count} events are shown")


def published(found):
    """The proposal that the profile came from: hearings are a list here, safe times stand with the way of contact they are about."""
    if not CORPUS.is_dir():
        print("the corpus is not beside the source: published schemas skipped")
        return
    schema = load(CORPUS / "proposed-referral-profile/referral.schema.json")
    for service, document in found.items():
        if service == "home_security":
            continue  # a service that the proposal does not name
        as_proposed = without_marks(document)  # fact or opinion is said by our own profile alone
        for method in as_proposed["contact"]["methods"]:
            if times := method.pop("safeTimes", None):
                as_proposed["contact"]["safeTimes"] = times
        if hearings := as_proposed.get("case", {}).pop("hearings", None):
            as_proposed["case"]["nextHearing"] = hearings[0]
        expect(f"{service} by the proposal", problems(schema, as_proposed))
    notify = load(CORPUS / "govuk-notify/openapi/schema.json")
    kinds = {"sms": "SendTextMessageRequest", "email": "SendEmailRequest", "letter": "SendLetterRequest"}
    for path in sorted((MAPPINGS / "notify/examples").glob("*.expected.*.json")):
        name = kinds[path.name.split(".")[-2]]
        candidates = [k for k in notify["components"]["schemas"] if k.lower() == name.lower()]
        if not candidates:
            candidates = [k for k in notify["components"]["schemas"] if path.name.split(".")[-2] in k.lower() and k.endswith("Request")]
        if not candidates:
            FAILED.append(name)
            print(f"FAILED the published schema has no {name}")
            continue
        schema = {"components": notify["components"], "$ref": f"#/components/schemas/{candidates[0]}", "unevaluatedProperties": False}
        expect(path.name, problems(schema, load(path)))
    video_links(load(CORPUS / "book-a-video-link/derived/codes.json"))
    moves()


def video_links(codes):
    for path in sorted((MAPPINGS / "prisons/examples").glob("video-link-request.expected*.json")):
        booking = load(path)
        wrong = [] if booking["bookingType"] in codes["BookingType"] else ["bookingType"]
        wrong += [] if booking["courtHearingType"] in codes["CourtHearingType"] else ["courtHearingType"]
        kinds = [slot["type"] for slot in booking["prisoners"][0]["appointments"]]
        wrong += [kind for kind in kinds if kind not in codes["AppointmentType"]]
        wrong += [] if kinds.count("VLB_COURT_MAIN") == 1 else ["exactly one main appointment"]
        wrong += ["notesForPrisoners is public in the prison"] if "notesForPrisoners" in booking else []
        wrong += [] if ("videoLinkUrl" in booking) != ("hmctsNumber" in booking) else ["a link or a number, not both"]
        wrong += [] if len(booking["notesForStaff"]) <= 400 and len(booking.get("guestPin", "")) <= 8 else ["a text is too long"]
        expect(path.name, wrong)


def moves():
    try:
        import yaml
    except ImportError:
        print("python3-yaml is not installed: the shape of a move is skipped")
        return
    swagger = CORPUS / "book-secure-move/swagger"
    move = yaml.safe_load((swagger / "v2/move.yaml").read_text())["Move"]["properties"]["attributes"]
    kinds = yaml.safe_load((swagger / "v1/move_type_attribute.yaml").read_text())["MoveType"]
    del move["properties"]["move_type"]
    reasons = yaml.safe_load((swagger / "v1/move_cancellation_reason_attribute.yaml").read_text())["MoveCancellationReason"]["enum"]
    for path in sorted((MAPPINGS / "prisons/examples").glob("production-*.expected*.json")):
        document = load(path)
        if not isinstance(document, dict) or "data" not in document:
            continue
        attributes = document["data"]["attributes"]
        if document["data"]["type"] == "moves":
            expect(path.name, problems(move, attributes) + problems(kinds, attributes["move_type"]))
        else:
            expect(path.name, [] if attributes["cancellation_reason"] in reasons and "timestamp" in attributes else ["reason or time"])


def main():
    found = own_profile()
    notices()
    information_requests()
    events()
    published(found)
    print("every document is what the schemas allow" if not FAILED else f"{len(FAILED)} failed")
    return 1 if FAILED else 0


sys.exit(main())
