"""The real host over mutual TLS with the configuration of the demonstration, and partners that receive."""
import http.server
import json
import os
import pathlib
import signal
import ssl
import subprocess
import sys
import tempfile
import threading

import demo_configuration


class Host:
    def __init__(self, program, adapters, source, work, overlay=None):
        self.program, self.work, self.source, self.log = program, work, source, work / "host.log"
        self.configuration, self.port, self.ports = demo_configuration.make(work, adapters, source, overlay)
        self.told, self.heads, self.agencies = {}, {}, []
        subprocess.run([program, "keys", "--config", self.configuration], check=True, capture_output=True)

    def __call__(self, *words):
        """(exit code, standard output and error)"""
        done = subprocess.run([self.program, *words], capture_output=True, text=True, env={"CAUSEWAY_CONFIG": str(self.configuration)})
        return done.returncode, done.stdout + done.stderr

    def asked(self, *words):
        return json.loads(self(*words)[1])

    def start(self):
        with open(self.log, "ab") as log:
            self.host = subprocess.Popen([self.program, "run", "--config", self.configuration], stdout=subprocess.PIPE, stderr=log)
        if b"listening" not in self.host.stdout.readline():
            raise RuntimeError("the host did not start: " + self.log.read_text())

    def stop(self):
        self.host.send_signal(signal.SIGTERM)
        self.host.wait(30)

    def send(self, document, partner):
        """(status, answer): what the sender is told. A file, or the bytes of one."""
        file = document
        if isinstance(document, (bytes, str)):
            file = self.work / "document"
            file.write_bytes(document if isinstance(document, bytes) else document.encode())
        _, said = self("send", str(file), "--url", f"https://127.0.0.1:{self.port}/messages", "--certificate", str(self.work / f"tls/{partner}.pem"),
                       "--key", str(self.work / f"tls/{partner}.key"), "--authorities", str(self.work / "tls/ca.pem"))
        status, _, answer = said[len(str(file)) + 2:].partition(" ")
        return int(status), answer

    def receive(self, partner, answer=b'{"status":"received","partnerReference":"OA-1881"}', status=201, content_type="application/json"):
        """From now on this partner takes what it is sent; `arrived` tells it."""
        arrived = threading.Condition()
        received, heads = self.told.setdefault(partner, []), self.heads.setdefault(partner, [])

        class Inbox(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with arrived:
                    heads.append(self.headers["Causeway-Audit-Head"])
                    received.append(body)
                    arrived.notify_all()
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", self.ports[partner]), Inbox)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.work / f"tls/{partner}.pem", self.work / f"tls/{partner}.key")
        context.load_verify_locations(self.work / "tls/ca.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.agencies.append((server, partner, arrived))

    def arrived(self, partner, count=1, having=b"", seconds=30):
        """What this partner was sent that has these bytes, once it is `count` documents; whatever there is when they do not come."""
        condition = next(condition for _, name, condition in self.agencies if name == partner)

        def found():
            return [body for body in self.told[partner] if having in body]

        with condition:
            condition.wait_for(lambda: len(found()) >= count, seconds)
            return found()

    def on_disk(self, *texts):
        """Which of the texts stand in any file that the host writes."""
        found = set()
        for folder, _, names in os.walk(self.work):
            for file in (pathlib.Path(folder) / name for name in names):
                if file.is_file() and file.name != "document" and self.configuration not in file.parents:
                    content = file.read_bytes()
                    found |= {text for text in texts if text in content}
        return found


def hold_to(expectations, scene=Host, overlay=None):
    """Plays `expectations` (a generator of what must be true, and whether it is) on a host in a folder of its own; the exit code.

    The command line names the program, the folder of built adapters and the root of the source.
    """
    program, adapters, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
    with tempfile.TemporaryDirectory(prefix="causeway-scene-") as folder:
        failed = [what for what, holds in expectations(scene(program, adapters, source, pathlib.Path(folder), overlay)) if not holds]
    for what in failed:
        print("NOT TRUE:", what)
    return 1 if failed else 0
