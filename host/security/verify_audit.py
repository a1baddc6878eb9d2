#!/usr/bin/env python3
"""Checks what a Causeway host gave out of its audit log, without Causeway: an export, a proof or a consistency proof.

usage: verify_audit.py --key PUBLIC.pem [--witness HEADS] [--quick] FILE   (--quick: signature of the last head of each key only)
exit: 0 as it was written, 1 changed (the first fault is told), 2 wrong use. Needs the openssl program for signatures.
"""
import argparse, base64, hashlib, json, pathlib, re, subprocess, sys, tempfile  # noqa: E401


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def signed(head, keys):
    text = f"causeway-audit-head-v1\n{head['size']}\n{head['root']}\n{head['signed_at']}\n"
    with tempfile.TemporaryDirectory() as folder:
        pem, signature = pathlib.Path(folder, "key.pem"), pathlib.Path(folder, "signature")
        signature.write_bytes(bytes.fromhex(head["signature"]))
        for key in keys:
            pem.write_text(f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(key).decode()}\n-----END PUBLIC KEY-----\n")
            if subprocess.run(["openssl", "dgst", "-sha256", "-verify", pem, "-signature", signature], input=text.encode(), capture_output=True).returncode == 0:
                return True


def head_of(line):
    _, size, root, signed_at, signature = line.split(" ")
    return {"size": int(size), "root": root, "signed_at": signed_at, "signature": signature}


def check_export(lines, keys, witnessed, quick):
    changes = [re.search(r'"previous_key":"(\w+)","next_key":"(\w+)"', line).groups() for line in lines if re.match(r'leaf {"n":\d+,"op":"key_change"', line)]
    chain = [[bytes.fromhex(key)] for key in [changes[0][0], *(new for _, new in changes)]] if changes else [keys]
    if not any(key in keys for trusted in chain for key in trusted) or any(a[1] != b[0] for a, b in zip(changes, changes[1:])):
        return "no chain of key changes leads from or to a trusted key"
    size, promised = (int(number) for number in lines[1].split(" ")[1:])
    first, covered, unsigned, roots = size, size, None, [bytes.fromhex(line[5:]) for line in lines if line.startswith("edge ")]
    for line in [line for line in lines[2:] if not line.startswith("edge ")] + ["end"]:
        if unsigned and (not quick or line == "end" or unsigned[1] != chain[0]):
            if not signed(*unsigned):
                return f"the head over {unsigned[0]['size']} leaves is not signed by the key in force"
            unsigned = None
        if line.startswith("leaf "):
            if not line.startswith(f'leaf {{"n":{size},'):  # each leaf says its own place
                return f"leaf {size} is missing or stands out of its place"
            root, complete, changed = sha256(b"\0", line[5:].encode()), size, line.startswith(f'leaf {{"n":{size},"op":"key_change"')
            while complete & 1:  # each 1 at the end is a complete subtree as large as the new one
                root, complete = sha256(b"\1", roots.pop(), root), complete >> 1
            roots, size = roots + [root], size + 1
        elif line != "end":
            head, root = head_of(line), roots[-1]
            for left in reversed(roots[:-1]):
                root = sha256(b"\1", left, root)
            if (head["size"], head["root"]) != (size, root.hex()):
                return f"the head over {head['size']} leaves does not match: one of the leaves {covered} to {head['size'] - 1} was changed or is missing"
            if any(kept["size"] == size and kept["root"] != head["root"] for kept in witnessed):
                return f"the leaves up to {size - 1} are not those of the head that was kept elsewhere"
            covered, unsigned, chain = size, (head, chain[0]), chain[1:] if changed else chain
    if not covered == size == promised or any(kept["size"] > size for kept in witnessed if first == 0):
        return f"the leaves from {covered} on are cut off: the range, or a head that was kept elsewhere, promises more"


def walk(path, position, last, old, new):
    """The root that a leaf and its proof lead to, or both roots of a consistency proof (RFC 9162, 2.1.3.2 and 2.1.4.2)."""
    for sibling in path:
        right = position & 1 or position == last
        old, new = (sha256(b"\1", sibling, old), sha256(b"\1", sibling, new)) if right else (old, sha256(b"\1", new, sibling))
        while right and not position & 1 and position:
            position, last = position >> 1, last >> 1
        position, last = position >> 1, last >> 1
    return [old.hex(), new.hex()] if last == 0 else None


def check_proof(proof, keys):
    heads = [proof[name] for name in ("head", "first", "second") if name in proof]
    if not all(signed(head, keys) for head in heads):
        return "a head is not signed by this key"
    for leaf in proof.get("leaves", []):
        start, path = sha256(b"\0", leaf["leaf"].encode()), [bytes.fromhex(sibling) for sibling in leaf["path"]]
        if (walk(path, leaf["index"], heads[0]["size"] - 1, start, start) or [0, 0])[1] != heads[0]["root"]:
            return f"leaf {leaf['index']} is not under the head"
    if "second" in proof and (heads[0]["size"], heads[0]["root"]) != (heads[1]["size"], heads[1]["root"]):
        size, shift, path = heads[0]["size"], (heads[0]["size"] & -heads[0]["size"]).bit_length() - 1, [bytes.fromhex(sibling) for sibling in proof["path"]]
        path = path if size & (size - 1) else [bytes.fromhex(heads[0]["root"]), *path]
        if walk(path[1:], (size - 1) >> shift, (heads[1]["size"] - 1) >> shift, path[0], path[0]) != [head["root"] for head in heads]:
            return "the later head does not continue the earlier one"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--key", type=pathlib.Path, required=True)
    parser.add_argument("--witness", type=pathlib.Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("file", type=pathlib.Path)
    asked = parser.parse_args()
    trusted = [base64.b64decode(body) for body in re.findall(r"-----BEGIN PUBLIC KEY-----([^-]+)-----END", asked.key.read_text())]
    kept = [head_of(line) for line in asked.witness.read_text().split("\n")[:-1]] if asked.witness else []
    text = asked.file.read_text()
    fault = check_proof(json.loads(text), trusted) if text.startswith("{") else check_export(text.split("\n")[:-1], trusted, kept, asked.quick)
    sys.exit(f"WRONG: {fault}") if fault else print("as it was written")
