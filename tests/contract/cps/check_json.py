#!/usr/bin/env python3
"""check_json.py [--lenient-references FOLDER] SCHEMA FILE...: every file against a JSON schema; one line for each problem.

With --lenient-references a schema's references are looked up by `id` among the JSON files below FOLDER; what no file there has takes
anything, because such schemas are published in parts. Problems name the place in the document, never its values."""
import json
import sys
from pathlib import Path

import jsonschema


def resolved(part, known):
    if isinstance(part, list):
        return [resolved(item, known) for item in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part and not part["$ref"].startswith("#"):
        target = known.get(part["$ref"].split("#")[0])
        return resolved(target, known) if target and "#/" not in part["$ref"] else {}
    return {key: resolved(value, known) for key, value in part.items() if key not in ("id", "$id", "$schema")}


def main(arguments):
    known = {}
    lenient = arguments[:1] == ["--lenient-references"]
    if lenient:
        for path in Path(arguments[1]).rglob("*.json"):
            try:
                found = json.loads(path.read_text())
            except ValueError:
                continue
            if isinstance(found, dict) and isinstance(found.get("id"), str):
                known.setdefault(found["id"], found)
        arguments = arguments[2:]
    schema = json.loads(Path(arguments[0]).read_text())
    if lenient:
        checker = jsonschema.Draft4Validator(resolved(schema, known))
    else:
        checker = jsonschema.Draft202012Validator(schema)
    wrong = 0
    for name in arguments[1:]:
        for problem in checker.iter_errors(json.loads(Path(name).read_text())):
            wrong += 1
            print(f"{Path(name).name}: /{'/'.join(map(str, problem.absolute_path))}: breaks '{problem.validator}' "
                  f"at {'/'.join(map(str, problem.absolute_schema_path))}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
