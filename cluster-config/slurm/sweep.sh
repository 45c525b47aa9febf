#!/bin/bash
# The sweep {{name}} on SLURM: a coordinator and its workers in one allocation. Made by `sweeper slurm`; yours to edit.
#
#   sbatch this-script                 starts it: any number of times, it goes on where it was
#   {{status}}
#   scancel JOB                        stops it; what is committed stays
#
# {{notes}}
# It learns {{datasets}} from files, which all nodes must see: where SWEEPER_DATA says, which is handed on, or in data/ in the folder below.
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
# Where the coordinator is, and the key to its cluster: for its owner only. Workers of other jobs join by it.
cluster=$folder/cluster.json
# How these are submitted.
more=({{more}})

echo "job $SLURM_JOB_ID, run $((${SLURM_RESTART_COUNT:-0} + 1)), on $SLURM_JOB_NODELIST"
echo "results in $folder, logs of coordinator and workers in $folder/logs"
echo "what they say of a trial: ${sweeper[*]} logs $folder --trial ID"

{{keep}}

# Before anything is trained: is every node fit, and do all see the same folder? One process a node looks, the first one prints a table. The exit
# code is 5 where something will not do. With a folder that was begun, nodes must compute as those did that began it.
begun=$results
[ ! -f "$folder/journal.jsonl" ] || begun=$folder
srun --nodes="$SLURM_JOB_NUM_NODES" --ntasks="$SLURM_JOB_NUM_NODES" --ntasks-per-node=1 \
    "${sweeper[@]}" doctor --cluster --results "$begun"{{doctor}} || exit

# What the cluster file says of the coordinator that published it: `job` is the one it runs in, `epoch` is another one each time.
published() { sed -n 's/^ *"'"$1"'": "\{0,1\}\([^",]*\)"\{0,1\},\{0,1\}$/\1/p' "$cluster" 2> /dev/null; }
# Number of the other job that runs this sweep; nothing where there is none.
other_job() {
    local job
    job=$(published job)
    [ -z "$job" ] || [ "$job" = "$SLURM_JOB_ID" ] || squeue --noheader --states=running --format=%A --jobs="$job" 2> /dev/null
}
is_there() { kill -0 "$1" 2> /dev/null; }

# The coordinator runs here, on the first node, outside of the tasks that are counted above: it needs little. There is one for a sweep: where
# another job has it, this one ends before it starts anything that would wait for it, or could send away what belongs to the other one.
(umask 077 && mkdir -p "$folder")
before=$(published epoch)
keep "${sweeper[@]}" coordinator --cluster "$cluster" --results "$results" &
coordinator=$!
until [ "$(published job)" = "$SLURM_JOB_ID" ] && [ "$(published epoch)" != "$before" ]; do
    if ! is_there "$coordinator"; then
        wait "$coordinator"
        code=$?
        # One that began at the same moment publishes a little later.
        for _ in {1..10}; do
            other=$(other_job)
            [ -z "$other" ] || { echo "job $other runs this sweep; more workers for it: $(printf '%q ' "${more[@]}")"; break; }
            sleep 1
        done
        exit "$code"
    fi
    sleep 0.2
done

# Workers, on all nodes. That one ends, or a node fails, is no reason to end the others.
srun --cpus-per-task={{cpus-per-task}} --no-kill --kill-on-bad-exit=0 --wait=0 --label \
    bash -c "$(declare -p sweeper cluster; declare -f keep work); work" &
workers=$!

keep "${sweeper[@]}" submit "${sweep[@]}" --results "$results" --cluster "$cluster" &
client=$!

told=
trap 'told=time' USR1      # the time is nearly over
trap 'told=stop' TERM      # cancelled, or requeued by SLURM itself for a job that goes first
while [ -z "$told" ] && is_there "$client" && is_there "$workers" && is_there "$coordinator"; do
    sleep 1
done

if [ -n "$told" ]; then
    code=75
elif ! is_there "$client"; then
    wait "$client"
    code=$?
    # It is over. All workers leave, those of other jobs, too, and who comes later finds no coordinator and ends. (2: no worker is there.)
    if [ "$(published job)" = "$SLURM_JOB_ID" ]; then
        said=$(timeout 60 "${sweeper[@]}" drain --cluster "$cluster" 2>&1) || [ $? = 2 ] \
            || echo "workers of other jobs could not be sent away: $said"
        rm -f "$cluster"
    fi
elif ! is_there "$workers"; then
    wait "$workers"
    code=$?
    echo "no worker of this job is left: they ended with $code"
    [ "$code" != 0 ] || code=75
else
    wait "$coordinator"
    code=$?
    echo "the coordinator ended with $code"
fi

# However it ended, no node is held. Workers first: what they give back is stored by the coordinator. srun hands USR1 on to them; TERM would
# make it kill them.
while is_there "$workers"; do
    kill -USR1 "$workers" 2> /dev/null
    sleep 1
done
kill -TERM "$coordinator" "$client" 2> /dev/null
while is_there "$coordinator" || is_there "$client"; do wait "$coordinator" "$client"; done
if [ "$told" = time ]; then
    echo "the time is over: this job is requeued, and goes on where it was"
    scontrol requeue "$SLURM_JOB_ID" || echo "it cannot be requeued here: submit it again"
elif [ "$code" = 0 ]; then
    echo "done: exit code 0"
else
    echo "not done: exit code $code"
fi
exit "$code"
