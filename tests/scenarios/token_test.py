#!/usr/bin/env python3
"""The keys stand in a token that stops answering: everything that needs them is held or refused, nothing goes unsigned, and work goes on in order.

usage: token_test.py PROGRAM ADAPTERS SOURCE MODULE   (the program, the folder of built adapters, the root of the source, the unreliable token)
"""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

SOFT_HSM = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "482913"


def prepare(host, module):
    """A token of its own for the host, in the place of both key files."""
    tokens = host.work / "tokens"
    tokens.mkdir()
    (host.work / "softhsm.conf").write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n")
    gone = host.work / "gone"
    os.environ |= {"SOFTHSM2_CONF": str(host.work / "softhsm.conf"), "CAUSEWAY_TEST_TOKEN": SOFT_HSM, "CAUSEWAY_TEST_TOKEN_GONE": str(gone)}
    subprocess.run(["softhsm2-util", "--init-token", "--free", "--label", "causeway", "--so-pin", "1111", "--pin", PIN], check=True, capture_output=True)
    pin = host.work / "keys/pin"
    pin.touch(mode=0o600)
    pin.write_text(PIN + "\n")
    main = host.configuration / "causeway.yaml"
    text = main.read_text()
    before = text[text.index("keys:"):text.index("plugins:")]
    main.write_text(text.replace(before, f"keys:\n  token:\n    module: {module}\n    label: causeway\n    pin_file: {pin}\n"
                                         "    key_encryption: case-keys\n    audit_signing: audit-heads\n\n"))
    return gone


def held_back(host, file):
    """Whether a document is turned away to come again."""
    return host.send(file, "records")[0] == 503


def expectations(host):
    module = pathlib.Path(sys.argv[4]).resolve()
    for file in (host.work / "keys").iterdir():
        file.unlink()
    gone = prepare(host, module)
    story = host.source / "config/demo/story"
    refused = subprocess.run([host.program, "run", "--config", host.configuration], capture_output=True, text=True)
    yield "without its keys a host does not start", refused.returncode == 1 and "causeway keys" in refused.stderr
    made = subprocess.run([host.program, "keys", "--config", host.configuration], capture_output=True, text=True)
    yield "keys are made in the token", made.returncode == 0 and "in the token 'causeway'" in made.stdout
    yield "and not in files", [file.name for file in (host.work / "keys").iterdir()] == ["pin"]
    gone.touch()
    refused = subprocess.run([host.program, "run", "--config", host.configuration], capture_output=True, text=True)
    yield "without its token neither", refused.returncode == 1 and "PKCS#11" in refused.stderr and PIN not in refused.stderr
    gone.unlink()
    host.start()
    yield "with it a document is taken", host.send(story / "01-domestic-abuse-case.xml", "records")[0] == 200
    before = host.asked("audit")
    yield "under a signed head", before["good"] and before["leaves"] > 0
    gone.touch()
    yield "nothing is taken while the token is gone", held_back(host, story / "03-robbery-case.xml")
    without = host.asked("audit")
    yield "and the ledger says why", host.asked("ledger")["state"] == "store_refuses"
    yield "no key is changed meanwhile", host("keys", "rotate-audit", "--by", "officer", "--reason", "try")[0] == 1
    during = host.asked("audit")
    yield "nothing unsigned was kept", during["good"] and during["leaves"] == without["leaves"]
    yield "nothing is proven that cannot be recorded", host("audit", "prove", "0", "--purpose", "integrity_security")[0] == 1
    gone.unlink()
    yield "when it is back the same document is taken", host.send(story / "03-robbery-case.xml", "records")[0] == 200
    after = host.asked("audit")
    yield "and the log goes on where it was", after["good"] and after["leaves"] > before["leaves"] and host.asked("ledger")["balances"]
    ops = [json.loads(leaf)["n"] for leaf in exported(host)]
    yield "in order", ops == list(range(len(ops)))
    for command in ("rotate", "rotate-audit"):
        yield f"{command} gives the token a new key", host("keys", command, "--by", "officer", "--reason", "yearly change")[0] == 0
    yield "which signs the same log", host.asked("audit")["good"] and host.asked("audit")["keys"] == 2
    host.stop()
    host.start()
    yield "also after a restart", host.asked("audit")["good"] and host.send(story / "01-domestic-abuse-case.xml", "records")[0] == 200
    host.stop()


def exported(host):
    out = host.work / "export"
    host("audit", "export", "--out", str(out), "--purpose", "integrity_security")
    return [line[5:] for line in out.read_text().split("\n") if line.startswith("leaf ")]


if __name__ == "__main__":
    if not pathlib.Path(SOFT_HSM).exists():
        print("SoftHSM is not installed: nothing about tokens was tested")
        sys.exit(77)
    sys.exit(running_host.hold_to(expectations))
