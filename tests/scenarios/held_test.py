#!/usr/bin/env python3
"""What people do about what is held, from the command line to the running host: every refusal first, then a decision of each kind.

usage: held_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import demo_configuration  # noqa: E402


class Causeway:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def __call__(self, *words):
        """(exit code, standard output, standard error)"""
        done = subprocess.run([self.program, *words], capture_output=True, text=True, env={"CAUSEWAY_CONFIG": str(self.folder)})
        return done.returncode, done.stdout, done.stderr

    def asked(self, *words):
        return json.loads(self(*words)[1])

    def start(self):
        self.host = subprocess.Popen([self.program, "run", "--config", self.folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if b"listening" not in self.host.stdout.readline():
            raise RuntimeError("the host did not start")

    def stop(self):
        self.host.send_signal(signal.SIGTERM)
        self.host.wait(30)


def who(reason="asked the court office"):
    return ["--by", "wco.4471", "--reason", reason]


def expectations(causeway, send, story):
    code, _, error = causeway("held", "release", "any", *who())
    yield "a host that is down is named as the cause", code == 1 and "Is the host running?" in error
    yield "a decision needs who and why", causeway("held", "release", "any")[0] == 2
    causeway.start()
    code, said, _ = causeway("held", "release", "no-such-hold", *who())
    yield "an unknown hold is refused", code == 1 and "causeway held" in json.loads(said)["error"]
    yield "there is nothing to decide at first", causeway.asked("held") == []
    yield "the documents are taken", send(story / "01-domestic-abuse-case.xml", "records") == 0 and send(story / "10-bail-status-p.xml", "courts") == 0
    holds = causeway.asked("held")
    yield "bail status P is held with what to do", holds != [] and {hold["reason"] for hold in holds} == {"bail_p"} and all(hold["what_to_do"] for hold in holds)
    first = holds[0]["hold"]
    code, said, _ = causeway("held", "release", first, *who())
    yield "a hold whose cause stands is not released", code == 1 and "still stands" in json.loads(said)["error"]
    code, said, _ = causeway("held", "close", first, *who("telephoned 07700900123"))
    yield "no number gets into the audit log", code == 1 and "long number" in json.loads(said)["error"] and "07700900123" not in said
    code, said, _ = causeway("held", "close", first, *who())
    yield "a hold is closed", code == 0 and json.loads(said)["outcome"] == "closed"
    code, said, _ = causeway("held", "close", first, *who())
    yield "and not a second time", code == 1 and "before" in json.loads(said)["error"] and "wco.4471" in json.loads(said)["error"]
    yield "it waits no longer", first not in [hold["hold"] for hold in causeway.asked("held")]
    case = holds[0]["case"]
    yield "no unknown case is erased", causeway("erase", "no-such-case", *who())[0] == 1
    code, said, _ = causeway("erase", case, *who("retention has ended"))
    yield "one person alone erases nothing", code == 0 and json.loads(said)["outcome"] == "asked" and causeway.asked("held") != []
    code, said, _ = causeway("erase", case, "--confirm", "--by", "supervisor.2", "--reason", "agreed")
    yield "a case is erased", code == 0 and json.loads(said)["keys_destroyed"] == 1
    left = causeway.asked("held")
    yield "its holds end with it, and whoever was told and cannot be sent a message is told by hand", left and {hold["reason"] for hold in left} == {"tell_by_hand"}
    for hold in left:
        yield "which somebody did", causeway("held", "close", hold["hold"], *who("told by telephone and confirmed"))[0] == 0
    ledger = causeway.asked("ledger")
    yield "the ledger balances and tells its state", ledger["balances"] and ledger["state"] == "up" and ledger["held"] == 0
    yield "the audit log verifies", causeway.asked("audit")["good"]
    causeway.stop()
    with open(causeway.folder / "causeway.yaml") as main:
        text = main.read()
    (causeway.folder / "causeway.yaml").write_text(text.replace("free_bytes: 100000000", "free_bytes: 1000000000000000"))
    causeway.start()
    yield "a full disk is told", causeway.asked("ledger")["state"] == "disk_full"
    yield "and sheds input", send(story / "03-robbery-case.xml", "records") == 1 and causeway.asked("ledger")["received"] == ledger["received"]
    causeway.stop()
    code, said, _ = causeway("plugins")
    yield "plugins tell where they run", code == 0 and "in the host's process, unsigned" in said


def of_production(program, source):
    """Where its adapters are not installed, the example must be refused for that and for nothing that follows from it."""
    if pathlib.Path("/usr/lib/causeway/adapters").exists():
        return
    checked = subprocess.run([program, "check", "--config", source / "config/production"], capture_output=True, text=True)
    yield "the production example is refused without its adapters", checked.returncode == 1
    for adapter in ("courts", "cps", "niche", "probation", "referral"):
        yield f"the missing adapter {adapter} is named once, at its place", len(re.findall(rf"causeway.yaml:\d+:\d+: .*adapter '{adapter}' is not installed", checked.stderr)) == 1
    yield "and whose messages need it", "the partners that need it: cps" in checked.stderr
    lines = [line for line in checked.stderr.splitlines() if ": warning: " not in line]
    yield "and nothing that only follows from it", len(lines) == 5


def main():
    program, adapters, source = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
    with tempfile.TemporaryDirectory(prefix="causeway-held-") as folder:
        work = pathlib.Path(folder)
        configuration, port, _ = demo_configuration.make(work, adapters, source)
        causeway = Causeway(program, configuration)
        subprocess.run([program, "keys", "--config", configuration], check=True, capture_output=True)

        def send(file, partner):
            return causeway("send", str(file), "--url", f"https://127.0.0.1:{port}/messages", "--certificate", str(work / f"tls/{partner}.pem"),
                            "--key", str(work / f"tls/{partner}.key"), "--authorities", str(work / "tls/ca.pem"))[0]

        failed = [what for what, holds in expectations(causeway, send, source / "config/demo/story") if not holds]
    failed += [what for what, holds in of_production(program, source) if not holds]
    for what in failed:
        print("NOT TRUE:", what)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
