#!/bin/sh
# Makes one shard of a roster, and the index where it is told to: for xargs, GNU parallel, Slurm, Snakemake or a loop.
#   shard.sh K/N ATHLETES OUT [OPTION...]      the reports of shard K of N, and OUT/shard-K-of-N.json
#   shard.sh index N ATHLETES OUT              the index of all N shards
# Give every shard the same options, and the time zone among them: machines may have zones of their own.
set -eu
program="${RUNHIP:-runhip}"
if [ "$1" = index ]; then
  exec "$program" merge "$4"/shard-*-of-"$2".json --out "$4"
fi
shard="$1" athletes="$2" out="$3"
shift 3
status=0
"$program" roster "$athletes" --shard "$shard" --out "$out" --jobs 1 --quiet "$@" || status=$?
# 3: something could not be read, and the index says what. A scheduler need not start the shard again for it.
[ "$status" -eq 3 ] || exit "$status"
