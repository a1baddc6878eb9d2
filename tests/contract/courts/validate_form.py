"""Checks a JSON document against one of the court's published schemas.

Usage: validate_form.py FOLDER SCHEMA < document

FOLDER holds schema files, found by their "id"; SCHEMA is the id of the one to use. What a schema refers to and was not published allows
everything; nothing is ever fetched. Prints one line for each mistake (the path and the rule, never a value) and answers 1 when there is one.
"""
import json
import pathlib
import sys

import jsonschema

# The court's common definitions are not public; the two that its forms use are plain.
COMMON = {
    "http://justice.gov.uk/domain/core/common/definitions.json#/definitions/date": {
        "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "http://justice.gov.uk/domain/core/common/definitions.json#/definitions/uuid": {
        "type": "string", "pattern": r"^[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$"},
}
MOST_LEVELS = 40


def load(folder):
    store = {}
    for path in sorted(pathlib.Path(folder).rglob("*.json")):
        try:
            schema = json.loads(path.read_text())
        except ValueError:
            continue
        if isinstance(schema, dict) and isinstance(schema.get("id"), str):
            store[schema["id"].rstrip("#")] = schema
    return store


def find(store, reference):
    if reference in COMMON:
        return COMMON[reference]
    document, _, path = reference.partition("#")
    found = store.get(document, {})
    for step in path.strip("/").split("/"):
        found = found.get(step, {}) if step else found
    return found


def expand(store, node, level=0):
    """The schema with everything that it refers to put in its place."""
    if level > MOST_LEVELS:
        return {}
    if isinstance(node, list):
        return [expand(store, item, level + 1) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return expand(store, find(store, node["$ref"]), level + 1)
    return {key: expand(store, value, level + 1) for key, value in node.items() if not (key == "id" and isinstance(value, str))}


def main():
    folder, wanted = sys.argv[1:]
    store = load(folder)
    if wanted not in store:
        sys.exit(f"no schema {wanted}")
    validator = jsonschema.Draft4Validator(expand(store, store[wanted]))
    mistakes = list(validator.iter_errors(json.load(sys.stdin)))
    for mistake in mistakes:
        missing = " " + mistake.message.split(" ")[0] if mistake.validator == "required" else ""
        print("/".join(str(step) for step in mistake.absolute_path) or "(root)", mistake.validator + missing)
    sys.exit(1 if mistakes else 0)


main()
