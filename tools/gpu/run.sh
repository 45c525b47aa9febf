#!/usr/bin/env bash
# On a machine with a GPU and a PyTorch: what the tests say of it, and how fast it trains, with torch and with the fused kernels. Some minutes;
# everything goes to the screen and to the folder $OUT. Needs tools/gpu/bin/sweeper.tar.xz, which pack.sh makes where the .NET SDK is.
set -u
cd "$(dirname "$0")"
out=$(realpath -m "${OUT:-/tmp/sweeper-gpu}") work=$(mktemp -d)
mkdir -p "$out"
trap 'rm -rf "$work"' EXIT
tar -C "$work" -xJf bin/sweeper.tar.xz || exit 1
PATH=$work/sweeper:$PATH
export XDG_CACHE_HOME=$work/cache
export SWEEPER_LIBTORCH=${SWEEPER_LIBTORCH:-$(python3 -c 'import os, torch; print(os.path.join(os.path.dirname(torch.__file__), "lib"))')}
cd "$work" || exit 1

# A part of the report: its file, how many seconds it may take, and what is run.
part() {
    local file=$1 limit=$2
    shift 2
    { echo "== $*"; timeout "$limit" "$@"; echo "== exit $?, $SECONDS s since the beginning"; } 2>&1 | tee "$out/$file"
}

part 1-machine.txt 60 bash -c 'nvidia-smi --query-gpu=name,driver_version,clocks.sm,power.limit --format=csv,noheader; sweeper doctor'
# Equal bits with the lanes engine; sweeps by fused kernels; all that torch promises there.
part 2-tests.txt 240 Sweeper.Training.Tests -class Sweeper.Training.Tests.Running.GpuTests -noColor -reporter verbose
for lanes in 256 1024 4096; do
    part "3-fused-$lanes.txt" 120 sweeper bench --device cuda:0 --engine fused --lanes $lanes --longer 40
done
part 4-torch.txt 120 sweeper bench --device cuda:0 --lanes 256
