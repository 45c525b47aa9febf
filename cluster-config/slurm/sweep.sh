#!/bin/bash
# The sweep {{name}} on SLURM: a coordinator and its workers in one allocation. Made by `sweeper slurm`; yours to edit.
#
#   sbatch this-script                 starts it: any number of times, it goes on where it was
#   {{status}}
#   scancel JOB                        stops it; what is committed stays
#
#SBATCH --job-name={{job}}
#SBATCH --chdir={{current}}
# What this script says, in the folder above. When the job is requeued the same file goes on.
#SBATCH --output={{output}}
#SBATCH --open-mode=append
#
#SBATCH --nodes={{nodes}}
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
# A node that fails takes only its own workers with it; their packs go to the others.
#SBATCH --no-kill
#SBATCH --partition={{partition}}
#SBATCH --account={{account}}
#SBATCH --qos={{qos}}
#SBATCH --constraint={{constraint}}
#SBATCH {{sbatch}}
set -u

sweeper={{sweeper}}
sweep={{sweep}}
results={{results}}
folder={{folder}}
# Where the coordinator is, and the key to its cluster: for its owner only. Workers of other jobs join by it (`sweeper slurm --workers-only`).
cluster=$folder/cluster.json

echo "job $SLURM_JOB_ID, run $((${SLURM_RESTART_COUNT:-0} + 1)), on $SLURM_JOB_NODELIST"
echo "results in $folder, logs of coordinator and workers in $folder/logs"
echo "what they say of a trial: ${sweeper[*]} logs $folder --trial ID"

{{keep}}

# Before anything is trained: is every node fit, and do all see the same folder? One process a node looks, the first one prints a table. The exit
# code is 5 where something will not do.
srun --nodes="$SLURM_JOB_NUM_NODES" --ntasks="$SLURM_JOB_NUM_NODES" --ntasks-per-node=1 \
    "${sweeper[@]}" doctor --cluster --results "$results"{{doctor}} || exit

# The coordinator runs here, on the first node, outside of the tasks that are counted above: it needs little.
(umask 077 && mkdir -p "$folder")
keep "${sweeper[@]}" coordinator --cluster "$cluster" --results "$results" &
coordinator=$!
until [ -e "$cluster" ]; do
    kill -0 "$coordinator" 2> /dev/null || { wait "$coordinator"; exit; }
    sleep 0.2
done

# Workers, on all nodes. That one ends, or a node fails, is no reason to end the others.
srun --cpus-per-task={{cpus-per-task}} --no-kill --kill-on-bad-exit=0 --wait=0 --label \
    bash -c "$(declare -p sweeper cluster; declare -f keep work); work" &
workers=$!

"${sweeper[@]}" submit "${sweep[@]}" --results "$results" --cluster "$cluster" &
client=$!

told=
trap 'told=time' USR1      # the time is nearly over
trap 'told=stop' TERM      # cancelled, or requeued by SLURM itself for a job that goes first
is_there() { kill -0 "$1" 2> /dev/null; }
while [ -z "$told" ] && is_there "$client" && is_there "$workers" && is_there "$coordinator"; do
    sleep 1
done

if [ -n "$told" ]; then
    # srun hands USR1 on to the workers; TERM would make it kill them.
    kill -USR1 "$workers" 2> /dev/null
    code=75
elif ! is_there "$client"; then
    wait "$client"
    code=$?
    # It is over. All workers leave, those of other jobs, too, and who comes later finds no coordinator and ends.
    timeout 60 "${sweeper[@]}" drain --cluster "$cluster" || kill -USR1 "$workers" 2> /dev/null
    rm -f "$cluster"
elif ! is_there "$workers"; then
    wait "$workers"
    code=$?
    echo "no worker of this job is left: they ended with $code"
else
    wait "$coordinator"
    code=$?
    echo "the coordinator ended with $code"
    kill -USR1 "$workers" 2> /dev/null
fi

# Workers first: what they give back is stored by the coordinator.
while is_there "$workers"; do wait "$workers"; done
kill -TERM "$coordinator" "$client" 2> /dev/null
while is_there "$coordinator" || is_there "$client"; do wait "$coordinator" "$client"; done
if [ "$told" = time ]; then
    echo "the time is over: this job is requeued, and goes on where it was"
    scontrol requeue "$SLURM_JOB_ID" || echo "it cannot be requeued here: submit it again"
fi
exit "$code"
