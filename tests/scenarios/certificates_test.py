#!/usr/bin/env python3
"""Certificates that end or are renewed while the host runs: nobody gets past an expired one, nothing goes out unprotected, and work goes on in order.

usage: certificates_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import http.client
import pathlib
import ssl
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

WHO = ["--by", "security.officer", "--reason", "yearly change"]


def issue(host, name, uri, days):
    """A new certificate in the place of the one of this name; of -1 days it ended yesterday."""
    base = host.work / "tls" / name
    subprocess.run(["openssl", "req", "-new", "-key", f"{base}.key", "-subj", f"/CN={name}", "-out", f"{base}.csr"], check=True, capture_output=True)
    extensions = f"basicConstraints=critical,CA:FALSE\nextendedKeyUsage=clientAuth,serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1,URI:{uri}\n"
    subprocess.run(["openssl", "x509", "-req", "-in", f"{base}.csr", "-CA", host.work / "tls/ca.pem", "-CAkey", host.work / "tls/ca.key", "-days", str(days),
                    "-out", f"{base}.pem", "-extfile", "/dev/stdin", "-CAserial", host.work / "serial", "-CAcreateserial"], input=extensions, text=True, check=True, capture_output=True)


class Caller:
    """A connection of the courts that stays open."""

    def __init__(self, host):
        context = ssl.create_default_context(cafile=host.work / "tls/ca.pem")
        context.load_cert_chain(host.work / "tls/courts.pem", host.work / "tls/courts.key")
        self.connection = http.client.HTTPSConnection("127.0.0.1", host.port, context=context, timeout=10)
        self.connection.connect()
        self.serial = self.connection.sock.getpeercert()["serialNumber"]

    def answered(self):
        self.connection.request("GET", "/health")
        return self.connection.getresponse().read() != b""


def of_the_host(host):
    standing = Caller(host)
    issue(host, "server", "urn:causeway:host", 30)
    yield "a renewed certificate is not used by itself", Caller(host).serial == standing.serial
    code, _ = host("keys", "reload-tls", *WHO)
    yield "it is read again", code == 0
    yield "new connections use it", Caller(host).serial != standing.serial
    yield "those that stand go on", standing.answered()
    (host.work / "tls/server.pem").write_text("not a certificate")
    code, _ = host("keys", "reload-tls", *WHO)
    yield "one that cannot be used is refused and changes nothing", code == 1 and Caller(host).answered()


def of_a_sender(host):
    issue(host, "records", "urn:causeway:partner:records", -1)
    received = host.asked("ledger")["received"]
    code, said = host("send", str(host.source / "config/demo/story/01-domestic-abuse-case.xml"), "--url", f"https://127.0.0.1:{host.port}/messages",
                      "--certificate", str(host.work / "tls/records.pem"), "--key", str(host.work / "tls/records.key"), "--authorities", str(host.work / "tls/ca.pem"))
    yield "an expired sender gets nothing in", code == 1 and " 200 " not in said and host.asked("ledger")["received"] == received
    issue(host, "records", "urn:causeway:partner:records", 30)
    yield "a renewed one does", host.send(host.source / "config/demo/story/01-domestic-abuse-case.xml", "records")[0] == 200


def deliveries_to(host, partner):
    return [delivery for message in host.asked("trace", host.document) for delivery in message["deliveries"] if delivery["recipient"] == partner]


def of_a_recipient(host):
    leaf = host.asked("audit", "prove", "0", "--purpose", "integrity_security")["leaves"][0]["leaf"]
    host.document = leaf.split('"message":"')[1].split('"')[0]
    while not any(delivery["attempts"] > 0 for delivery in deliveries_to(host, "cps")):
        pass  # the first attempt is made at once
    yield "nothing goes to an expired recipient", host.told["cps"] == []
    yield "its deliveries wait or are held", {delivery["state"] for delivery in deliveries_to(host, "cps")} <= {"queued", "sending", "held"}


def expectations(host):
    issue(host, "cps", "urn:causeway:partner:cps", -1)
    host.receive("cps")
    host.start()
    yield from of_a_sender(host)
    yield from of_a_recipient(host)
    yield from of_the_host(host)
    yield "the log is whole", host.asked("audit")["good"]
    host.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
