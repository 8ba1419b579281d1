"""Holds JSON files against a schema: python against_schema.py SCHEMA FILE..."""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator

schema = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
wrong = 0
for name in sys.argv[2:]:
    for error in list(validator.iter_errors(json.loads(Path(name).read_text(encoding="utf-8"))))[:5]:
        wrong += 1
        print(f"{Path(name).name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
print(f"{len(sys.argv) - 2} files against {Path(sys.argv[1]).name}: {wrong} problems")
sys.exit(1 if wrong or len(sys.argv) < 3 else 0)
