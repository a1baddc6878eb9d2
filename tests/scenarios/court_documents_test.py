#!/usr/bin/env python3
"""A call-back of the courts' results documents over mutual TLS, believed by its signature: the paper is fetched and kept sealed.

usage: court_documents_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import base64
import hashlib
import hmac
import http.client
import http.server
import json
import pathlib
import ssl
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

COURT = "court-documents"
SECRET = b"an-invented-word-of-the-subscription"
PAPER = b"%PDF-1.7\nInvented words of an invented warrant of commitment.\n"
NUMBER = "7c1f0000-0000-4000-8000-000000000173"


def notice(urn):
    return json.dumps({"eventType": "WEE_CustodialSentence", "hearingId": "7c1f0000-0000-4000-8000-000000000171",
                       "masterDefendantId": "7c1f0000-0000-4000-8000-000000000172", "documentId": NUMBER,
                       "documentGeneratedTimestamp": "2026-11-20T17:30:00Z", "cases": [{"urn": urn}]}).encode()


class Scene(running_host.Host):
    def __init__(self, *where):
        super().__init__(*where)
        secret = self.work / "tls" / f"{COURT}.secret"
        secret.write_bytes(SECRET)
        secret.chmod(0o600)
        self.asked_for = []

    def context(self, purpose, name):
        out = ssl.SSLContext(purpose)
        out.load_cert_chain(self.work / f"tls/{name}.pem", self.work / f"tls/{name}.key")
        out.load_verify_locations(self.work / "tls/ca.pem")
        return out

    def serve_documents(self):
        asked_for = self.asked_for

        class Documents(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked_for.append(self.path)
                there = len(asked_for) > 1  # the notice is quicker than the paper
                self.send_response(200 if there else 404)
                self.send_header("Content-Type", "application/pdf")
                self.send_header("Content-Length", str(len(PAPER) if there else 0))
                self.end_headers()
                if there:
                    self.wfile.write(PAPER)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", self.ports[COURT]), Documents)
        context = self.context(ssl.PROTOCOL_TLS_SERVER, COURT)
        context.verify_mode = ssl.CERT_REQUIRED
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def call_back(self, body, secret):
        context = self.context(ssl.PROTOCOL_TLS_CLIENT, COURT)
        context.check_hostname = False
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=30)
        signature = base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest()).decode()
        connection.request("POST", "/messages", body, {"Content-Type": "application/json", "X-Signature": signature})
        return connection.getresponse().status

    def papers_of(self, case, seconds=60):
        """The papers of the case, once there is one."""
        for _ in range(seconds * 5):
            found = self.asked("papers", case)
            if found:
                return found
            time.sleep(0.2)
        return []


def expectations(scene):
    story = scene.source / "config/demo/story"
    scene.serve_documents()
    scene.start()
    # Bail status P is held, and a hold tells the number of its case.
    yield "the case is known", [scene.send(story / "01-domestic-abuse-case.xml", "records")[0], scene.send(story / "10-bail-status-p.xml", "courts")[0]] == [200, 200]
    case = scene.asked("held")[0]["case"]
    body = notice("52SB0044126")
    yield "a call-back with another secret is refused", scene.call_back(body, b"another word") in (401, 403)
    yield "and nothing is asked for", not scene.asked_for
    yield "a call-back is taken", scene.call_back(body, SECRET) == 200
    papers = scene.papers_of(case)
    yield "its paper is kept", [(paper["media_type"], paper["size"]) for paper in papers] == [("application/pdf", len(PAPER))]
    yield "asked for by the number of the subscription until it is there", scene.asked_for == [f"/client-subscriptions/7c1f-aa/documents/{NUMBER}"] * 2
    saved = scene.work / "saved.pdf"
    yield "it can be read by who may", papers and scene("paper", papers[0]["paper"], "--out", str(saved))[0] == 0 and saved.read_bytes() == PAPER
    saved.unlink(missing_ok=True)
    ledger = scene.asked("ledger")
    yield "the ledger balances", ledger["balances"] and scene.asked("audit")["good"]
    scene.stop()
    yield "no file holds it in the clear", not scene.on_disk(PAPER, PAPER[9:40])


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations, Scene, pathlib.Path(__file__).parent / "court_documents"))
