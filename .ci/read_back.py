"""Reads an exported table with another engine and holds it against the JSON report. Usage: read_back.py REPORT TABLE..."""
import json
import sys

import duckdb

report = json.load(open(sys.argv[1], encoding="utf-8"))
expected = (report["athlete"]["runs"], report["athlete"]["distance_m"])
for table in sys.argv[2:]:
    got = duckdb.sql(f"select count(*), sum(distance_m)::bigint from '{table}'").fetchall()[0]
    if got != expected:
        sys.exit(f"{table}: {got}, but the report has {expected}")
    print(f"{table.rsplit('/', 1)[-1]}: {got[0]} runs, {got[1]} m, as in the report")
