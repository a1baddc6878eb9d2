#!/usr/bin/env python3
"""Checks the rules of the house that a compiler does not: who includes whom, where the clock is read, how long a file is.

The rules are in arrows.txt. Prints one line file:line: reason for each violation; exit code 1 when there is one.
"""
import argparse
import os
import re
import subprocess
import sys

CPP = (".cpp", ".hpp", ".h", ".c")
CODE = CPP + (".py", ".sh", ".cmake", "CMakeLists.txt", "/causeway")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME")) + r")\b")
WALL_CLOCK = re.compile(r"\bsystem_clock::now\b|\bgettimeofday\s*\(|\bCLOCK_REALTIME\b|\btime\s*\(\s*(nullptr|NULL|0)\s*\)")
ANY_CLOCK = re.compile(r"\b\w*_clock::now\b")
MACHINE_PATH = re.compile(r"(?<![\w.:/$}-])/(home|root|work|Users)/\w")
C_STANDARD = {"assert.h", "stdint.h", "stddef.h", "stdbool.h", "string.h", "stdlib.h", "stdio.h", "errno.h", "limits.h",
              "sys/types.h"}


class Rules:
    """arrows.txt as data."""

    def __init__(self, path):
        self.folders, self.libraries = {}, {}
        self.public, self.system, self.pure, self.not_pure = [], [], [], set()
        self.c_headers, self.wall_clock, self.lines, self.long_files = {}, set(), 300, set()
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                words = line.split("#")[0].split()
                if words:
                    self._read(words, f"{path}:{number}")

    def _read(self, words, where):
        kind, rest = words[0], words[1:]
        if kind in ("folder", "library"):
            if len(rest) < 2 or rest[1] != "->":
                sys.exit(f"{where}: expected: {kind} NAME -> FOLDERS")
            (self.folders if kind == "folder" else self.libraries)[rest[0]] = rest[2:]
        elif kind in ("public", "system", "pure"):
            getattr(self, kind).extend(rest)
        elif kind == "not-pure":
            self.not_pure.update(rest)
        elif kind == "c-header":
            self.c_headers[rest[0]] = set(rest[1:])
        elif kind == "wall-clock":
            self.wall_clock.update(rest)
        elif kind == "lines":
            self.lines, self.long_files = int(rest[0]), set(rest[1:])
        else:
            sys.exit(f"{where}: unknown word '{kind}'")

    def folder_of(self, path):
        """The longest folder of the table that holds this file."""
        parts = path.split("/")[:-1]
        for length in range(len(parts), 0, -1):
            name, star = "/".join(parts[:length]), "/".join(parts[: length - 1] + ["*"])
            if name in self.folders or (length > 1 and star in self.folders):
                return name
        return ""

    def allowed(self, folder):
        star = "/".join(folder.split("/")[:-1] + ["*"])
        return self.folders.get(folder, self.folders.get(star, []))

    def library_of(self, header):
        for name, folders in self.libraries.items():
            if matches(header, name):
                return name, folders
        return None, None


def matches(header, name):
    return header.startswith(name) if name.endswith("/") else header == name


def under(path, folders):
    return any(path == folder or path.startswith(folder + "/") for folder in folders)


def tracked(root):
    """Files of the tree that belong to it; without git, all but the build."""
    listing = subprocess.run(["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                             capture_output=True, check=False)
    if listing.returncode == 0:
        names = listing.stdout.decode().split("\0")
    else:
        names = [os.path.relpath(os.path.join(folder, name), root) for folder, _, files in os.walk(root) for name in files]
        names = [name for name in names if not name.startswith(("build/", "install/", "var/"))]
    return sorted(name for name in names if name and os.path.isfile(os.path.join(root, name)))


class Checker:
    def __init__(self, root, rules):
        self.root, self.rules, self.violations = root, rules, []

    def report(self, path, line, reason):
        self.violations.append(f"{path}:{line}: {reason}")

    def check(self, path):
        try:
            with open(os.path.join(self.root, path), encoding="utf-8", newline="") as file:
                lines = file.read().split("\n")
        except UnicodeDecodeError:
            return  # pictures, keys and samples of other encodings
        if ("/" + path).endswith(CODE):
            self.check_length(path, lines)
            self.check_words(path, lines)
        if path.endswith(CPP):
            self.check_clock(path, lines)
            for number, line in enumerate(lines, 1):
                found = INCLUDE.match(line)
                if found:
                    self.check_include(path, number, found.group(1) == '"', found.group(2))

    def check_length(self, path, lines):
        count = len(lines) - (lines[-1] == "")
        if count > self.rules.lines and path not in self.rules.long_files:
            self.report(path, count, f"{count} lines; the limit is {self.rules.lines}: split it")

    def check_words(self, path, lines):
        for number, line in enumerate(lines, 1):
            if UNFINISHED.search(line):
                self.report(path, number, "an unfinished word; finish the work")
            if MACHINE_PATH.search(line):
                self.report(path, number, "a path of one machine; make it relative")

    def check_clock(self, path, lines):
        pattern, pure = WALL_CLOCK, under(path, self.rules.pure)
        for number, line in enumerate(lines, 1):
            code = line.split("//")[0]
            if pattern.search(code) and path not in self.rules.wall_clock:
                self.report(path, number, "reads the wall clock; take the time from a Clock")
            elif pure and ANY_CLOCK.search(code):
                self.report(path, number, "reads a clock in a pure folder; take the time as a value")

    def check_include(self, path, number, quoted, header):
        rules = self.rules
        if any(matches(header, name) for name in rules.public) or header in rules.c_headers.get(path, ()):
            return
        if quoted:
            self.check_own(path, number, header)
            return
        if any(matches(header, name) for name in rules.system) and header not in C_STANDARD:
            self.check_system(path, number, header)
            return
        library, folders = rules.library_of(header)
        if library:
            self.check_library(path, number, header, folders)
        elif ("/" in header or header.endswith((".h", ".hpp"))) and header not in C_STANDARD:
            if not path.startswith("tests/"):
                self.report(path, number, f"<{header}> is of no library in the table")
        elif header in rules.not_pure and under(path, rules.pure):
            self.report(path, number, f"<{header}> in a pure folder")

    def check_system(self, path, number, header):
        if path.endswith(".hpp") and not path.startswith("tests/"):
            self.report(path, number, f"<{header}> in a header; keep it in a .cpp file")
        elif under(path, self.rules.pure):
            self.report(path, number, f"<{header}> in a pure folder")

    def check_library(self, path, number, header, folders):
        if path.startswith("tests/"):
            return  # a test may look at a wire or a file with the same library
        if not under(path, folders):
            self.report(path, number, f"<{header}> belongs to {', '.join(folders)} only")
        elif not path.endswith(".cpp"):
            self.report(path, number, f"<{header}> in a header; keep it in a .cpp file")

    def check_own(self, path, number, header):
        rules, here = self.rules, self.rules.folder_of(path)
        if under(path, ["plugins", "adapters", "tests"]) and header.startswith(("causeway/", "causeway_")):
            target = "plugins/x"  # the kit as its authors see it, whatever the include path
        elif header.split("/")[0] in {name.split("/")[0] for name in rules.folders}:
            target = header
        elif under(path, ["plugins", "adapters", "tests"]) and self.is_beside(path, header):
            return
        else:
            self.report(path, number, f'"{header}" is not written from the root of the repository')
            return
        there = rules.folder_of(target)
        if there != here and not under(there, rules.allowed(here)):
            self.report(path, number, f"{here or 'the root'} may not include {there or target}")

    def is_beside(self, path, header):
        return os.path.isfile(os.path.join(self.root, os.path.dirname(path), header))


def violations_of(root, table):
    rules = Rules(table)
    checker = Checker(root, rules)
    for path in tracked(root):
        checker.check(path)
    return checker.violations


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", required=True, help="root of the source tree")
    parser.add_argument("--table", help="the rules; tests/arrows/arrows.txt of the root by default")
    arguments = parser.parse_args()
    found = violations_of(arguments.root, arguments.table or os.path.join(arguments.root, "tests/arrows/arrows.txt"))
    for line in found:
        print(line)
    print(f"{len(found)} violations" if found else "all arrows point one way")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
