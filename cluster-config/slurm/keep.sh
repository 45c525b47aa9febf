# Runs a process, and again when it dies. Ends with it where it was told to leave (75), or would end so each time (0, 2 to 7; or it died five
# times, each within a minute).
keep() {
    local process= left= code=75 began deaths=0
    trap 'left=yes; kill -TERM "$process" 2> /dev/null' TERM USR1
    while [ -z "$left" ]; do
        began=$SECONDS
        "$@" &
        process=$!
        # A signal ends `wait` before it ends the process.
        while wait "$process"; code=$?; kill -0 "$process" 2> /dev/null; do :; done
        case $code in 0 | [2-7] | 75) break ;; esac
        [ -z "$left" ] || return 75
        [ $((SECONDS - began)) -lt 60 ] || deaths=0
        deaths=$((deaths + 1))
        [ "$deaths" -lt 5 ] || break
        echo "ended with $code, and is started again: $*"
        sleep 5
    done
    return "$code"
}

# One worker. That it left as it was told (75) is no error, and srun need not report it as one.
work() {
    local code=0
{{gpu}}    # It sees one GPU, as cuda:0. Where SLURM shows all GPUs of the node to each of its tasks, they take one each.
{{gpu}}    local gpus
{{gpu}}    IFS=, read -ra gpus <<< "${CUDA_VISIBLE_DEVICES:-}"
{{gpu}}    [ "${#gpus[@]}" -le 1 ] || export CUDA_VISIBLE_DEVICES=${gpus[SLURM_LOCALID % ${#gpus[@]}]}
    keep "${sweeper[@]}" worker --device {{device}} --cluster "$cluster" --name "$SLURMD_NODENAME/$SLURM_JOB_ID.$SLURM_LOCALID" || code=$?
    [ "$code" = 75 ] || return "$code"
}
