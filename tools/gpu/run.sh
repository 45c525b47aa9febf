#!/bin/bash
# Builds and runs everything within LIMIT seconds (default 100). Tables go to $OUT and to the screen. At most 8 files in $OUT.
cd "$(dirname "$0")"
START=$(date +%s.%N); LIMIT=${LIMIT:-100}; OUT=${OUT:-/tmp/fused-out}; B=${B:-/tmp/fused-build}
mkdir -p "$OUT" "$B"; export PYTHONUNBUFFERED=1
left() { python3 -S -c "import time,sys; print(max(1, int(min($1, $LIMIT - (time.time() - $START)))))"; }
spent() { python3 -S -c "import time; print('[%.1f s]' % (time.time() - $START))"; }
PATH=$PATH:/usr/local/cuda/bin
NVFLAGS="-O3 -std=c++17 -arch=sm_90 --fmad=false -Xptxas -v -Xcompiler -mfma,-ffp-contract=off -DDEPTH=4"
{
nvidia-smi --query-gpu=name,driver_version,clocks.sm,clocks.max.sm,power.limit --format=csv,noheader; nvcc --version | tail -2 | head -1
# 1. build: one object a configuration, all at once; PyTorch's files are read into the cache meanwhile
python3 -c "import torch" >/dev/null 2>&1 &
WARM=$!
pids=""
timeout 60 nvcc $NVFLAGS -DDRIVER -c fused.cu -o $B/driver.o >$B/driver.log 2>&1 & pids="$pids $!"
rm -f $B/*.cfg.o
while read -r name flags; do
  case "$name" in ''|\#*) continue;; esac
  ( timeout 60 nvcc $NVFLAGS $flags "-DCONFIG=\"$name\"" -c fused.cu -o $B/$name.part.o >$B/$name.log 2>&1 && mv $B/$name.part.o $B/$name.cfg.o ) & pids="$pids $!"
done < configs.txt
wait $pids
timeout 20 nvcc -arch=sm_90 -o $B/fused $B/driver.o $B/*.cfg.o 2>&1 || tail -20 $B/driver.log
echo "$(spent) built $(ls $B/*.cfg.o | wc -l) of $(grep -vc '^#' configs.txt) configurations"
grep -l -i error $B/*.log | while read -r f; do echo "-- $f"; grep -i -m5 error "$f"; done
} 2>&1 | tee "$OUT/1-build.txt"
for f in $B/*.log; do echo "== $f"; grep -E "Compiling entry function|registers|spill|warning" "$f"; done > "$OUT/2-ptxas.txt" 2>&1

# 2. the kernels: probes, correctness, speed, speed by lanes, and the file for the peers
{ timeout "$(left ${T_MAIN:-40})" $B/fused --what all --file $B/peer.bin --ms ${MS:-25}; echo "exit $? $(spent)"; } 2>&1 | tee "$OUT/3-kernels.txt" &
MAIN=$!
# disassembly on the processor meanwhile: instructions in total and in every innermost loop (backward branch)
( for f in $B/*.cfg.o; do timeout 20 cuobjdump --dump-sass "$f" > "$f.sass" 2>/dev/null; done; timeout 20 python3 sass.py $B/*.sass > "$OUT/4-sass.txt" 2>&1 ) &
SASS=$!
wait $MAIN; wait $SASS

# 3. peers
{ timeout "$(left ${T_PEERS:-28})" python3 peers.py $B/peer.bin "$(left 24)" single packed packed-graph single-graph; echo "exit $? $(spent)"; } 2>&1 | tee "$OUT/5-peers.txt"
# 4. what holds the kernels back, by the hardware's counters
M=smsp__inst_executed.avg.per_cycle_active,smsp__inst_executed_pipe_fma.avg.pct_of_peak_sustained_active,l1tex__data_pipe_lsu_wavefronts_mem_shared.avg.pct_of_peak_sustained_active,l1tex__data_bank_conflicts_pipe_lsu_mem_shared.sum,smsp__average_warps_issue_stalled_no_instruction_per_issue_active.ratio,smsp__average_warps_issue_stalled_short_scoreboard_per_issue_active.ratio,smsp__average_warps_issue_stalled_mio_throttle_per_issue_active.ratio,smsp__average_warps_issue_stalled_barrier_per_issue_active.ratio,smsp__average_warps_issue_stalled_dispatch_stall_per_issue_active.ratio,smsp__average_warps_issue_stalled_wait_per_issue_active.ratio,smsp__average_warps_issue_stalled_math_pipe_throttle_per_issue_active.ratio,sm__warps_active.avg.per_cycle_active
profile() { timeout "$(left 9)" ncu --clock-control none -k regex:fused_ "$@" 2>&1; }
{ for c in b12-256-lin-g32-roll a12-256-lin-t256-to12 b12-256-lin-g32-unroll; do
    [ "$(left 100)" -gt 6 ] || break
    text=$(profile --metrics $M $B/fused --what once --only $c)
    echo "$text" | grep -q "smsp__inst_executed.avg" || text=$(echo "$text" | grep -i -m3 error; profile --section SpeedOfLight --section SchedulerStats --section WarpStateStats --section Occupancy $B/fused --what once --only $c)
    echo "$text" | grep -E "__|rror|  [A-Z].*[0-9]" | sed "s/^ */$c  /"
  done; echo "$(spent)"; } 2>&1 | tee "$OUT/6-counters.txt"
# 5. if time is left: NVRTC's compile time, torch.compile
{ [ "$(left 100)" -gt 8 ] && timeout "$(left 12)" python3 nvrtc_try.py auto 256-lin; echo "$(spent)"; } 2>&1 | tee "$OUT/7-nvrtc.txt"
{ [ "$(left 100)" -gt 12 ] && timeout "$(left 20)" python3 peers.py $B/peer.bin 18 compile; echo "$(spent)"; } 2>&1 | tee "$OUT/8-compile.txt"
