#!/usr/bin/env python3
"""Holds the table of attacks and faults in README.md to the tests: each number that is promised stands there once, and each test that is named exists
and is built. With a number it prints the pattern by which ctest runs the tests of that scenario.

usage: table_test.py SOURCE [NUMBER]   (the root of the source; ctest -R "$(table_test.py SOURCE 17)")
"""
import pathlib
import re
import sys

PROMISED = set(range(13, 28)) | set(range(35, 41))  # what concerns the protection of people and the books that prove it
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`([A-Za-z]\w*\.\w+)`")


def table(source):
    text = (source / "tests/scenarios/attacks/README.md").read_text()
    return [(int(number), what.strip(), comes.strip(), TEST.findall(tests)) for number, what, comes, tests in ROW.findall(text)]


def built(source):
    """Every test that there is, by the name by which ctest knows it."""
    lists = "\n".join(path.read_text() for folder in ("tests", "plugins", "adapters") for path in (source / folder).rglob("CMakeLists.txt"))
    names = set(re.findall(r"(?:add_test\(NAME|causeway_scenario\()\s*(\w+\.\w+)", lists))
    for path in (source / "tests").rglob("*.?pp"):
        if path.name in lists:
            names |= {f"{suite}.{name}" for suite, name in re.findall(r"^\s*(?:TYPED_)?TEST(?:_F|_P)?\((\w+),\s*(\w+)\)", path.read_text(), re.MULTILINE)}
    return names


def faults(source):
    rows, names = table(source), built(source)
    numbers = [row[0] for row in rows]
    yield from (f"scenario {number} is not in the table" for number in sorted(PROMISED - set(numbers)))
    yield from (f"scenario {number} stands there twice" for number in sorted({n for n in numbers if numbers.count(n) > 1}))
    for number, what, comes, tests in rows:
        if len(what) < 10 or len(comes) < 10:
            yield f"scenario {number} does not say what is tried and what must come of it"
        if not tests:
            yield f"scenario {number} is played by no test"
        yield from (f"scenario {number} names a test that is not there: {test}" for test in tests if test not in names)


def main():
    source = pathlib.Path(sys.argv[1])
    if len(sys.argv) > 2:
        tests = [test for number, _, _, tests in table(source) if number == int(sys.argv[2]) for test in tests]
        print("^(" + "|".join(re.escape(test) for test in tests) + ")$")
        return 0 if tests else 1
    found = list(faults(source))
    for fault in found:
        print(fault)
    print(f"{len(table(source))} scenarios, {sum(len(row[3]) for row in table(source))} tests named, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
