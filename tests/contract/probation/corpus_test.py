#!/usr/bin/env python3
"""Reads every published HMPPS event and every published hearing with the real program and prints what became of each kind.

usage: corpus_test.py PROGRAM ADAPTERS SOURCE
Answers 77 (skipped) where the published samples or python3-yaml are not at hand.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("python3-yaml is not installed: skipped")
    sys.exit(77)

PROGRAM, ADAPTERS, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), pathlib.Path(sys.argv[3]).resolve()
CORPUS = pathlib.Path(os.environ.get("CAUSEWAY_CORPUS", SOURCE / ".." / "shared" / "corpus")) / "probation-partners"

# What is read. Everything else is refused: no flow of victim and witness care needs it, and an event that names a person whom we do
# not need is not kept.
TAKEN = {
    "prison-offender-events.prisoner.released", "prison-offender-events.prisoner.received",
    "prison-offender-events.prisoner.sentence-dates-changed", "prison-offender-events.prisoner.sentence.changed",
    "prison-offender-events.prisoner.sentence-term.changed", "prison-offender-events.prisoner.fixed-term-recall.changed",
    "prison-offender-events.prisoner.merged", "probation-case.merge.completed", "probation-case.unmerge.completed",
    "create-and-vary-a-licence.licence.activated", "create-and-vary-a-licence.licence.inactivated",
    "create-and-vary-a-licence.variation.activated", "create-and-vary-a-licence.variation.inactivated",
}
# Refused on purpose, with the reason.
REFUSED = {
    "prisoner-offender-search.prisoner.released": "the immediate event: may be a mistake that the delayed one never repeats",
    "prisoner-offender-search.prisoner.received": "the immediate event: may be a mistake that the delayed one never repeats",
}
OLD_HEARING = "the shape before hearings had days: the service does not write it any more"


def example_of(schema):
    """A document made of a specification's examples."""
    if "const" in schema:
        return schema["const"]
    if "properties" in schema:
        return {name: example_of(part) for name, part in schema["properties"].items()}
    if "items" in schema:
        items = schema["items"] if isinstance(schema["items"], list) else [schema["items"]]
        return [example_of(item) for item in items]
    if "example" in schema:
        value = schema["example"]
        return value if isinstance(value, (int, bool, type(None))) else str(value)
    return "x"


def configuration(folder):
    """The smallest installation that reads: mappings, adapters and one partner; nothing is sent."""
    for name in ("partners", "tls", "keys"):
        (folder / name).mkdir()
    demo = (SOURCE / "config/demo/causeway.yaml").read_text()
    text = demo.replace("../../build/release/lib/causeway/adapters", str(ADAPTERS))
    text = text.replace("trusted_key: ../../var/demo/keys/plugin-signing.pem", "development: true").replace("../../var/demo", str(folder))
    text = text.replace("../../mappings", str(SOURCE / "mappings"))
    for name in ("routes", "protection", "clocks", "calendars", "eligibility", "reconciliation", "retention"):
        text = text.replace(f"{name}: ../{name}", f"{name}: {SOURCE / 'config' / name}")
    (folder / "causeway.yaml").write_text(text)
    for partner in (SOURCE / "config/demo/partners").glob("*.yaml"):
        (folder / "partners" / partner.name).write_text(partner.read_text().replace("../../../var/demo", str(folder)))
    subprocess.run([SOURCE / "config/demo/make-certs.sh", folder / "tls", "courts", "records", "cps", "idva-service", "isva-service"], check=True, capture_output=True)


def decoded(config, files):
    out = subprocess.run([PROGRAM, "decode", "--config", str(config), *map(str, files)], capture_output=True, text=True)
    lines = [json.loads(line) for line in out.stdout.splitlines() if line.startswith("{")]
    found = {line["file"]: line for line in lines}
    if not found:
        print(out.stderr[-2000:])
    return found


def samples(folder):
    """(kind, file) of every event in its wrapping and bare, and of every hearing."""
    number = 0
    for path in sorted((CORPUS / "hmpps-domain-events/spec").rglob("*.y*ml")):
        spec = yaml.safe_load(path.read_text())
        event = example_of(spec["payload"])
        if not isinstance(event, dict) or "eventType" not in event:
            continue
        number += 1
        wrapped = {"Type": "Notification", "MessageId": f"m-{number}", "Message": json.dumps(event), "Timestamp": "2026-06-02T09:00:00.000Z",
                   "MessageAttributes": {"eventType": {"Type": "String", "Value": event["eventType"]}}}
        for form, document in (("bare", event), ("wrapped", wrapped)):
            file = folder / f"event-{number}-{form}.json"
            file.write_text(json.dumps(document))
            yield event["eventType"], file
    for path in sorted((CORPUS / "court-case-service/src/test/resources").rglob("*.json")):
        hearing = json.loads(path.read_text())
        if isinstance(hearing, dict) and "courtCode" in hearing and ("hearingDays" in hearing or "sessionStartTime" in hearing):
            yield ("hearing" if "hearingDays" in hearing else "hearing, old shape"), path


def main():
    if not CORPUS.is_dir():
        print("the published samples are not beside the source: skipped")
        return 77
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        (folder / "config").mkdir()
        (folder / "samples").mkdir()
        configuration(folder / "config")
        every = list(samples(folder / "samples"))
        read = decoded(folder / "config", [file for _, file in every])
        return judge(every, read)


def judge(every, read):
    table = collections.defaultdict(collections.Counter)
    wrong = []
    for kind, file in every:
        line = read.get(str(file))
        taken = kind in TAKEN or kind == "hearing"
        if line is None:
            wrong.append(f"{kind}: no answer for {file.name}")
        elif line["outcome"] == "accepted":
            table[kind]["read"] += 1
            held = [w["code"] for w in line["warnings"] if w["code"] in ("bad_value", "missing_part")]
            table[kind]["held"] += 1 if held else 0
            wrong += [f"{kind}: unexplained {path}" for path in line["unexplained"]]
            wrong += [f"{kind}: {code}" for code in held]
            if not taken:
                wrong.append(f"{kind}: read, but nobody said that it is")
        else:
            table[kind]["refused"] += 1
            if taken:
                wrong.append(f"{kind}: refused: {line['why']}")
    others = collections.Counter()
    for kind, counts in sorted(table.items()):
        if counts["read"]:
            print(f"{kind:60} read {counts['read']:3}  held {counts['held']:3}")
        elif kind in REFUSED:
            print(f"{kind:60} refused {counts['refused']:3}  {REFUSED[kind]}")
        elif kind.startswith("hearing"):
            print(f"{kind:60} refused {counts['refused']:3}  {OLD_HEARING}")
        else:
            others["kinds"] += 1
            others["samples"] += counts["refused"]
    print(f"{'other events':60} refused {others['samples']:3}  {others['kinds']} kinds that no flow needs")
    missing = [kind for kind in sorted(TAKEN) if kind not in table and "variation.inactivated" not in kind]
    wrong += [f"{kind}: no sample" for kind in missing if kind in {k for k, _ in every}]
    for line in sorted(set(wrong)):
        print("WRONG " + line)
    return 1 if wrong else 0


sys.exit(main())
