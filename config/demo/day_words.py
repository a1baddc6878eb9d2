"""The words in which a day is told: who is told, what it is, when, and what was withheld and why. British English for a supervisor."""
import datetime
import json
import re
import zoneinfo

LONDON = zoneinfo.ZoneInfo("Europe/London")
# Teams and systems, as people call them.
TEAMS = {"witness_care": "Witness care", "public_protection": "The public protection unit", "specialist_unit": "The specialist unit",
         "supervisor": "The supervisor", "witness_care_manager": "The witness care manager"}
RECIPIENTS = {"cps": "The prosecutor (CPS)", "courts": "The court", "records": "The records system",
              "childrens-services": "Children's services",
              "idva-service": "The domestic violence adviser's service (IDVA)", "hate-crime-service": "SARI, the hate crime service",
              "victim-support": "Victim Support", "witness-service": "The Witness Service"}
# What a message says, where it is no task in words.
MESSAGES = {"case.updated": "who the victims and witnesses are, and how to reach them safely",
            "needs.assessed": "what this person needs to give evidence",
            "special_measures.requested": "the application for special measures (form MG2)",
            "vps.recorded": "that there is a victim personal statement, and how it is to be heard", "referral.sent": "the referral"}
# What stands in a case, by its path; each with what shows in a document that the recipient has it after all.
KINDS = [("home address", r"\.addresses\.", r"postcode|<Address|\"post\""),
         ("telephone numbers and e-mail addresses", r"\.contact_points\.", r"\b07\d{9}\b|\b01\d{9}\b"),
         ("date of birth", r"parties\.person\.born_on", r"dateOfBirth|DateOfBirth"),
         ("who the suspect or defendant is", r"defendants\.person\.", r"defendants|Defendant|allegedPerpetrator"),
         ("the wording of the charge", r"offences\.wording", r"wording|OffenceWording"),
         ("the court's own words", r"results\.text", r"<Text>|resultText"),
         ("the wording of the bail conditions", r"bail\.conditions\.text", r"BailCondition|conditions"),
         ("the risk assessment", r"parties\.risks\.", r"\"risk\"|<Risk"),
         ("special measures, and what the person thinks of them", r"special_measures\.(measure|views)", r"section"),
         ("who the intermediary would have been", r"special_measures\.intermediary", r"intermediary"),
         ("when and about what the person was rung", r"contacts_made\.", r"contactsMade"),
         ("who decided, and by which condition of the law", r"override\.(condition|decided_by)", r"decidedBy")]
# Why, in the words of the rule (config/protection, host/protection).
RULES = {"A03": "they may have only what is listed for them and this purpose, and this is not",
         "A20": "the person is anonymous for life",
         "A22": "it is not marked safe, and what is not known to be safe counts as unsafe",
         "A23": "it would show where a protected person is", "A24": "it would show where the offender is"}


def moment(text):
    """An RFC 3339 time as London's clocks show it."""
    return datetime.datetime.fromisoformat(re.sub(r"(\.\d+)?Z$", "+00:00", text)).astimezone(LONDON)


def day(at):
    return f"{at:%a} {at.day} {at:%B}"


def when(at):
    return f"{day(at)} at {at:%H:%M}"


def date(text):
    """ "2026-07-06" as 6 July 2026."""
    on = datetime.date.fromisoformat(text)
    return f"{on.day} {on:%B %Y}"


def length(span):
    """"1 day 40 minutes"; a minute that has begun does not count."""
    minutes = int(span.total_seconds() // 60)
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count) or "under a minute"


def instructions(body):
    """The words of a task without those that stand in every one."""
    found = re.search(r"<(?:Instructions|Text)>([^<]*)</(?:Instructions|Text)>", body)
    text = found[1].replace("&apos;", "'").replace("&amp;", "&") if found else ""
    for always in ("Use only a way of contact that is marked safe.", "When there are none, explain the court's own words."):
        text = text.replace(always, "")
    return " ".join(text.split())


def whom(delivery):
    """Who has it now."""
    body = delivery.get("body", "")
    unit = re.search(r'assignedUnit="(\w+)"', body)
    if unit:
        return TEAMS.get(unit[1], unit[1])
    family = re.search(r"<FamilyName>([^<]*)", body)
    if delivery["type"] == "officer.notified":
        return f"The officer in the case, DC {family[1]}," if family else "The officer in the case"
    if delivery["type"] == "duty.change_requested":
        return f"Whoever plans the duties of DC {family[1]}" if family else "Whoever plans the duties of the officer"
    if delivery["type"] == "log_entry.added":
        return "The log of the occurrence"
    return RECIPIENTS.get(delivery["recipient"], delivery["recipient"])


def what(delivery):
    """What it says, in words."""
    body, kind = delivery.get("body", ""), delivery["type"]
    title = re.search(r'<Task [^>]*type="([^"]*)"', body)
    if title:
        return f'is asked to "{title[1]}": {instructions(body)}'
    if kind in ("officer.notified", "log_entry.added"):
        return ("says: " if kind == "log_entry.added" else "is told: ") + instructions(body)
    if kind == "duty.change_requested":
        wanted = 'wanted="no"' not in body and "<Attendance" in body
        return "is told that the officer is wanted in court" if wanted else "is told that the officer need not come"
    verb = "receives " if kind in ("referral.sent", "safeguarding_plan.recorded", "special_measures.requested") else "is told "
    return verb + (of_document(kind, json.loads(body)) if body.startswith("{") else MESSAGES.get(kind, kind))


def of_document(kind, document):
    """What a document for another system says."""
    if kind == "hearing.listed":
        hearing = document["hearings"][0]
        return f"the hearing: {date(hearing['date'])} at {hearing.get('time', 'a time to be fixed')}, {hearing.get('courtName', '')}"
    if kind == "attendance.answered":
        return f"that this person will be there at {document['witnesses'][0]['attendance'][0]['expected']['time']}"
    if kind == "hearing.resulted":
        return "the outcome: " + ", ".join(document["outcomes"]).replace("_", " ")
    if kind == "witness.engagement_changed":
        return "that this person may not give evidence"
    if kind == "safeguarding_plan.recorded":
        basis = document["lawfulBasis"]["reasonWithoutConsent"]
        return f'the safeguarding plan for the child, without consent, because: "{basis}"'
    ways = len(document.get("contact", {}).get("methods", []))
    return MESSAGES.get(kind, kind) + (f", with {ways} safe {'way' if ways == 1 else 'ways'} of contact" if kind == "referral.sent" else "")


def withheld(deliveries):
    """{why: what} of what one recipient was never sent, over all that it was sent about one person."""
    bodies = "".join(delivery.get("body", "") for delivery in deliveries)
    out = {}
    for item in " ".join(delivery.get("withheld", "") for delivery in deliveries).split():
        path, _, rule = item.rpartition(":")
        for name, pattern, shows in KINDS:
            # What is not marked safe stays away though another number went.
            if re.search(pattern, path) and (rule == "A22" or not re.search(shows, bodies)):
                known = out.setdefault(RULES.get(rule, f"rule {rule}"), [])
                said = "a way of contact" if rule == "A22" else name
                if said not in known:
                    known.append(said)
    return out
