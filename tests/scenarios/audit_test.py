#!/usr/bin/env python3
"""The audit log of a running host: proofs and copies taken out of it, checked by programs that are not Causeway, whole and tampered with.

usage: audit_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402

SAID = ["--purpose", "integrity_security"]


class Partner:
    """Somebody who has the public key, what he was given, python3 and openssl."""

    def __init__(self, host):
        self.host, self.folder = host, host.work / "partner"
        self.folder.mkdir()
        self.key = self.folder / "audit.pub.pem"
        subprocess.run(["openssl", "pkey", "-in", host.work / "keys/audit-signing.pem", "-pubout", "-out", self.key], check=True)

    def keeps(self, name, text):
        (self.folder / name).write_text(text)
        return self.folder / name

    def check(self, file, *options):
        """Nothing when it is as it was written, else what the verifier says is wrong."""
        done = subprocess.run([sys.executable, self.host.source / "host/security/verify_audit.py", "--key", self.key, *options, file], capture_output=True, text=True)
        return "" if done.returncode == 0 and "as it was written" in done.stdout else done.stderr or "failed"

    def check_text(self, text, *options):
        return self.check(self.keeps("changed", text), *options)

    def openssl(self, head, documented):
        """Runs the command of the README on a line 'head ...'."""
        _, size, root, signed_at, signature = head.split(" ")
        (self.folder / "head.txt").write_text(f"causeway-audit-head-v1\n{size}\n{root}\n{signed_at}\n")
        (self.folder / "head.sig").write_bytes(bytes.fromhex(signature))
        return subprocess.run(documented.split(), cwd=self.folder, capture_output=True).returncode == 0


def of_refusals(host):
    yield "a proof needs a purpose", host("audit", "prove", "0")[0] == 2
    code, said = host("audit", "prove", "0", "--purpose", "curiosity")
    yield "and one of the lawful four", code == 1 and "s.62(4)" in said
    code, said = host("audit", "prove", "100000", *SAID)
    yield "no proof of a leaf that is not there", code == 1 and "no leaf" in said
    code, said = host("audit", "prove", "--delivery", "no-such-delivery", *SAID)
    yield "nor of a delivery", code == 1 and "no leaf" in said
    code, said = host("audit", "consistency", "100000")
    yield "nor between heads that are not there", code == 1 and "no signed head" in said
    out = host.work / "refused"
    code, said = host("audit", "export", "--out", str(out), "--from", "yesterday", *SAID)
    yield "a range must be readable", code == 1 and "RFC 3339" in said and not out.exists()
    code, said = host("audit", "export", "--out", str(out), "--from", "100000", *SAID)
    yield "and hold leaves", code == 1 and "no leaves" in said and not out.exists()
    out.write_text("mine\n")
    code, said = host("audit", "export", "--out", str(out), *SAID)
    yield "no file is written over", code == 1 and out.read_text() == "mine\n"
    code, said = host("audit", "verify", "--witness", str(out))
    yield "a witness must hold heads", code == 1 and "line 1" in said


def of_proofs(host, partner):
    code, said = host("audit", "prove", "3", "--purpose", "criminal_proceedings")
    proof = json.loads(said)
    yield "one leaf is proven", code == 0 and [leaf["index"] for leaf in proof["leaves"]] == [3]
    yield "and the partner can check it", partner.check(partner.keeps("proof", said)) == ""
    for what, changed in {"leaf": said.replace('\\"op\\":\\"', '\\"op\\":\\"x'), "place": said.replace('"index": 3', '"index": 2'),
                          "path": said.replace(proof["leaves"][0]["path"][0], proof["leaves"][0]["path"][1]),
                          "size": re.sub(r'"size": \d+', '"size": 4', said)}.items():
        yield f"a changed {what} is found", changed != said and partner.check_text(changed) != ""
    delivery = next(d["delivery"] for m in json.loads(host("trace", host.document)[1]) for d in m["deliveries"])
    code, said = host("audit", "prove", "--delivery", delivery, *SAID)
    ops = [json.loads(leaf["leaf"])["op"] for leaf in json.loads(said)["leaves"]]
    yield "all about a delivery is proven", "disclosure" in ops and partner.check(partner.keeps("delivery", said)) == ""
    heads = [int(line.split(" ")[1]) for line in host.exported.split("\n") if line.startswith("head ")]
    for first in (heads[0], heads[len(heads) // 2], heads[-1]):
        code, said = host("audit", "consistency", str(first))
        yield f"the log continues its head over {first}", code == 0 and partner.check(partner.keeps("consistent", said)) == ""
    code, said = host("audit", "consistency", str(heads[0]), str(heads[-1]))
    path = json.loads(said)["path"]
    yield "a consistency proof with another path is found", partner.check_text(said.replace(path[0], path[0][::-1])) != ""


def of_export(host, partner):
    whole = host.work / "partner/whole"
    code, said = host("audit", "export", "--out", str(whole), "--purpose", "lawfulness")
    yield "the whole log is written", code == 0
    host.exported = text = whole.read_text()
    yield "and is as it was written", partner.check(whole) == "" and partner.check(whole, "--quick") == ""
    lines = text.split("\n")
    leaves, heads = [i for i, line in enumerate(lines) if line.startswith("leaf ")], [i for i, line in enumerate(lines) if line.startswith("head ")]
    for i in leaves[1:: max(1, len(leaves) // 6)]:
        changed = [*lines[:i], lines[i].replace("causeway", "somebody", 1).replace('"at":"2', '"at":"3'), *lines[i + 1:]]
        yield f"line {i} changed is found", "was changed" in partner.check_text("\n".join(changed), "--quick")
        yield f"line {i} taken out is found", "missing" in partner.check_text("\n".join(lines[:i] + lines[i + 1:]), "--quick")
        yield f"line {i} moved is found", "WRONG" in partner.check_text("\n".join([*lines[:i - 1], lines[i], lines[i - 1], *lines[i + 1:]]), "--quick")
    middle = heads[len(heads) // 2]
    forged = lines[middle][:-6] + ("000000" if lines[middle][-6:] != "000000" else "111111")
    yield "a forged signature is found", "not signed" in partner.check_text("\n".join([*lines[:middle], forged, *lines[middle + 1:]]))
    cut = lines[:heads[-2] + 1] + [""]
    yield "a cut-off end is found", "cut off" in partner.check_text("\n".join(cut), "--quick")
    size = lines[heads[-2]].split(" ")[1]
    hidden = "\n".join(cut).replace(lines[1], f"range 0 {size}")
    yield "one that was hidden looks whole by itself", partner.check_text(hidden, "--quick") == ""
    witness = partner.keeps("witness", lines[heads[-1]] + "\n")
    yield "but not beside a witnessed head", "cut off" in partner.check_text(hidden, "--quick", "--witness", witness)
    yield "another key is refused", "not signed" in partner_with_another_key(partner, whole)
    part = host.work / "partner/part"
    code, said = host("audit", "export", "--out", str(part), "--from", "3", "--to", size, *SAID)
    yield "a part begins and ends where it was asked to", code == 0 and part.read_text().split("\n")[1] == f"range 3 {size}" and partner.check(part) == ""
    code, said = host("audit", "export", "--out", str(host.work / "partner/days"), "--from", "2000-01-01", "--to", "2001-01-01", *SAID)
    yield "a range of days ends at its first head", code == 0 and (host.work / "partner/days").read_text().split("\n")[1].split(" ")[1] == "0"
    again = host.work / "partner/again"
    host("audit", "export", "--out", str(again), *SAID)
    yield "every export stands in the log with its purpose", [json.loads(line[5:])["purpose"] for line in again.read_text().split("\n") if '"op":"audit_export"' in line] == ["lawfulness", "integrity_security", "integrity_security"]


def partner_with_another_key(partner, whole):
    other = partner.folder / "other.pem"
    subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", other], check=True)
    subprocess.run(["openssl", "pkey", "-in", other, "-pubout", "-out", partner.folder / "other.pub.pem"], check=True)
    own, partner.key = partner.key, partner.folder / "other.pub.pem"
    found = partner.check(whole)
    partner.key = own
    return found


def expectations(host):
    host.start()
    partner = Partner(host)
    story = host.source / "config/demo/story"
    yield "documents are taken", all(host.send(file, "records")[0] == 200 for file in (story / "01-domestic-abuse-case.xml", story / "03-robbery-case.xml"))
    host.document = json.loads(json.loads(host("audit", "prove", "0", *SAID)[1])["leaves"][0]["leaf"])["message"]
    yield from of_refusals(host)
    verdict = host.asked("audit", "verify")
    yield "the log is whole", verdict["good"] and verdict["keys"] == 1 and verdict["leaves"] > 5
    yield from of_export(host, partner)
    yield from of_proofs(host, partner)
    head = [line for line in host.exported.split("\n") if line.startswith("head ")][-1]
    readme = (host.source / "host/security/README.md").read_text()
    documented = re.search(r"`(openssl dgst [^`]+)`", readme).group(1)
    yield "the documented openssl command checks a head", partner.openssl(head, documented)
    yield "and refuses a changed one", not partner.openssl(head.replace(" 20", " 19", 1), documented)
    witness = partner.keeps("kept", "\n".join(line for line in host.exported.split("\n") if line.startswith("head ")) + "\n")
    verdict = host.asked("audit", "verify", "--witness", str(witness), "--key", str(partner.key))
    yield "kept heads are those of the log", verdict["good"] and verdict["witnessed"] > 0
    later = re.sub(r"^head \d+", "head 99999", head) + "\n"
    code, said = host("audit", "verify", "--witness", str(partner.keeps("later", later)))
    yield "one of another log is not", code == 1 and not json.loads(said)["good"] and "the file it came from" in said
    code, said = host("audit", "verify", "--stopped")
    yield "only a stopped host's log is read beside it", code == 1
    host.stop()
    code, said = host("audit", "verify", "--stopped", "--witness", str(witness))
    yield "a stopped host's log is verified too", code == 0 and json.loads(said)["good"]
    whole = shutil.copy(host.work / "data/causeway.db", host.work / "whole.db")
    with sqlite3.connect(host.work / "data/causeway.db") as database:
        gone = database.execute("DELETE FROM audit WHERE leaf LIKE '%audit_export%' OR leaf LIKE '%audit_proof%'").rowcount
    code, said = host("audit", "verify", "--stopped")
    yield "an administrator who deletes what he looked at is found out", gone > 0 and code == 1 and not json.loads(said)["good"]
    shutil.copy(whole, host.work / "data/causeway.db")
    with sqlite3.connect(host.work / "data/causeway.db") as database:
        database.execute("UPDATE audit SET leaf = replace(leaf, 'causeway', 'somebody') WHERE leaf_index = (SELECT max(leaf_index) FROM audit WHERE leaf LIKE '%causeway%')")
    code, said = host("audit", "verify", "--stopped")
    yield "one that was tampered with is told", code == 1 and json.loads(said)["fault"]["what"] == "the leaf was changed"
    yield "a host that is down is named as the cause", "Is the host running?" in host("audit", "verify")[1]


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
