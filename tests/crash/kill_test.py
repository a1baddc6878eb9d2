#!/usr/bin/env python3
"""Kills the host under load, starts it again, and asks whether anything that it acknowledged was lost or told twice.

usage: kill_test.py PROGRAM ADAPTERS SOURCE [--messages 5000] [--kills 5] [--seed N]

Senders count a document as sent only when it was acknowledged and send every other one again. Recipients remember delivery ids. At the end:
every acknowledged message is present once, every delivery arrived at least once under its id, the ledger balances, the audit log verifies.
"""
import argparse
import collections
import http.client
import http.server
import json
import pathlib
import queue
import random
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import demo_configuration  # noqa: E402

SENDERS = 8
RESULTS_IN_TEN = 1  # a court result makes seven deliveries; most messages are new cases, which make one


def tls(work, name, server):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server else ssl.PROTOCOL_TLS_CLIENT)
    context.load_cert_chain(work / f"tls/{name}.pem", work / f"tls/{name}.key")
    context.load_verify_locations(work / "tls/ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


class Recipient(http.server.ThreadingHTTPServer):
    """A partner's system: a receipt for everything, one effect for each delivery id."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, work, name, port):
        self.arrivals = collections.Counter()
        self.bodies = {}
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", port), RecipientHandler)
        self.socket = tls(work, name, True).wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class RecipientHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        delivery = self.headers["Causeway-Delivery"]
        with self.server.lock:
            self.server.arrivals[delivery] += 1
            self.server.bodies.setdefault(delivery, body)
        answer = b'<Receipt result="stored" reference="R"/>' if body.startswith(b"<") else b'{"result":"stored"}'
        self.send_response(200)
        self.send_header("Content-Type", "application/xml" if body.startswith(b"<") else "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class Load:
    """Documents to send, and which of them were acknowledged."""

    def __init__(self, work, source, port, messages):
        self.work, self.port = work, port
        story = source / "config/demo/story"
        self.case = (story / "01-domestic-abuse-case.xml").read_text()
        self.result = (story / "02-bail-and-summer-trial.xml").read_text()
        self.total = messages
        self.todo = queue.Queue()
        for number in range(messages):
            self.todo.put(number)
        self.acknowledged = set()
        self.duplicates = 0
        self.refused = []
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.send_all, daemon=True) for _ in range(SENDERS)]

    def is_result(self, number):
        return number % 10 < RESULTS_IN_TEN and number >= 10

    def document(self, number):
        """A result speaks of the case that was numbered one less than ten before it."""
        if self.is_result(number):
            base = number - 9
            text = re.sub(r"261120-164000-0001-K9X5-0101|CP-20261120-000101", f"M-{number:06d}", self.result)
        else:
            base = number
            text = self.case.replace("EXP-000771", f"EXP-{number:06d}").replace("5226004411", f"5227{base:06d}")
        return text.replace("52SB0044126", f"52SB{base:05d}26").encode(), "courts" if self.is_result(number) else "records"

    def send_all(self):
        connections = {}
        while len(self.acknowledged) < self.total:
            try:
                number = self.todo.get(timeout=0.2)
            except queue.Empty:
                continue
            body, sender = self.document(number)
            try:
                if sender not in connections:
                    connections[sender] = http.client.HTTPSConnection("127.0.0.1", self.port, context=tls(self.work, sender, False), timeout=30)
                connections[sender].request("POST", "/messages", body, {"Content-Type": "text/xml"})
                answer = connections[sender].getresponse()
                status, text = answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                connections.pop(sender, None)
                self.todo.put(number)
                time.sleep(0.05)
                continue
            with self.lock:
                if status == 200:
                    self.acknowledged.add(number)
                elif status == 503:
                    self.todo.put(number)
                else:
                    self.refused.append((number, status, text[:200]))
                    self.acknowledged.add(number)


class Host:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.process = None

    def start(self):
        self.process = subprocess.Popen([self.program, "run", "--config", self.folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline()
        if b"listening" not in line:
            raise RuntimeError("the host did not start again")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ask(self, command):
        answer = subprocess.run([self.program, command, "--config", self.folder], capture_output=True, text=True, check=True)
        return json.loads(answer.stdout)


def wait_for(what, holds, seconds):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError("waited too long: " + what)
        time.sleep(0.05)


def play(options, work):
    folder, port, receiving = demo_configuration.make(work, options.adapters, options.source)
    subprocess.run([options.program, "keys", "--config", folder], check=True, capture_output=True)
    recipients = {name: Recipient(work, name, where) for name, where in receiving.items()}
    load = Load(work, options.source, port, options.messages)
    host = Host(options.program, folder)
    host.start()
    for thread in load.threads:
        thread.start()
    chance = random.Random(options.seed)
    for kill in range(options.kills):
        threshold = int(options.messages * (kill + chance.random()) / options.kills)
        wait_for(f"{threshold} acknowledgements", lambda: len(load.acknowledged) >= threshold, 600)
        host.kill()
        print(f"killed with {len(load.acknowledged)} of {options.messages} acknowledged", flush=True)
        host.start()
    wait_for("every acknowledgement", lambda: len(load.acknowledged) >= options.messages, 900)
    wait_for("every delivery", lambda: host.ask("ledger")["in_flight"] == 0, 900)
    ledger, audit = host.ask("ledger"), host.ask("audit")
    host.kill()
    return load, recipients, ledger, audit


def verdicts(options, load, recipients, ledger, audit):
    results = sum(load.is_result(number) for number in range(options.messages))
    cases = options.messages - results
    arrivals = collections.Counter()
    for recipient in recipients.values():
        arrivals.update(recipient.arrivals)
    about = collections.Counter(json.loads(body)["urn"] for body in recipients["cps"].bodies.values() if b'"CASE_UPDATE"' in body)
    print(f"ledger {ledger}\naudit {audit}\n{len(arrivals)} deliveries, {sum(arrivals.values())} arrivals, {cases} cases, {results} results")
    yield "nothing was refused", not load.refused
    yield "every acknowledged message is present once", ledger["received"] == options.messages
    yield "the ledger balances", ledger["balances"]
    yield "nothing is left over", ledger["in_flight"] == 0 and ledger["waiting"] == 0
    yield "every new case was told to the CPS with one effect", len(about) == cases and set(about.values()) == {1}
    yield "every result made its deliveries", len(arrivals) == cases + 7 * results
    yield "the audit log verifies", audit["good"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("program", "adapters", "source"):
        parser.add_argument(name, type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    options = parser.parse_args()
    print("seed", options.seed)
    with tempfile.TemporaryDirectory(prefix="causeway-kill-") as folder:
        told = play(options, pathlib.Path(folder))
        failed = [what for what, holds in verdicts(options, *told) if not holds]
    for what in failed:
        print("NOT TRUE:", what)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
