#!/bin/bash
# A roster as an array of 64 tasks:
#   sbatch --wait slurm.sh ATHLETES OUT && srun sh shard.sh index 64 ATHLETES OUT
# Both folders have to be seen by every machine.
#SBATCH --job-name=runhip
#SBATCH --array=1-64
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=00:30:00
set -eu
# Slurm starts a copy of this file from elsewhere, in the folder that it was submitted from.
exec sh "${RUNHIP_SHARD:-shard.sh}" "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" "$1" "$2" --as-of 2026-11-18 --timezone Europe/Berlin
