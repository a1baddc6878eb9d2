#!/usr/bin/env python3
"""Heads of the audit log in a second place: a log that was rolled back does not start, and a place that cannot be used raises the alarm.

usage: witness_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import http.client
import json
import pathlib
import shutil
import ssl
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402


def configure(host, witness, required):
    main = host.configuration / "causeway.yaml"
    text = main.read_text().split("\naudit:")[0]
    main.write_text(f"{text}\naudit:\n  witness:\n    file: {witness}\n    every: 1s\n    required: {'true' if required else 'false'}\n")


def health(host):
    """(status, answer) of GET /health."""
    context = ssl.create_default_context(cafile=host.work / "tls/ca.pem")
    context.check_hostname = False
    context.load_cert_chain(host.work / "tls/records.pem", host.work / "tls/records.key")
    connection = http.client.HTTPSConnection("127.0.0.1", host.port, context=context, timeout=10)
    connection.request("GET", "/health")
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def becomes(host, status, alarm):
    """Whether the health is soon this; it is looked at every second."""
    for _ in range(20):
        now = health(host)
        if now[0] == status and now[1].get("alarms", []) == alarm:
            return True
        time.sleep(0.5)  # the host looks at its second place by the clock on the wall
    return False


def refused(host):
    """What a host says that does not start."""
    done = subprocess.run([host.program, "run", "--config", host.configuration], capture_output=True, text=True, timeout=30)
    return done.stderr if done.returncode == 1 else ""


def lines_of(witness):
    return witness.read_text().split("\n")[:-1]


def kept_by_a_partner(host, older):
    """Heads that the prosecutor was given with its deliveries, and keeps as they came."""
    copy = host.work / "heads-of-cps"
    yield "a result is taken", host.send(host.source / "config/demo/story/02-bail-and-summer-trial.xml", "courts")[0] == 200
    host.arrived("records")
    host.arrived("cps", 3)
    copy.write_text("".join(f"{head}\n" for head in host.heads["cps"] if head))
    yield "each delivery carries a head to a partner that keeps them", len(lines_of(copy)) == len(host.told["cps"]) >= 3
    yield "and to no other", host.heads["records"] and not any(host.heads["records"])
    code, said = host("audit", "verify", "--witness", str(copy))
    yield "the log is held to the copy of the partner", code == 0 and json.loads(said)["witnessed"] == len(lines_of(copy))
    data, newer = host.work / "data", host.work / "to-be-put-back"
    host.stop()
    shutil.move(data, newer)
    shutil.copytree(older, data)
    code, said = host("audit", "verify", "--stopped", "--witness", str(copy))
    yield "which shows that a log was cut back", code == 1 and "are missing" in said
    shutil.rmtree(data)
    shutil.move(newer, data)
    host.start()


def expectations(host):
    story, elsewhere = host.source / "config/demo/story", host.work / "elsewhere"
    elsewhere.mkdir()
    witness = elsewhere / "heads"
    partner = host.configuration / "partners/cps.yaml"
    partner.write_text(partner.read_text() + "audit_heads: true\n")
    for name in ("records", "cps"):
        host.receive(name)
    configure(host, elsewhere / "missing/heads", required=True)
    yield "a host that must keep heads elsewhere does not start without that place", "second place" in refused(host)
    configure(host, witness, required=False)
    host.start()
    yield "a document is taken", host.send(story / "01-domestic-abuse-case.xml", "records")[0] == 200
    yield "all is well", becomes(host, 200, [])
    host.stop()
    kept = lines_of(witness)
    yield "the last head is kept when the host stops", len(kept) >= 1 and kept[-1].startswith("head ")
    older = host.work / "older"
    shutil.copytree(host.work / "data", older)
    host.start()
    yield "it goes on", host.send(story / "03-robbery-case.xml", "records")[0] == 200
    kept = lines_of(witness)
    code, said = host("audit", "verify", "--witness", str(witness))
    yield "every kept head is of the log", code == 0 and json.loads(said)["witnessed"] >= len(kept)
    host.stop()
    newer = host.work / "newer"
    shutil.move(host.work / "data", newer)
    shutil.copytree(older, host.work / "data")
    said = refused(host)
    yield "an older copy of the log is not started on", "cut back" in said and "move the file away" in said
    shutil.rmtree(host.work / "data")
    shutil.move(newer, host.work / "data")
    host.start()
    yield "the newest one is", host.asked("audit")["good"]
    yield from kept_by_a_partner(host, older)
    witness.rename(elsewhere / "away")
    witness.mkdir()
    yield "new work goes on while the place cannot be used", host("audit", "prove", "0", "--purpose", "integrity_security")[0] == 0
    yield "and the alarm is raised", becomes(host, 200, ["audit_witness"]) and "second place" in host.log.read_text()
    host.stop()
    witness.rmdir()
    configure(host, witness, required=True)
    (elsewhere / "away").rename(witness)
    host.start()
    witness.rename(elsewhere / "away")
    witness.mkdir()
    host("audit", "prove", "0", "--purpose", "integrity_security")  # there is a new head to keep
    yield "where heads are required nothing is taken in", becomes(host, 503, ["audit_witness"]) and host.send(story / "10-bail-status-p.xml", "courts")[0] == 503
    yield "and the ledger says why", host.asked("ledger")["state"] == "no_witness"
    witness.rmdir()
    (elsewhere / "away").rename(witness)
    yield "until they can be kept again", becomes(host, 200, []) and host.send(story / "10-bail-status-p.xml", "courts")[0] == 200
    host.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
