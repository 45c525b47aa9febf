// Host emulation: a block's threads are fibers; between barriers they run in a random order, each as far as it can.
// Shared memory is poisoned with NaN before every block. A missing barrier shows as a wrong result under some seed.
#pragma once
#include <ucontext.h>
#include <functional>
#include <random>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
struct Dim { unsigned x; };
extern thread_local Dim threadIdx, blockIdx;
#define __device__
#define __global__
#define __shared__
#define __align__(n)
#define __forceinline__ inline
#define __launch_bounds__(...)
extern unsigned char memory[];
void fiber_block(); void fiber_warp();
extern unsigned long long exchange_[1024];
inline void __syncthreads() { fiber_block(); }
inline void __syncwarp() { fiber_warp(); }
template<class T> inline T __shfl_xor_sync(unsigned, T v, int m) {
    const unsigned t = threadIdx.x; unsigned long long b = 0; memcpy(&b, &v, sizeof(T));
    exchange_[t] = b; fiber_warp();
    b = exchange_[t ^ m]; fiber_warp();
    memcpy(&v, &b, sizeof(T)); return v;
}
void emulate(int blocks, int threads, size_t smem, const std::function<void()>& kernel);
#ifdef DRIVER
thread_local Dim threadIdx, blockIdx;
alignas(64) unsigned char memory[1 << 18];
unsigned long long exchange_[1024];
enum { READY, BLOCK, WARP, DONE };
static ucontext_t main_, fibers[1024]; static int state[1024], current; static const std::function<void()>* body;
static void wait(int s) { state[current] = s; swapcontext(&fibers[current], &main_); }
void fiber_block() { wait(BLOCK); }
void fiber_warp() { wait(WARP); }
static void entry() { (*body)(); state[current] = DONE; swapcontext(&fibers[current], &main_); }
void emulate(int blocks, int threads, size_t smem, const std::function<void()>& kernel) {
    static std::vector<char> stacks(1024 * 65536); static std::mt19937 random(getenv("SEED") ? atoi(getenv("SEED")) : 1);
    body = &kernel;
    if (smem > 232448) { printf("shared memory %zu too large\n", smem); exit(1); }
    for (int b = 0; b < blocks; b++) {
        memset(memory, 0xFF, sizeof memory);
        std::vector<int> order(threads);
        for (int t = 0; t < threads; t++) {
            order[t] = t; state[t] = READY; getcontext(&fibers[t]);
            fibers[t].uc_stack.ss_sp = &stacks[t * 65536]; fibers[t].uc_stack.ss_size = 65536; fibers[t].uc_link = nullptr;
            makecontext(&fibers[t], entry, 0);
        }
        for (int round = 0;; round++) {
            if (round % 16 == 0) std::shuffle(order.begin(), order.end(), random);
            bool ran = false; int done = 0;
            for (int t : order) {
                if (state[t] == DONE) { done++; continue; }
                if (state[t] != READY) continue;
                current = t; threadIdx.x = t; blockIdx.x = b; ran = true;
                swapcontext(&main_, &fibers[t]);
            }
            if (done == threads) break;
            if (ran) { for (int w = 0; w < threads; w += 32) { bool all = true; for (int t = w; t < w + 32; t++) all &= state[t] == WARP; if (all) for (int t = w; t < w + 32; t++) state[t] = READY; } continue; }
            bool all = true; for (int t = 0; t < threads; t++) all &= state[t] == BLOCK;
            if (!all) { printf("deadlock in block %d\n", b); exit(1); }
            for (int t = 0; t < threads; t++) state[t] = READY;
        }
        for (size_t k = smem; k < sizeof memory; k++) if (memory[k] != 0xFF) { printf("write past shared memory at %zu of %zu\n", k, smem); exit(1); }
    }
}
#endif
