#!/usr/bin/env python3
"""Which scenario shows which path of which flow, told by the scenarios themselves.

usage: flows.py [--write | --check] [SOURCE]   (SOURCE: the root of the source; without an option the table is printed)

A remark in a scenario names what the lines after it show, one or several with commas:
    # flow: F13 happy, F03 late         in the expect.txt of a story, before the expectations that show it, and in *_test.py
    // flow: F02 out-of-order           in traps/*_test.cpp, before the test that shows it

happy          what is to be told is told, in time, to the right people
late           the news comes when it no longer helps, or the time limit has passed: nobody is told what is no longer true
out-of-order   the later fact comes first, or an older one once more
withheld       something is held, or left out, with the reason

--write puts the table into tests/README.md, and into README.md the same with how many scenarios show each path; --check fails when they say something else, when a remark names
no flow or path or shows nothing, when a flow has no scenario and no reason, or a reason and a scenario.
"""
import pathlib
import re
import sys

PATHS = ["happy", "late", "out-of-order", "withheld"]
FLOWS = {
    "F01": "case registered or updated",
    "F02": "hearing listed or moved",
    "F03": "hearing resulted",
    "F04": "bail with conditions that protect",
    "F05": "guilty plea, trial vacated: stand down",
    "F06": "trial fixed, witnesses required: warn",
    "F07": "availability",
    "F08": "needs assessment",
    "F09": "special-measures decision",
    "F10": "referral with consent",
    "F11": "safeguarding action plan",
    "F12": "witness summons",
    "F13": "Victim Contact Scheme",
    "F14": "Victim Notification Scheme",
    "F15": "witness in prison",
    "F16": "victim personal statement",
    "F17": "witness not at court on the day",
    "F18": "witness reluctant or not reached",
    "F19": "action request of the CPS",
    "F20": "background check before charge",
    "F21": "court, CPS and records disagree",
    "F22": "consent changed",
    "F23": "safe contact changed",
    "F24": "contact made",
    "F25": "release or move of the offender",
    "F26": "move to another force's area",
    "F27": "Crown Court list published",
    "F28": "case finalised",
    "F29": "compensation, expenses",
    "F30": "complaint or feedback",
}
# Flows that no scenario shows, and why.
NOT_SHOWN = {}

REMARK = re.compile(r"^\s*(?:#|//) flow: (.*\S)\s*$")
BEGIN, END = "<!-- flows: written by tests/scenarios/flows.py -->", "<!-- end of flows -->"


def remarks_in(file):
    """(number of the line, flow, path, the lines after it up to the next remark) of each remark."""
    lines = file.read_text().splitlines()
    found = [(number, match[1]) for number, line in enumerate(lines, 1) if (match := REMARK.match(line))]
    for index, (number, named) in enumerate(found):
        end = found[index + 1][0] - 1 if index + 1 < len(found) else len(lines)
        for one in named.split(","):
            flow, _, path = one.strip().partition(" ")
            yield number, flow, path, lines[number:end]


def name_of(file, lines):
    """How a reader finds the scenario; empty when the remark shows nothing."""
    if file.name == "expect.txt":
        return file.parent.name if any(line.strip() and not line.startswith("#") for line in lines) else ""
    if file.suffix == ".py":
        return file.name
    test = re.search(r"^TEST\((\w+), (\w+)\)", "\n".join(lines), flags=re.M)
    return f"{test[1]}.{test[2]}" if test else ""


def shown_in(scenarios):
    """({(flow, path): names of scenarios}, mistakes in the remarks)"""
    shown, mistakes = {}, []
    for file in sorted([*scenarios.glob("stories/*/expect.txt"), *scenarios.glob("*_test.py"), *scenarios.glob("traps/*_test.cpp")]):
        for number, flow, path, lines in remarks_in(file):
            where = f"{file.relative_to(scenarios)}:{number}"
            name = name_of(file, lines)
            if flow not in FLOWS:
                mistakes.append(f"{where}: there is no flow {flow}; expected F01 to F30")
            elif path not in PATHS:
                mistakes.append(f"{where}: there is no path '{path}'; expected one of {', '.join(PATHS)}")
            elif not name:
                mistakes.append(f"{where}: nothing after the remark shows {flow} {path}; put it before the lines that do")
            elif name not in shown.setdefault((flow, path), []):
                shown[flow, path].append(name)
    return shown, mistakes


def unnamed(shown):
    named = {flow for flow, _ in shown}
    for flow in FLOWS:
        if flow not in named and flow not in NOT_SHOWN:
            yield f"no scenario shows {flow} ({FLOWS[flow]}): mark one, or say in NOT_SHOWN why there is none"
        if flow in named and flow in NOT_SHOWN:
            yield f"NOT_SHOWN says why no scenario shows {flow}, and one does"


def table(shown, cell_of):
    """cell_of: what a cell says of the names of the scenarios that show a path"""
    yield "| flow | " + " | ".join(PATHS) + " |"
    yield "|---|" + "---|" * len(PATHS)
    for flow, what in FLOWS.items():
        cells = [cell_of(shown.get((flow, path), [])) or "-" for path in PATHS]
        if flow in NOT_SHOWN:
            cells[0] = NOT_SHOWN[flow]
        yield f"| {flow} {what} | " + " | ".join(cells) + " |"


def total(shown):
    return (f"{len(shown)} of {len(FLOWS) * len(PATHS)} paths are shown; {len({flow for flow, _ in shown})} of {len(FLOWS)} flows have at least one "
            f"of the four ({', '.join(PATHS)}).")


def with_part(text, lines):
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"expected a part between {BEGIN} and {END}")
    return "\n".join([before + begin, *lines, end + after])


def main():
    options = [one for one in sys.argv[1:] if one.startswith("--")]
    places = [one for one in sys.argv[1:] if not one.startswith("--")]
    source = pathlib.Path(places[0] if places else pathlib.Path(__file__).parents[2])
    shown, mistakes = shown_in(source / "tests/scenarios")
    mistakes += unnamed(shown)
    parts = {
        "tests/README.md": [*table(shown, lambda names: "<br>".join(f"`{name}`" for name in names)), "", total(shown)],
        "README.md": [*table(shown, lambda names: str(len(names) or "")), "", total(shown)],
    }
    if "--write" not in options and "--check" not in options:
        print("\n".join(parts["tests/README.md"]))
    for name, lines in parts.items():
        old = (source / name).read_text()
        new = with_part(old, lines)
        if "--write" in options:
            (source / name).write_text(new)
        elif new != old:
            mistakes.append(f"{name} says something else than the scenarios: run tests/scenarios/flows.py --write")
    for mistake in mistakes:
        print("WRONG:", mistake, file=sys.stderr)
    return 1 if mistakes and "--check" in options else 0


if __name__ == "__main__":
    sys.exit(main())
