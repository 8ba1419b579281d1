"""The reports of a cohort by an Apache Spark cluster: runs and notes in Parquet, a shard of the athletes for each task, one index.

    spark-submit spark_job.py --runs cohort/runs.parquet --notes cohort/notes.parquet --out reports --as-of 2026-11-18

Each task writes the logs of its athletes into a folder of its machine and calls runhip, as a person would. Reports, the files of the
shards and the index go to OUT, a folder that every machine sees. Each file is written whole or not at all, and made from nothing but
its athletes' rows: a task that is lost and started again, or runs twice, changes nothing.

Every machine needs runhip (pip install of the wheel, or --program) and the Python packages blake3, pandas and pyarrow.
The runs have the columns `athlete`, `local_date`, `distance_m` and, where known, `local_start`, `moving_s`, `shoe` and `sport`, as in
runhip's exported table; the notes `athlete`, `local_date` and `note`.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import blake3
import pandas as pd

# Ended well: all was read, something was lost and is told in the index, or a finding reached --fail-on.
WELL = (0, 3, 4)
COLUMNS = ["athlete", "local_date", "local_start", "sport", "distance_m", "moving_s", "shoe"]


def shard_of(athlete: str, shards: int) -> int:
    """The shard of an athlete, from 1, as `runhip roster --shard` reckons it."""
    first = blake3.blake3(unicodedata.normalize("NFC", athlete).encode()).digest()[:8]
    return int.from_bytes(first, "big") % shards + 1


def folder_of(root: Path, athlete: str) -> Path:
    if not athlete or athlete.startswith(".") or any(sign in athlete for sign in "/\\\0"):
        raise ValueError(f"{athlete!r} cannot name a folder; give this athlete another key")
    return root / athlete


def write_logs(root: Path, runs: pd.DataFrame, notes: pd.DataFrame) -> None:
    """A folder for each athlete, with a CSV of the runs and a file of dated notes. The order of the rows given does not matter."""
    for athlete, rows in runs.groupby("athlete"):
        folder = folder_of(root, athlete)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "runs.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["date", "start", "sport", "distance_km", "duration", "shoe"])
            table.writerows(sorted(row_of(row) for row in rows.itertuples(index=False)))
    for athlete, rows in notes.groupby("athlete"):
        folder = folder_of(root, athlete)
        folder.mkdir(parents=True, exist_ok=True)
        lines = sorted(f"{day:%Y-%m-%d}: {' '.join(words.split())}\n" for day, words in zip(rows["local_date"], rows["note"]))
        (folder / "pain.md").write_text("".join(lines), encoding="utf-8")


def row_of(row: tuple) -> list[str]:
    start = "" if pd.isna(row.local_start) else f"{row.local_start:%H:%M}"
    distance = "" if pd.isna(row.distance_m) else f"{int(row.distance_m) / 1000:.3f}"
    seconds = None if pd.isna(row.moving_s) else int(row.moving_s)
    duration = "" if seconds is None else f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    words = ["" if pd.isna(text) else text for text in (row.sport, row.shoe)]
    return [f"{row.local_date:%Y-%m-%d}", start, words[0], distance, duration, words[1]]


def roster(program: str, root: Path, out: str, *options: str) -> None:
    """Calls runhip, and passes on why where it ends badly."""
    command = [program, "roster", str(root), "--out", out, "--quiet", "--no-cache", *options]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if ended.returncode not in WELL:
        raise RuntimeError(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr}")


def main() -> None:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f
    from pyspark.sql.types import IntegerType

    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--runs", required=True)
    options.add_argument("--notes", required=True)
    options.add_argument("--out", required=True)
    options.add_argument("--as-of", required=True)
    options.add_argument("--shards", type=int, default=64)
    # Said, and not left to each machine's clock and settings, so that all shards are alike.
    options.add_argument("--timezone", default="UTC")
    options.add_argument("--format", default="json")
    options.add_argument("--program", default="runhip")
    given = options.parse_args()
    shards, program, out = given.shards, given.program, str(Path(given.out).absolute())
    report = ["--as-of", given.as_of, "--timezone", given.timezone, "--format", given.format, "--jobs", "1"]

    spark = SparkSession.builder.appName("runhip").getOrCreate()
    runs = spark.read.parquet(given.runs)
    notes = spark.read.parquet(given.notes).select("athlete", "local_date", "note")
    runs = runs.select(*(f.col(name) if name in runs.columns else f.lit(None).alias(name) for name in COLUMNS))
    rows = runs.select("athlete").union(notes.select("athlete")).distinct().sort("athlete").collect()
    # Everybody's name goes to every task: a shard knows the roster that it is part of.
    everybody = spark.sparkContext.broadcast([row.athlete for row in rows])
    in_shard = f.udf(lambda athlete: shard_of(athlete, shards), IntegerType())
    # A row for each shard, so that one without athletes is made as well.
    all_shards = spark.range(1, shards + 1).select(f.col("id").cast("int").alias("shard"))
    runs = all_shards.unionByName(runs.withColumn("shard", in_shard("athlete")), allowMissingColumns=True)
    notes = notes.withColumn("shard", in_shard("athlete"))

    def make(key: tuple, runs: pd.DataFrame, notes: pd.DataFrame) -> pd.DataFrame:
        (shard,) = (int(part) for part in key)
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "athletes"
            for athlete in everybody.value:
                folder_of(root, athlete).mkdir(parents=True)
            write_logs(root, runs.dropna(subset=["athlete"]), notes)
            roster(program, root, out, "--shard", f"{shard}/{shards}", *report)
        return pd.DataFrame({"shard": [shard], "athletes": [runs["athlete"].nunique()]})

    made = runs.groupBy("shard").cogroup(notes.groupBy("shard")).applyInPandas(make, "shard int, athletes long").collect()
    print(f"{len(made)} shards, {sum(row.athletes for row in made)} athletes with runs")
    spark.stop()
    files = sorted(str(file) for file in Path(out).glob(f"shard-*-of-{shards}.json"))
    sys.exit(subprocess.run([program, "merge", *files, "--out", out]).returncode)


if __name__ == "__main__":
    main()
