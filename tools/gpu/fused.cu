// Compiled several times: -DDRIVER makes the program, -DCONFIG=... one kernel, specialised by macros (what NVRTC would be given).
// -DEMULATE (any host compiler) runs the same kernels as fibers, a block at a time, threads in a random order between barriers.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>
#include <algorithm>
#include <functional>
#ifdef EMULATE
#include "emulate.h"
#else
#include <cuda_runtime.h>
#define OK(call) do { cudaError_t e_ = (call); if (e_ != cudaSuccess) { printf("CUDA error %s at %s:%d: %s\n", cudaGetErrorName(e_), __FILE__, __LINE__, #call); fflush(stdout); throw 1; } } while (0)
#endif

struct Args { const void* x; const void* y; void* w; const void* lr; void* loss; int lanes, steps, every, xstride; };
struct Config {
    const char* name; char kind; bool dbl; int W, D, EX, act, E, S, C, tiles, exp, lanesPerBlock, threads; size_t smem;
    const void* fn; void (*launch)(const Config&, const Args&); void (*prepare)(const Config&);
};
std::vector<Config>& configs();

#ifndef DRIVER
#include "fused_kernels.cuh"
#ifndef ACTIVATION
#define ACTIVATION LINEAR
#endif
#ifdef F_TILES
using Real = REAL;
using Shape = TilesShape<Real, WIDTH, DEPTH, EXAMPLES, F_TILE, F_THREADS, F_TE, F_TO, F_GO, F_GI, F_S, F_PAD, ACTIVATION, F_XSH>;
#define KERNEL fused_tiles<Real, Shape, F_MINB>
static const int shapeE = 4;
#else
using Real = float;
using Shape = PrivateShape<WIDTH, DEPTH, EXAMPLES, F_G, F_E, F_TO, ACTIVATION, F_NW, F_UNR>;
#define KERNEL fused_private<Shape, F_MINB>
static const int shapeE = Shape::E;
#endif
static void prepare(const Config& c) {
#ifndef EMULATE
    OK(cudaFuncSetAttribute(c.fn, cudaFuncAttributeMaxDynamicSharedMemorySize, (int)c.smem));
    OK(cudaFuncSetAttribute(c.fn, cudaFuncAttributePreferredSharedMemoryCarveout, 100));
#endif
}
static void launch(const Config& c, const Args& a) {
    const int blocks = (a.lanes + c.lanesPerBlock - 1) / c.lanesPerBlock;
#ifdef EMULATE
    emulate(blocks, c.threads, c.smem, [&] { KERNEL((const Real*)a.x, (const Real*)a.y, (Real*)a.w, (const Real*)a.lr, (Real*)a.loss, a.lanes, a.steps, a.every, a.xstride); });
#else
    KERNEL<<<blocks, c.threads, c.smem>>>((const Real*)a.x, (const Real*)a.y, (Real*)a.w, (const Real*)a.lr, (Real*)a.loss, a.lanes, a.steps, a.every, a.xstride);
    OK(cudaGetLastError());
#endif
}
#ifdef F_TILES
static const char kind = 'A';
#else
static const char kind = 'B';
#endif
static const bool registered = (configs().push_back(Config{ CONFIG, kind, sizeof(Real) == 8, Shape::W, Shape::D, Shape::EX, Shape::ACT, shapeE, Shape::S, Shape::C,
    Shape::TILES, Shape::EXP, Shape::LANES, Shape::NT, Shape::WORDS * sizeof(Real), (const void*)(KERNEL), &launch, &prepare }), true);

#else // ------------------------------------------------------------------------------------------------------------- the program

std::vector<Config>& configs() { static std::vector<Config> all; return all; }

#ifdef EMULATE
#define HD static inline
#else
#define HD static __host__ __device__ __forceinline__
#endif
HD unsigned mix(unsigned a, unsigned b, unsigned c) {
    unsigned h = a * 0x9E3779B1u ^ (b + 0x7F4A7C15u) * 0x85EBCA6Bu ^ (c + 0x165667B1u) * 0xC2B2AE35u;
    h ^= h >> 15; h *= 0x2C1B3C6Du; h ^= h >> 12; h *= 0x297A2D39u; h ^= h >> 15;
    return h;
}
HD float uniform(unsigned a, unsigned b, unsigned c) { return (float)(mix(a, b, c) >> 8) * (2.0f / 16777216.0f) - 1.0f; }
HD float input(int unit, int example) { return uniform(1, unit, example); }
HD float rateOf(int lane) { return 0.05f + 0.01f * (float)(lane % 6); }
HD float weightOf(int lane, int k, int W) { return uniform(100 + lane, 3, k) * (W == 12 ? 0.5f : W == 16 ? 0.43f : W == 32 ? 0.3f : 0.21f); }
HD float teacher(int lane, int o, int i, int W) { return uniform(100 + lane, 7, o * W + i) * (W == 12 ? 0.5f : W == 16 ? 0.43f : W == 32 ? 0.3f : 0.21f); }
HD int exampleAt(int pos, int E, int EX) { int e = pos % 4; if (e >= E) return -1; int n = pos / 4 * E + e; return n < EX ? n : -1; }
// a target from stored values only, with a fixed order of its sum
HD float target(int lane, int o, int n, int W) {
    float s = 0.0f;
    for (int i = 0; i < W; i++) s = fmaf(teacher(lane, o, i, W), input(i, n), s);
    return s;
}
#ifndef EMULATE
template<class T> __global__ void fillX(T* x, int W, int EXP, int E, int EX) {
    int k = blockIdx.x * blockDim.x + threadIdx.x;
    if (k < W * EXP) { int n = exampleAt(k % EXP, E, EX); x[k] = n < 0 ? (T)0 : (T)input(k / EXP, n); }
}
template<class T> __global__ void fillY(T* y, int W, int EXP, int E, int EX) {   // one lane a block
    extern __shared__ float s[];
    float* tw = s; float* xs = s + W * W;
    const int lane = blockIdx.x;
    for (int k = threadIdx.x; k < W * W; k += blockDim.x) tw[k] = teacher(lane, k / W, k % W, W);
    for (int k = threadIdx.x; k < W * EX; k += blockDim.x) xs[k] = input(k / EX, k % EX);
    __syncthreads();
    for (int k = threadIdx.x; k < W * EXP; k += blockDim.x) {
        int n = exampleAt(k % EXP, E, EX), o = k / EXP;
        float v = 0.0f;
        if (n >= 0) for (int i = 0; i < W; i++) v = fmaf(tw[o * W + i], xs[i * EX + n], v);
        y[(size_t)lane * W * EXP + k] = (T)v;
    }
}
template<class T> __global__ void fillW(T* w, T* lr, int W, int D, int lanes) {
    size_t k = (size_t)blockIdx.x * blockDim.x + threadIdx.x, per = (size_t)D * W * W;
    if (k < per * lanes) w[k] = (T)weightOf((int)(k / per), (int)(k % per), W);
    if (k < (size_t)lanes) lr[k] = (T)rateOf((int)k);
}
#endif

struct Data {   // device (or emulated) arrays of one configuration
    size_t size; const Config& c; int lanes, recs; void *x, *y, *w, *lr, *loss;
    static void* get(size_t n) {
#ifdef EMULATE
        return aligned_alloc(64, (n + 63) / 64 * 64);
#else
        void* p; OK(cudaMalloc(&p, n)); return p;
#endif
    }
    Data(const Config& c, int lanes, int recs) : size(c.dbl ? 8 : 4), c(c), lanes(lanes), recs(recs) {
        x = get(size * c.W * c.exp); y = get(size * lanes * c.W * c.exp); w = get(size * lanes * c.D * c.W * c.W); lr = get(size * lanes); loss = get(size * lanes * recs);
        reset(true);
    }
    template<class T> void fill(bool all) {
#ifdef EMULATE
        for (int k = 0; k < c.W * c.exp; k++) { int n = exampleAt(k % c.exp, c.E, c.EX); ((T*)x)[k] = n < 0 ? (T)0 : (T)input(k / c.exp, n); }
        for (int l = 0; l < lanes; l++) {
            ((T*)lr)[l] = (T)rateOf(l);
            for (int k = 0; k < c.W * c.exp; k++) { int n = exampleAt(k % c.exp, c.E, c.EX); ((T*)y)[(size_t)l * c.W * c.exp + k] = n < 0 ? (T)0 : (T)target(l, k / c.exp, n, c.W); }
            for (int k = 0; k < c.D * c.W * c.W; k++) ((T*)w)[(size_t)l * c.D * c.W * c.W + k] = (T)weightOf(l, k, c.W);
        }
#else
        if (all) {
            fillX<T><<<(c.W * c.exp + 255) / 256, 256>>>((T*)x, c.W, c.exp, c.E, c.EX);
            size_t s = sizeof(float) * (c.W * c.W + c.W * c.EX);
            OK(cudaFuncSetAttribute((const void*)fillY<T>, cudaFuncAttributeMaxDynamicSharedMemorySize, 160 * 1024));
            fillY<T><<<lanes, 256, s>>>((T*)y, c.W, c.exp, c.E, c.EX);
        }
        size_t n = (size_t)lanes * c.D * c.W * c.W;
        fillW<T><<<(unsigned)((n + 255) / 256), 256>>>((T*)w, (T*)lr, c.W, c.D, lanes);
        OK(cudaGetLastError());
        OK(cudaMemset(loss, 0xFF, size * lanes * recs));
        OK(cudaDeviceSynchronize());
#endif
    }
    void reset(bool all) { if (c.dbl) fill<double>(all); else fill<float>(all); }
    void run(int steps, int every) { c.launch(c, Args{ x, y, w, lr, loss, lanes, steps, every, 0 }); }
    template<class T> std::vector<T> host(void* p, size_t n) {
        std::vector<T> v(n);
#ifdef EMULATE
        memcpy(v.data(), p, n * sizeof(T));
#else
        OK(cudaDeviceSynchronize()); OK(cudaMemcpy(v.data(), p, n * sizeof(T), cudaMemcpyDeviceToHost));
#endif
        return v;
    }
    ~Data() {
        for (void* p : { x, y, w, lr, loss })
#ifdef EMULATE
            free(p);
#else
            cudaFree(p);
#endif
    }
};
static double fmaPerStep(const Config& c) { return (double)c.EX * c.W * c.W * (3 * c.D - 1); }
static double flopNominal(const Config& c) { return 2.0 * c.EX * c.W * c.W * 3 * c.D; }   // the issue's count: three products a matrix

// The plain loop. ordered: the kernel's own order of sums (fma), else plain sums. Returns losses before each step.
template<class T> static T F(T a, T b, T c, bool ordered) { return ordered ? (T)std::fma(a, b, c) : a * b + c; }
template<class T> static std::vector<T> plain(const Config& c, int lane, int steps, bool ordered, std::vector<T>& w) {
    const int W = c.W, D = c.D, P = c.exp; const T slope = (T)0.0625f, inv = (T)1 / (T)c.EX;
    w.resize((size_t)D * W * W);
    for (size_t k = 0; k < w.size(); k++) w[k] = (T)weightOf(lane, (int)k, W);
    const T rate = (T)rateOf(lane);
    std::vector<std::vector<T>> h(D + 1, std::vector<T>((size_t)P * W, (T)0)); std::vector<T> t((size_t)P * W, (T)0), d((size_t)P * W, (T)0), d2((size_t)P * W, (T)0), g((size_t)D * W * W), part((size_t)c.S);
    for (int p = 0; p < P; p++) { int n = exampleAt(p, c.E, c.EX); if (n >= 0) for (int o = 0; o < W; o++) { h[0][(size_t)p * W + o] = (T)input(o, n); t[(size_t)p * W + o] = (T)target(lane, o, n, W); } }
    std::vector<T> losses;
    for (int s = 0; s < steps; s++) {
        T loss = 0;
        for (int l = 0; l < D; l++) for (int p = 0; p < P; p++) for (int o = 0; o < W; o++) {
            T z = 0;
            for (int i = 0; i < W; i++) z = F(w[(l * W + o) * W + i], h[l][(size_t)p * W + i], z, ordered);
            if (l < D - 1) { if (c.act == 1) { T q = slope * z; z = z > q ? z : q; } h[l + 1][(size_t)p * W + o] = z; }
            else { T r = z - t[(size_t)p * W + o]; loss = F(r, r, loss, ordered); d[(size_t)p * W + o] = r * inv; }
        }
        losses.push_back(loss * ((T)0.5 * inv));
        for (int l = D - 1; l >= 0; l--) {
            for (int o = 0; o < W; o++) for (int i = 0; i < W; i++) {
                T sum = 0;
                if (!ordered) for (int p = 0; p < P; p++) sum += d[(size_t)p * W + o] * h[l][(size_t)p * W + i];
                else for (int tile = 0; tile < c.tiles; tile++) {
                    for (int q = 0; q < c.S; q++) {
                        T a = 0;
                        for (int k = 0; k < c.C; k++) for (int e = 0; e < c.E; e++) {
                            size_t p = (size_t)tile * 4 * c.S * c.C + 4 * (q + c.S * k) + e;
                            a = F(d[p * W + o], h[l][p * W + i], a, true);
                        }
                        part[q] = a;
                    }
                    for (int m = c.S / 2; m > 0; m /= 2) for (int q = 0; q < m; q++) part[q] = part[q] + part[q + m];
                    sum = tile == 0 ? part[0] : sum + part[0];
                }
                g[(l * W + o) * W + i] = sum;
            }
            if (l > 0) {
                for (int p = 0; p < P; p++) for (int i = 0; i < W; i++) {
                    T z = 0;
                    for (int o = 0; o < W; o++) z = F(w[(l * W + o) * W + i], d[(size_t)p * W + o], z, ordered);
                    if (c.act == 1) z = h[l][(size_t)p * W + i] > (T)0 ? z : slope * z;
                    d2[(size_t)p * W + i] = z;
                }
                std::swap(d, d2);
            }
        }
        for (size_t k = 0; k < w.size(); k++) w[k] = F(-rate, g[k], w[k], ordered);
    }
    return losses;
}

template<class T> static bool checkAs(const Config& c) {
    const int lanes = c.lanesPerBlock * 2 + 1;
#ifdef EMULATE
    const int steps = 3;
#else
    const int steps = std::max(4, std::min(30, (int)(4e7 / fmaPerStep(c))));
#endif
    Data data(c, lanes, steps + 1);
    c.prepare(c);
    data.run(steps, 1);
    auto w = data.template host<T>(data.w, (size_t)lanes * c.D * c.W * c.W); auto loss = data.template host<T>(data.loss, (size_t)lanes * steps);
    double worstW = 0, worstL = 0; size_t differ = 0, all = 0;
    for (int lane : { 0, lanes - 1 }) {
        std::vector<double> rw; auto rl = plain<double>(c, lane, steps, false, rw);
        std::vector<T> ow; plain<T>(c, lane, steps, true, ow);
        double dd = 0, nn = 0;
        for (size_t k = 0; k < rw.size(); k++) {
            T v = w[lane * rw.size() + k]; dd += (v - rw[k]) * (v - rw[k]); nn += rw[k] * rw[k];
            differ += memcmp(&v, &ow[k], sizeof(T)) != 0; all++;
        }
        worstW = std::max(worstW, std::sqrt(dd / nn)); if (!(dd >= 0)) worstW = 1e9;
        for (int s = 0; s < steps; s++) { double e = std::fabs(loss[(size_t)s * lanes + lane] - rl[s]) / rl[s]; if (!(e <= worstL)) worstL = e == e ? e : 1e9; }
    }
    const double limit = c.dbl ? 1e-12 : 2e-5;
    const bool good = worstW < limit && worstL < limit * 2;
    printf("%-26s %s  steps %3d  weights vs float64 %.1e  losses %.1e  words differing from the same order of sums on the CPU: %zu of %zu\n", c.name, good ? "ok  " : "FAIL", steps, worstW, worstL, differ, all);
    fflush(stdout);
    return good;
}
static bool check(const Config& c) { return c.dbl ? checkAs<double>(c) : checkAs<float>(c); }

#ifndef EMULATE
// ---- what the machine gives, in warp-words a clock and SM
__device__ __forceinline__ void lds128(unsigned a, float (&v)[4]) { asm volatile("ld.shared.v4.f32 {%0,%1,%2,%3}, [%4];" : "=f"(v[0]), "=f"(v[1]), "=f"(v[2]), "=f"(v[3]) : "r"(a)); }
template<int WHAT> __global__ void __launch_bounds__(512, 1) probe(float* out, long long* clocks, int rounds) {
    __shared__ __align__(16) float s[8192];
    for (int k = threadIdx.x; k < 8192; k += blockDim.x) s[k] = (float)k * 1e-6f;
    __syncthreads();
    const unsigned base = (unsigned)__cvta_generic_to_shared(s);
    float acc[16];
    #pragma unroll
    for (int k = 0; k < 16; k++) acc[k] = s[(threadIdx.x + k) % 8192];
    const float m = s[threadIdx.x % 64] + 1.0f;
    const unsigned t = threadIdx.x % 32;
    const long long begin = clock64();
    #pragma unroll 1
    for (int r = 0; r < rounds; r++) {
        const unsigned at = base + (r % 16) * 1024;
        if (WHAT == 0) {
            #pragma unroll
            for (int j = 0; j < 16; j++)
                #pragma unroll
                for (int k = 0; k < 16; k++) acc[k] = fmaf(acc[k], m, 0.5f * 0.0f + m);
        } else if (WHAT <= 3) {
            #pragma unroll
            for (int j = 0; j < 16; j++) {
                float v[4];
                // 1: all threads one address; 2: four addresses (8 threads each); 3: all different
                lds128(at + j * 16 + (WHAT == 1 ? 0 : WHAT == 2 ? (t / 8) * 2320 : t * 16), v);
                acc[j] += v[0] + v[1]; acc[(j + 1) % 16] += v[2] + v[3];
            }
        } else if (WHAT == 4) {
            #pragma unroll
            for (int k = 0; k < 16; k++) acc[k] += __shfl_xor_sync(0xffffffffu, acc[k], 16);
        } else {        // 5: three FFMA a loaded word, broadcast; 6: four
            constexpr int F4 = WHAT == 5 ? 3 : 4;
            #pragma unroll
            for (int j = 0; j < 16; j++) {
                float v[4];
                lds128(at + j * 16, v);
                #pragma unroll
                for (int k = 0; k < 4; k++)
                    #pragma unroll
                    for (int e = 0; e < F4; e++) acc[(k * F4 + e) % 16] = fmaf(v[k], m, acc[(k * F4 + e) % 16]);
            }
        }
    }
    const long long end = clock64();
    float sum = 0;
    #pragma unroll
    for (int k = 0; k < 16; k++) sum += acc[k];
    out[blockIdx.x * blockDim.x + threadIdx.x] = sum;
    if (threadIdx.x == 0) clocks[blockIdx.x] = end - begin;
}
static double peak = 0;   // FMA/s measured
template<int WHAT> static void probeOne(const char* name, double perRound, int sms) {
    float* out; long long* clocks; OK(cudaMalloc(&out, sms * 512 * 4)); OK(cudaMalloc(&clocks, sms * 8));
    const int rounds = 4000;
    cudaEvent_t a, b; OK(cudaEventCreate(&a)); OK(cudaEventCreate(&b));
    std::vector<float> ms;
    for (int k = 0; k < 6; k++) { OK(cudaEventRecord(a)); probe<WHAT><<<sms, 512>>>(out, clocks, rounds); OK(cudaGetLastError()); OK(cudaEventRecord(b)); OK(cudaEventSynchronize(b)); float v; OK(cudaEventElapsedTime(&v, a, b)); if (k) ms.push_back(v); }
    std::sort(ms.begin(), ms.end());
    std::vector<long long> c(sms); OK(cudaMemcpy(c.data(), clocks, sms * 8, cudaMemcpyDeviceToHost)); std::sort(c.begin(), c.end());
    const double perClock = perRound * rounds * 16 / (double)c[sms / 2];   // 16 warps an SM
    printf("%-52s %7.2f warp-words a clock and SM   clock %.0f MHz\n", name, perClock, c[sms / 2] / ms[2] / 1e3);
    if (WHAT == 0) { peak = perRound * rounds * 16 * 32.0 * sms / (ms[2] * 1e-3); printf("%-52s %7.2f TFLOP/s\n", "   as a rate (the peak of the tables below)", peak * 2e-12); }
    cudaFree(out); cudaFree(clocks);
}
static void probes(int sms) {
    printf("== probes\n");
    probeOne<0>("FFMA, 16 chains a thread", 256, sms);
    probeOne<1>("LDS.128, one address a warp (a weight)", 64, sms);
    probeOne<2>("LDS.128, four addresses a warp (four lanes)", 64, sms);
    probeOne<3>("LDS.128, all different (activations)", 64, sms);
    probeOne<4>("SHFL with add", 16, sms);
    probeOne<5>("FFMA with a broadcast word for 3 of them", 192, sms);
    probeOne<6>("FFMA with a broadcast word for 4 of them", 256, sms);
}

static void timeIt(const Config& c, int lanes, int sms, double targetMs) {
    cudaFuncAttributes at; OK(cudaFuncGetAttributes(&at, c.fn));
    int occ = 0; OK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&occ, c.fn, c.threads, c.smem));
    if (occ == 0) { printf("%-26s does not fit\n", c.name); return; }
    if (lanes <= 0) lanes = occ * sms * c.lanesPerBlock * (-lanes);
    Data data(c, lanes, 8);
    cudaEvent_t a, b; OK(cudaEventCreate(&a)); OK(cudaEventCreate(&b));
    auto run = [&](int steps) { OK(cudaEventRecord(a)); data.run(steps, 1 << 30); OK(cudaEventRecord(b)); OK(cudaEventSynchronize(b)); float v; OK(cudaEventElapsedTime(&v, a, b)); return (double)v; };
    run(4);
    double one = run(20) / 20;
    int steps = std::max(20, std::min(4000, (int)(targetMs / one)));
    std::vector<double> ms;
    for (int k = 0; k < 5; k++) { data.reset(false); ms.push_back(run(steps)); }
    std::sort(ms.begin(), ms.end());
    bool fine = true; double first = 0, last = 0;
    auto take = [&](auto v) { for (int l = 0; l < lanes; l++) { if (!(v[l] == v[l]) || !(v[lanes + l] < v[l])) fine = false; first += v[l]; last += v[lanes + l]; } };
    if (c.dbl) take(data.host<double>(data.loss, (size_t)2 * lanes)); else take(data.host<float>(data.loss, (size_t)2 * lanes));
    const double rate = (double)lanes * steps / (ms[2] * 1e-3);
    printf("%-26s %6d %5d %9.3f M/s %7.2f %7.2f %5.1f%% %6.3f-%.3f ms %4d %6zu %6zu %2d %3d  %s %.3g>%.3g\n", c.name, lanes, steps, rate * 1e-6, rate * flopNominal(c) * 1e-12, rate * fmaPerStep(c) * 2e-12,
        100 * rate * fmaPerStep(c) / (c.dbl ? peak / 2 : peak), ms[0], ms[4], at.numRegs, c.smem + at.sharedSizeBytes, (size_t)at.localSizeBytes, occ, occ * c.threads / 32, fine ? "loss falls" : "LOSS DOES NOT FALL", first / lanes, last / lanes);
    fflush(stdout);
}
static const char* header = "design                      lanes steps lane-steps/s  nominal  TFLOP/s  peak   fastest-slowest  regs shared  local blk warps\n";

#endif

// file for the peers: W D EX lanes steps, x [W][EX], lr, w0, y, final losses of the kernel
static void dump(const Config& c, const char* path) {
#ifdef EMULATE
    const int lanes = 4, steps = 4;
#else
    const int lanes = 64, steps = 200;
#endif
    Data data(c, lanes, 4);
    data.run(steps, 1 << 30);
    auto loss = data.host<float>(data.loss, 2 * lanes);
    FILE* f = fopen(path, "wb"); if (!f) { printf("cannot write %s\n", path); return; }
    int head[5] = { c.W, c.D, c.EX, lanes, steps }; fwrite(head, 4, 5, f);
    auto put = [&](float v) { fwrite(&v, 4, 1, f); };
    for (int i = 0; i < c.W; i++) for (int n = 0; n < c.EX; n++) put(input(i, n));
    for (int l = 0; l < lanes; l++) put(rateOf(l));
    for (int l = 0; l < lanes; l++) for (int k = 0; k < c.D * c.W * c.W; k++) put(weightOf(l, k, c.W));
    for (int l = 0; l < lanes; l++) for (int o = 0; o < c.W; o++) for (int n = 0; n < c.EX; n++) put(target(l, o, n, c.W));
    for (int l = 0; l < lanes; l++) put(loss[lanes + l]);
    fclose(f);
    printf("wrote %s: %s, %d lanes, %d steps, loss of lane 0 before the last step %.7g\n", path, c.name, lanes, steps, loss[lanes]);
}

int main(int argc, char** argv) {
    std::string what = "all", only; const char* file = nullptr; double ms = 25;
    for (int k = 1; k + 1 < argc; k += 2) { std::string a = argv[k]; if (a == "--what") what = argv[k + 1]; if (a == "--only") only = argv[k + 1]; if (a == "--file") file = argv[k + 1]; if (a == "--ms") ms = atof(argv[k + 1]); }
    auto all = configs(); std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return strcmp(a.name, b.name) < 0; });
    int failed = 0;
    try {
#ifdef EMULATE
        if (file) { for (auto& c : all) if (strstr(c.name, only.c_str())) { dump(c, file); break; } }
        else for (auto& c : all) if (strstr(c.name, only.c_str())) failed += !check(c);
#else
        cudaDeviceProp p; OK(cudaGetDeviceProperties(&p, 0));
        const int sms = p.multiProcessorCount;
        printf("%s, %d SMs, %zu kB shared a block, %d configurations\n", p.name, sms, p.sharedMemPerBlockOptin / 1024, (int)all.size());
        for (auto& c : all) { try { c.prepare(c); } catch (int) { } }
        if (what == "all" || what == "probe" || what == "bench" || what == "curve") probes(sms);
        if (what == "all" || what == "check") {
            printf("== correctness\n");
            for (auto& c : all) if (strstr(c.name, only.c_str())) try { failed += !check(c); } catch (int) { failed++; }
        }
        if (file) for (auto& c : all) if (!c.dbl && c.W == 12 && c.EX == 256 && c.act == 0 && c.kind == 'B') { dump(c, file); break; }
        if (what == "all" || what == "bench") {
            printf("== speed, lanes for 4 full waves\n%s", header);
            for (auto& c : all) if (strstr(c.name, only.c_str())) try { timeIt(c, -4, sms, ms); } catch (int) { failed++; }
        }
        if (what == "all" || what == "curve") {
            printf("== speed by lanes\n%s", header);
            for (auto& c : all) if (strstr(c.name, only.c_str()) && !c.dbl && c.W == 12 && c.EX == 256 && c.act == 0)
                for (int k : { 1, 4, 16, 64, 248 }) try { timeIt(c, 132 * k, sms, ms); } catch (int) { failed++; }
        }
        if (what == "once") for (auto& c : all) if (strstr(c.name, only.c_str())) { Data d(c, 132 * 32, 8); d.run(20, 1 << 30); OK(cudaDeviceSynchronize()); }
#endif
    } catch (int) { failed++; }
    printf("%d failed\n", failed);
    return failed != 0;
}
#endif
