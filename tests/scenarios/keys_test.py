#!/usr/bin/env python3
"""Keys of a running host: changed while it works, stopped in the middle, and never where they do not belong.

usage: keys_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import base64
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

WHO = ["--by", "security.officer", "--reason", "yearly change"]


def forms_of(secret):
    """How a secret could stand somewhere."""
    return {secret, secret.hex().encode(), secret.hex().upper().encode(), base64.b64encode(secret)}


def private_part(pem):
    """The bytes of a P-256 private key."""
    text = subprocess.run(["openssl", "pkey", "-in", pem, "-noout", "-text"], capture_output=True, text=True, check=True).stdout
    digits = "".join(text.split("priv:")[1].split("pub:")[0].split()).replace(":", "")
    return bytes.fromhex(digits)[-32:]


def public_key(host, name):
    file = host.work / name
    subprocess.run(["openssl", "pkey", "-in", host.work / "keys/audit-signing.pem", "-pubout", "-out", file], check=True)
    return file


def readable(host, document):
    code, said = host("trace", document, "--content")
    return code == 0 and "canonical" in said


def taken(host, name, partner="records"):
    """The document's number, once it is taken."""
    status, _ = host.send(host.source / "config/demo/story" / name, partner)
    leaf = host.asked("audit", "prove", "0", "--purpose", "integrity_security")["leaves"][0]["leaf"] if status == 200 else "{}"
    return leaf.split('"message":"')[1].split('"')[0] if status == 200 else ""


def of_refusals(host):
    yield "a change needs who and why", host("keys", "rotate")[0] == 2
    code, said = host("keys", "rotate", "--by", "somebody", "--reason", "call 07700900123")
    yield "no number gets into the audit log", code == 1 and "07700900123" not in said and not (host.work / "keys/key-encryption.key.next").exists()


def of_the_key_encryption_key(host, document):
    before = (host.work / "keys/key-encryption.key").read_bytes()
    code, said = host("keys", "rotate", *WHO)
    yield "the key-encryption key is changed", code == 0 and (host.work / "keys/key-encryption.key").read_bytes() != before
    retired = list((host.work / "keys").glob("key-encryption.key.retired-*"))
    yield "the former one stands beside it for old backups", [file.read_bytes() for file in retired] == [before] and str(retired[0]) in said
    yield "what was sealed before opens", readable(host, document)
    yield "and work goes on", host.send(host.source / "config/demo/story/03-robbery-case.xml", "records")[0] == 200
    host.stop()
    host.start()
    yield "also after a restart", readable(host, document)
    host.stop()
    present = (host.work / "keys/key-encryption.key").read_bytes()
    (host.work / "keys/key-encryption.key").write_bytes(before)
    refused = subprocess.run([host.program, "run", "--config", host.configuration], capture_output=True, text=True)
    yield "the former key opens nothing", refused.returncode == 1 and "another key-encryption key" in refused.stderr
    (host.work / "keys/key-encryption.key").write_bytes(present)
    host.start()


def of_the_audit_key(host):
    old = public_key(host, "old.pub.pem")
    code, said = host("keys", "rotate-audit", *WHO)
    yield "the key of the audit log is changed", code == 0 and "BEGIN PUBLIC KEY" in said
    new = public_key(host, "new.pub.pem")
    verdict = host.asked("audit")
    yield "the log is whole across it", verdict["good"] and verdict["keys"] == 2 and old.read_text() != new.read_text()
    for key in (old, new):
        yield f"for whoever trusts {key.name}", host.asked("audit", "verify", "--key", str(key))["good"]
        out = host.work / f"export-{key.name}"
        host("audit", "export", "--out", str(out), "--purpose", "integrity_security")
        checked = subprocess.run([sys.executable, host.source / "host/security/verify_audit.py", "--key", key, out], capture_output=True, text=True)
        yield f"and without Causeway for {key.name}", checked.returncode == 0
    yield "the change of both keys stands in the log with who and why", out.read_text().count('"op":"key_rotation"') == 3 and "yearly change" in out.read_text()
    code, _ = host("keys", "rotate-audit", *WHO)
    host.stop()
    host.start()
    yield "a second change holds over a restart", code == 0 and host.asked("audit")["good"] and host.asked("audit")["keys"] == 3


def of_sudden_ends(host, document):
    """Killed somewhere in the middle of a change, five times each; the next start goes on."""
    for command in ("rotate", "rotate-audit"):
        for delay in (0.0, 0.004, 0.01, 0.02, 0.05):
            asking = threading.Thread(target=host, args=("keys", command, *WHO))
            asking.start()
            time.sleep(delay)  # where the change is then does not matter: it must hold everywhere
            host.host.kill()
            host.host.wait()
            asking.join()
            host.start()
            verdict = host.asked("audit")
            yield f"all opens after {command} was cut off at {delay}", readable(host, document) and verdict["good"]
    yield "no change is left half done", host("keys", "rotate", *WHO)[0] == 0 and host("keys", "rotate-audit", *WHO)[0] == 0
    yield "nothing next is left over", list((host.work / "keys").glob("*.next")) == []


def dumps_core(pid_or_program):
    """Whether a process that aborts leaves a core dump."""
    _, status = os.waitpid(pid_or_program, 0)
    return os.WCOREDUMP(status)


def of_secrets(host):
    secrets = set()
    for file in (host.work / "keys").glob("key-encryption.key*"):
        secrets |= forms_of(file.read_bytes())
    for file in (host.work / "keys").glob("audit-signing.pem*"):
        secrets |= forms_of(private_part(file))
    process = pathlib.Path(f"/proc/{host.host.pid}")
    seen = host.log.read_bytes() + (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
    yield "no key in log, command line or environment", not [secret for secret in secrets if secret in seen]
    kept = b"".join(file.read_bytes() for file in (host.work / "data").iterdir() if file.is_file())
    yield "no key in the data folder", not [secret for secret in secrets if secret in kept]
    yield "the limit of core dumps is nothing", any(line.split()[:6] == ["Max", "core", "file", "size", "0", "0"] for line in (process / "limits").read_text().split("\n"))
    other = subprocess.Popen(["sleep", "60"], preexec_fn=lambda: None)
    other.send_signal(signal.SIGABRT)
    usual = dumps_core(other.pid)
    other.returncode = 0
    host.host.send_signal(signal.SIGABRT)
    yield "a crash leaves no core dump", not dumps_core(host.host.pid)
    host.host.returncode = 0
    if not usual:
        print("this machine makes no core dumps, so the last expectation held by itself")
    host.start()


def expectations(host):
    host.start()
    document = taken(host, "01-domestic-abuse-case.xml")
    yield "a document is taken", document != "" and readable(host, document)
    yield from of_refusals(host)
    yield from of_the_key_encryption_key(host, document)
    yield from of_the_audit_key(host)
    yield from of_sudden_ends(host, document)
    yield from of_secrets(host)
    yield "and after all that everything opens", readable(host, document) and host.asked("audit")["good"]
    host.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
