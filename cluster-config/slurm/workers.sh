#!/bin/bash
# More workers for the sweep {{name}}: each job of this array is a node whose workers join the coordinator that runs, and leave when the sweep
# is over, when they are preempted or when their time is over. Made by `sweeper slurm --workers-only`; yours to edit.
#
#   sbatch this-script                 starts them, while the sweep runs: where nobody coordinates it they end at once
#   scancel JOB                        sends them away; their packs go to the others
#
# {{notes}}
# It learns {{datasets}} from files, which all nodes must see: where SWEEPER_DATA says, which is handed on, or in data/ in the folder below.
#SBATCH --job-name={{job}}-workers
#SBATCH --chdir={{current}}
#SBATCH --output={{output-workers}}
#SBATCH --open-mode=append
#
#SBATCH --array=0-{{last-node}}
#SBATCH --nodes=1
{{gpu}}# One process a GPU, with some cores for each: one trains, the others talk and count.
{{gpu}}#SBATCH --gpus-per-node={{gpus-per-node}}
{{cpu}}# One process a core: operations of small networks are too short to be shared between cores.
#SBATCH --ntasks-per-node={{tasks-per-node}}
#SBATCH --cpus-per-task={{cpus-per-task}}
#SBATCH --mem={{mem}}
#
#SBATCH --time={{time}}
# Two minutes before the time is over this shell (B:) gets USR1: workers then give their packs back at a checkpoint, and the job is requeued.
# TERM would not do here: `scancel` sends it, too, and what was cancelled must not come back.
#SBATCH --signal=B:USR1@120
#SBATCH --requeue
#SBATCH --partition={{partition}}
#SBATCH --account={{account}}
#SBATCH --qos={{qos}}
#SBATCH --constraint={{constraint}}
#SBATCH {{sbatch}}
set -u

sweeper={{sweeper}}
folder={{folder}}
# Where the coordinator is, and the key to its cluster. It is removed when the sweep is over.
cluster=$folder/cluster.json

echo "job $SLURM_JOB_ID on $SLURM_JOB_NODELIST, logs in $folder/logs"
[ -e "$cluster" ] || { echo "nobody coordinates this sweep: it is over, or does not run yet"; exit 0; }

{{keep}}

srun --cpus-per-task={{cpus-per-task}} --kill-on-bad-exit=0 --wait=0 --label \
    bash -c "$(declare -p sweeper cluster; declare -f keep work); work" &
workers=$!

told=
trap 'told=time; kill -USR1 "$workers"' USR1      # the time is nearly over; srun hands USR1 on, TERM would make it kill them
trap 'told=stop; kill -USR1 "$workers"' TERM      # cancelled, or requeued by SLURM itself for a job that goes first
while kill -0 "$workers" 2> /dev/null; do
    wait "$workers"
    code=$?
done
# Those that the coordinator sent away are done; those that were told by a signal are not.
[ -z "$told" ] || code=75

if [ "$told" = time ]; then
    echo "the time is over: this job is requeued"
    scontrol requeue "$SLURM_JOB_ID" || echo "it cannot be requeued here: submit it again"
fi
exit "$code"
