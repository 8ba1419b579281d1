"""Writes the runs and notes of a made-up cohort as Parquet, as an engine would hold them: python cohort.py FOLDER ATHLETES

runs.parquet has columns of runhip's exported table, notes.parquet an athlete, a day and words. All of it is made up from a seed, and
the same seed gives the same cohort. One in three hurts now and then, one in forty has no notes file at all, one in a hundred no runs.
"""

import random
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

LAST = date(2026, 11, 18)
WEEKS = 26
SHOES = ["Alder", "Birch", "Cedar"]
PAIN = ["{side} hip {score}/10 on the stairs", "{side} outer hip {score}/10 after the long run", "{side} hip sore, {score}/10"]
FINE = ["hip fine today", "slept well", "legs heavy", "no hip pain"]
RUNS = pa.schema([
    ("athlete", pa.string()), ("local_date", pa.date32()), ("local_start", pa.timestamp("ms")), ("sport", pa.string()),
    ("distance_m", pa.uint32()), ("moving_s", pa.uint32()), ("shoe", pa.string()),
])
NOTES = pa.schema([("athlete", pa.string()), ("local_date", pa.date32()), ("note", pa.string())])


def athlete(dice: random.Random, name: str, runs: list[tuple], notes: list[tuple]) -> None:
    days = dice.sample(range(7), dice.randint(2, 5))
    usual_m = dice.randint(4_000, 11_000)
    hurts, writes = dice.random() < 1 / 3, dice.random() < 39 / 40
    if dice.random() < 0.01:
        notes.append((name, LAST - timedelta(days=3), "left hip 3/10, no running"))
        return
    shoe = dice.choice(SHOES)
    sore_until, side = date.min, "left"
    day = LAST - timedelta(weeks=WEEKS)
    while day <= LAST:
        sore = day <= sore_until
        if day.weekday() in days and dice.random() > (0.5 if sore else 0.08):
            metres = int(usual_m * (1.6 if day.weekday() == max(days) else 1) * dice.uniform(0.85, 1.2))
            start = datetime(day.year, day.month, day.day, dice.choice([6, 7, 12, 18]), dice.randrange(60))
            runs.append((name, day, start, "run", metres, int(metres * dice.uniform(0.29, 0.38)), shoe))
        if hurts and not sore and dice.random() < 0.012:
            sore_until, side = day + timedelta(days=dice.randint(1, 9)), dice.choice(["left", "right"])
        if writes and sore and dice.random() < 0.7:
            notes.append((name, day, dice.choice(PAIN).format(side=side, score=dice.randint(1, 7))))
        elif writes and dice.random() < 0.04:
            notes.append((name, day, dice.choice(FINE)))
        day += timedelta(days=1)


def write(folder: Path, athletes: int) -> None:
    runs: list[tuple] = []
    notes: list[tuple] = []
    for number in range(athletes):
        athlete(random.Random(f"cohort {number}"), f"athlete-{number:05}", runs, notes)
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema, rows in (("runs", RUNS, runs), ("notes", NOTES, notes)):
        columns = [list(column) for column in zip(*rows)]
        table = pa.table([pa.array(column, field.type) for column, field in zip(columns, schema)], schema=schema)
        # Several row groups, as a table of that size has them anywhere.
        pq.write_table(table, folder / f"{name}.parquet", row_group_size=20_000)
    print(f"{athletes} athletes, {len(runs)} runs, {len(notes)} notes")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
