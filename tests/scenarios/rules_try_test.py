#!/usr/bin/env python3
"""A changed policy tried on the past: what a supervisor sees before anything is live.

usage: rules_try_test.py PROGRAM ADAPTERS SOURCE   (the program, the folder of built adapters, the root of the source)
"""
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support/python"))
import running_host  # noqa: E402


def changed_copy(scene, source):
    """The configuration with a protection folder of its own, to be changed."""
    copy = scene.configuration.parent / "changed"
    shutil.copytree(scene.configuration, copy)
    protection = shutil.copytree(source / "config/protection", copy.parent / "changed-protection")
    main = copy / "causeway.yaml"
    main.write_text(main.read_text().replace(f"protection: {source / 'config/protection'}", f"protection: {protection}"))
    return copy, protection


def amend(file, old, new):
    text = file.read_text()
    assert old in text, f"not in {file.name}"
    file.write_text(text.replace(old + "\n", new + "\n", 1))


def expectations(scene):
    source = pathlib.Path(sys.argv[3]).resolve()
    copy, protection = changed_copy(scene, source)
    code, error = scene("rules", "try", str(copy))
    yield "a host that is down is named as the cause", code == 1 and "Is the host running?" in error
    scene.start()
    story = source / "config/demo/story"
    status, _ = scene.send((story / "01-domestic-abuse-case.xml").read_bytes(), "records")
    yield "a case is registered", status == 200
    status, _ = scene.send((story / "02-bail-and-summer-trial.xml").read_bytes(), "courts")
    yield "a result is taken", status == 200
    code, said = scene("rules", "try", str(copy))
    yield "the same policy changes nothing", code == 0 and "Nothing would be different." in said
    yield "and says over how many deliveries", " deliveries decided by both policies, made " in said and not said.startswith("0 ")

    amend(protection / "sets.yaml", "case.hearings.court_name", "case.hearings.courtname")
    code, said = scene("rules", "try", str(copy))
    yield "a mistake in the changed policy is told with its place", code == 1 and "sets.yaml:" in said and "did you mean" in said
    amend(protection / "sets.yaml", "case.hearings.courtname", "case.hearings.state")
    code, said = scene("rules", "try", str(copy))
    yield "who would be told less is named", code == 0 and "records, task.raised" in said and "would no longer be given" in said
    yield "with the field and an example", "case.hearings.court_name" in said and "for example delivery " in said
    found = scene.asked("rules", "try", str(copy), "--json")
    yield "a script gets the same", any("case.hearings.court_name" in change["no_longer_given"] for change in found["changes"])
    yield "days are checked", scene("rules", "try", str(copy), "--days", "0")[0] == 1
    yield "what was tried stands in the audit log, which verifies", scene.asked("audit")["good"]
    scene.stop()


if __name__ == "__main__":
    sys.exit(running_host.hold_to(expectations))
