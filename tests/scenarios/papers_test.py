#!/usr/bin/env python3
"""Papers beside a document: a notice of material with its order, over mutual TLS, from the wire to the sealed store and to an erasure.

usage: papers_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

PAPER = b"%PDF-1.7\nInvented words of an invented restraining order.\n"
FILE_NAME = "Restraining_Order_Rosa_Quill.pdf"
URN = "52SB0044126"  # of the first case of the demonstration


def notice(urn, number="0d9f4a52-0000-4000-8000-0000000000d1"):
    return json.dumps({"notificationDate": "2026-11-20T15:27:25.815Z", "notificationType": "court-now-created", "materialNotification": {
        "materialId": number, "materialType": "Court Final Orders", "materialContentType": "application/pdf", "materialName": "Order",
        "fileName": FILE_NAME, "prosecutionCaseSubject": {"case": [{"caseURN": urn, "prosecutingAuthority": "0520000"}]}}}).encode()


def part(name, content, media_type="application/pdf"):
    return (f'--between\r\nContent-Disposition: form-data; name="{name}"; filename="{FILE_NAME}"\r\nContent-Type: {media_type}\r\n\r\n'.encode()
            + content + b"\r\n")


def body(*parts, end=b"--between--\r\n", boundary="between"):
    return b"Content-Type: multipart/form-data; boundary=" + boundary.encode() + b"\r\n\r\n" + b"".join(parts) + end


class Scene(running_host.Host):
    def __init__(self, *where):
        super().__init__(*where)
        self.amend("  depth: 64\n", "  depth: 64\n  parts: 3\n  part_bytes: 100000\n  message_bytes: 150000\n")

    def amend(self, old, new):
        main = self.configuration / "causeway.yaml"
        main.write_text(main.read_text().replace(old, new, 1))

    def answer_to(self, document):
        status, answer = self.send(document, "cps")
        said = json.loads(answer)
        return status, said.get("type"), said.get("result")


def refusals(scene):
    good, order = notice(URN), part("Material", PAPER)
    received = scene.asked("ledger")["received"]
    for what, document, status in (
            ("a part that is not expected", body(part("Notification", good, "text/plain"), order, part("Cover", PAPER)), 400),
            ("a part that is missing", body(part("Notification", good, "text/plain")), 400),
            ("a part that stands twice", body(part("Notification", good, "text/plain"), order, order), 400),
            ("a type that is not taken", body(part("Notification", good, "text/plain"), part("Material", b"<html>", "text/html")), 400),
            ("content that is not its type", body(part("Notification", good, "text/plain"), part("Material", b"MZ\x90\x00")), 400),
            ("a body that is cut off", body(part("Notification", good, "text/plain"), order, end=b""), 400),
            ("another boundary than it says", body(part("Notification", good, "text/plain"), order, boundary="other"), 400),
            ("something in front of the first boundary", body(b"preamble\r\n", part("Notification", good, "text/plain"), order), 400),
            ("too many parts", body(part("Notification", good, "text/plain"), *[part(f"P{i}", PAPER) for i in range(3)]), 413),
            ("more than a message may be", body(part("Notification", good, "text/plain"), part("Material", PAPER + b" " * 90_000), part("Cover", b" " * 90_000)), 413),
            ("a part that is too large", body(part("Notification", good, "text/plain"), part("Material", PAPER + b" " * 100_000)), 413)):
        answered, kind, result = scene.answer_to(document)
        yield f"{what} is refused in the sender's own protocol", (answered, kind, result) == (status, "RECEIPT", "too_large" if status == 413 else "malformed")
        received += 1
    ledger = scene.asked("ledger")
    yield "each is in quarantine and counted", ledger["balances"] and ledger["received"] == received and ledger["quarantined"] == 11


def life(scene, case):
    document = body(part("Material", PAPER), part("Notification", notice(URN), "text/plain"))
    yield "a notice with its order is taken", scene.answer_to(document) == (200, "RECEIPT", "accepted")
    yield "and a second time as the same", scene.answer_to(document)[0] == 200
    papers = scene.asked("papers", case)
    yield "its paper is listed once", [(paper["media_type"], paper["size"]) for paper in papers] == [("application/pdf", len(PAPER))]
    number = papers[0]["paper"]
    saved = scene.work / "saved.pdf"
    code, _ = scene("paper", number, "--out", str(saved))
    yield "it can be read by who may", code == 0 and saved.read_bytes() == PAPER and saved.stat().st_mode & 0o077 == 0
    yield "it is never written over a file", scene("paper", number, "--out", str(saved))[0] == 1
    saved.unlink()
    yield "who looked is on record", scene.asked("audit")["good"]
    scene.stop()
    yield "no file holds it, nor the name of its file", not scene.on_disk(PAPER, PAPER[9:30], FILE_NAME.encode(), b"Rosa_Quill")
    scene.start()
    yield "one person asks for the erasure of its case", scene("erase", case, "--by", "dpo.12", "--reason", "retention has ended")[0] == 0
    code, said = scene("erase", case, "--confirm", "--by", "supervisor.2", "--reason", "agreed")
    yield "its case is erased", code == 0 and json.loads(said)["keys_destroyed"] >= 1
    code, said = scene("paper", number, "--out", str(saved))
    yield "and nobody can read it any more", code == 1 and "erased" in said and not saved.exists()
    ledger = scene.asked("ledger")
    yield "the ledger balances", ledger["balances"] and scene.asked("audit")["good"]


def expectations(scene):
    story = scene.source / "config/demo/story"
    scene.start()
    # Bail status P is held, and a hold tells the number of its case.
    yield "the case is known", [scene.send(story / "01-domestic-abuse-case.xml", "records")[0], scene.send(story / "10-bail-status-p.xml", "courts")[0]] == [200, 200]
    case = scene.asked("held")[0]["case"]
    yield from refusals(scene)
    yield from life(scene, case)
    scene.stop()
    scene.amend("free_bytes: 100000000", "free_bytes: 1000000000000000")
    scene.start()
    yield "a full disk sheds it", scene.answer_to(body(part("Notification", notice(URN), "text/plain"), part("Material", PAPER)))[0] == 503
    scene.stop()
    log = scene.log.read_bytes()
    yield "the log names no file, part or person", log and not any(text in log for text in (FILE_NAME.encode(), b"Rosa", b"Material", b"Cover"))


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations, Scene))
