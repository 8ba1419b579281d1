"""Runs everything of docs/cluster.md on a made-up cohort and holds it against one machine: python cluster.py PROGRAM [ATHLETES]

Spark gets two worker processes, one of which is killed while it works; afterwards a shard is made a second time. What stands on the
page for xargs, GNU parallel, Slurm and Snakemake runs as it stands there; for Slurm a loop stands in, and what is not installed is
printed as NOT TRIED. Each time the index, and each athlete's report, has to be what one call of `runhip roster` writes, byte for byte.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE / "samples/cluster"), str(HERE / ".ci")]
import cohort  # noqa: E402
import duckdb  # noqa: E402
import pandas as pd  # noqa: E402
import spark_job  # noqa: E402

SHARDS = 16
MADE = ["--as-of", "2026-11-18", "--timezone", "UTC", "--format", "json"]
# What stands in for Slurm: a task of the array after the other.
ARRAY = """#!/bin/bash
set -eu
[ "$1" = --wait ] && shift
count="$(sed -n 's/^#SBATCH --array=1-//p' "$1")"
for task in $(seq 1 "$count"); do SLURM_ARRAY_TASK_ID="$task" SLURM_ARRAY_TASK_COUNT="$count" bash "$@"; done
"""
EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend"


def written(folder: Path) -> dict[str, bytes]:
    """Everything in a folder of reports but the files of shards and what is hidden."""
    files = (file for file in folder.iterdir() if not file.name.startswith((".", "shard-")))
    return {file.name: file.read_bytes() for file in files}


def hold(got: Path, expected: dict[str, bytes], what: str) -> None:
    found = written(got)
    differ = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
    if differ:
        sys.exit(f"{what}: {len(differ)} of {len(expected)} files are not as one machine writes them, such as {', '.join(differ[:5])}")
    print(f"{what}: the index and all of {len(expected)} files as from one machine", flush=True)


def executors() -> list[int]:
    """The worker processes of the Spark that we started: those of this session."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            if EXECUTOR.encode() in (one / "cmdline").read_bytes() and os.getsid(int(one.name)) == os.getsid(0):
                found.append(int(one.name))
        except OSError:
            continue
    return sorted(found)


def spark(program: str, data: Path, out: Path, log: Path) -> None:
    submit = Path(sys.executable).with_name("spark-submit")
    command = [submit, "--master", "local-cluster[2,1,1024]", "--driver-memory", "1g"]
    command += ["--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.ui.enabled=false"]
    command += ["--conf", "spark.sql.shuffle.partitions=8", "--conf", "spark.sql.adaptive.enabled=false"]
    command += ["--conf", f"spark.local.dir={log.parent}"]
    command += [HERE / "samples/cluster/spark_job.py", "--runs", data / "runs.parquet", "--notes", data / "notes.parquet"]
    command += ["--out", out, "--as-of", "2026-11-18", "--shards", SHARDS, "--program", program]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    environment |= {"SPARK_WORKER_DIR": str(log.parent / "work"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("SPARK_HOME", None)
    killed = None
    with log.open("wb") as told:
        job = subprocess.Popen([str(part) for part in command], stdout=told, stderr=told, env=environment, cwd=log.parent)
        while job.poll() is None:
            # One shard is there, others are in work.
            if killed is None and len(list(out.glob("shard-*.json"))) >= 1 and len(running := executors()) == 2:
                killed = running[0]
                os.kill(killed, signal.SIGKILL)
            time.sleep(0.05)
    said = log.read_text(encoding="utf-8", errors="replace")
    if job.returncode != 0:
        sys.exit(f"the Spark job ended with {job.returncode}:\n{said[-4000:]}")
    if killed is None or "Lost executor" not in said:
        sys.exit(f"no worker was lost while it worked, so that nothing was shown:\n{said[-4000:]}")


def main() -> None:
    program = str(Path(sys.argv[1]).absolute())
    athletes = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        # Nothing is kept in the folders of whoever runs this.
        os.environ |= {"HOME": folder, "XDG_CACHE_HOME": folder, "XDG_STATE_HOME": folder}
        data, everybody, one = work / "cohort", work / "athletes", work / "one"
        cohort.write(data, athletes)
        spark_job.write_logs(everybody, pd.read_parquet(data / "runs.parquet"), pd.read_parquet(data / "notes.parquet"))
        began = time.monotonic()
        spark_job.roster(program, everybody, str(one), *MADE)
        print(f"one machine: {time.monotonic() - began:.0f} s", flush=True)
        expected = written(one)

        began = time.monotonic()
        (work / "spark").mkdir()
        out = work / "reports"
        spark(program, data, out, work / "spark/log.txt")
        hold(out, expected, f"Spark, {SHARDS} shards, a worker killed, {time.monotonic() - began:.0f} s")
        spark_job.roster(program, everybody, str(out), "--shard", f"3/{SHARDS}", *MADE)
        merge(program, out, SHARDS)
        hold(out, expected, "shard 3 a second time")

        page(program, everybody, work)


def page(program: str, everybody: Path, work: Path) -> None:
    """What the page shows, in a folder as it supposes one, for some of the athletes and in all formats."""
    text = (HERE / "docs/cluster.md").read_text(encoding="utf-8")
    athletes = work / "some"
    athletes.mkdir()
    for one in sorted(everybody.iterdir())[:60]:
        shutil.copytree(one, athletes / one.name)
    options = re.search(r"reports (--as-of .*--timezone \S+)", text)[1].split()
    spark_job.roster(program, athletes, str(work / "some-reports"), *options)
    expected = written(work / "some-reports")
    commands = work / "bin"
    commands.mkdir()
    (commands / "runhip").symlink_to(program)
    (commands / "sbatch").write_text(ARRAY)
    (commands / "sbatch").chmod(0o755)
    environment = {**os.environ, "PATH": f"{commands}:{os.environ['PATH']}"}
    blocks = {block.split()[0]: block for block in re.findall(r"^```bash\n(.*?)^```", text, re.MULTILINE | re.DOTALL)}
    if not {"seq", "parallel", "sbatch", "snakemake", "spark-submit"} <= blocks.keys():
        sys.exit(f"docs/cluster.md shows {', '.join(blocks)}: are its blocks still found?")
    for scheduler in ("seq", "parallel", "sbatch", "snakemake"):
        if not shutil.which(scheduler, path=environment["PATH"]):
            print(f"{scheduler}: NOT TRIED, it is not installed", flush=True)
            continue
        folder = work / f"by-{scheduler}"
        shutil.copytree(HERE / "samples/cluster", folder)
        (folder / "athletes").symlink_to(athletes)
        began = time.monotonic()
        script = ["bash", "-euo", "pipefail", "-c", blocks[scheduler]]
        ended = subprocess.run(script, cwd=folder, env=environment, capture_output=True, text=True)
        if ended.returncode != 0:
            sys.exit(f"{blocks[scheduler]}ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
        name = {"seq": "xargs", "sbatch": "a loop in the place of Slurm"}.get(scheduler, scheduler)
        hold(folder / "reports", expected, f"{name}, 64 shards, {time.monotonic() - began:.0f} s")
    queries(program, text, athletes, work)


def queries(program: str, text: str, athletes: Path, work: Path) -> None:
    folder = work / "queries"
    folder.mkdir()
    (folder / "athletes").symlink_to(athletes)
    os.chdir(folder)
    spark_job.roster(program, Path("athletes"), "reports", *MADE, "--export", "runs.parquet")
    found = re.findall(r"^```sql\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rows = [len(duckdb.sql(query).fetchall()) for query in found]
    if len(rows) < 2 or not all(rows):
        sys.exit(f"the queries of docs/cluster.md find {rows} rows")
    print(f"DuckDB: the queries find {' and '.join(map(str, rows))} rows", flush=True)


def merge(program: str, out: Path, shards: int) -> None:
    files = sorted(str(file) for file in out.glob(f"shard-*-of-{shards}.json"))
    subprocess.run([program, "merge", *files, "--out", str(out), "--quiet"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
