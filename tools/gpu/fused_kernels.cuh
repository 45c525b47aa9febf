// Fused training kernels: the whole loop of a lane stays on chip. No includes: NVRTC can compile this text as it is.
//
// A lane trains  y = W[D-1] act( ... act( W[0] x ) )  on  L = 1/(2N) sum |y - t|^2  by full-batch gradient descent.
//   x   [W][EXP]            shared by all lanes     (xstride = 0), or own (xstride = W*EXP)
//   y   [lane][W][EXP]      targets
//   w   [lane][D][W][W]     row o, column i: z[o] = sum_i w[o][i] h[i]
//   lr  [lane]
//   loss[record][lane]      at steps 0, every, 2 every, ... and at the last; before that step's update
//
// Orders of sums (both designs; fmaf throughout):
//   z[o]: i ascending; delta'[i]: o ascending;
//   gradient: a split s sums its examples ascending; splits are joined by a butterfly (distance S/2, ..., 1); tiles ascending;
//   w = fma(-lr, g, w).

#ifndef FUSED_KERNELS
#define FUSED_KERNELS

enum { LINEAR = 0, LEAKY = 1 };

template<class T> struct alignas(16) Vec4 { T v[4]; };

__device__ __forceinline__ float  fma_(float a, float b, float c) { return fmaf(a, b, c); }
__device__ __forceinline__ double fma_(double a, double b, double c) { return fma(a, b, c); }
template<class T> __device__ __forceinline__ T slope_() { return (T)0.0625f; }

template<int ACT, class T> __device__ __forceinline__ T act_(T z) {
    if (ACT == LINEAR) return z;
    T s = slope_<T>() * z;
    return z > s ? z : s;
}
// derivative from the activation's value: its sign is that of z
template<int ACT, class T> __device__ __forceinline__ T dact_(T d, T h) {
    if (ACT == LINEAR) return d;
    return h > (T)0 ? d : slope_<T>() * d;
}

// Butterfly over 2M threads of R x C values each: halves the rows while they are even, then (COLS) the columns (each thread keeps a
// half), and all-reduces once both are odd. What is left starts at row ro, column co; dup: the thread bits over which it repeats.
template<int R, int C, int M, bool COLS> struct Butterfly {
    static constexpr bool ROW = R % 2 == 0, COL = !ROW && COLS && C % 2 == 0;
    static constexpr int R2 = ROW ? R / 2 : R, C2 = COL ? C / 2 : C;
    using Next = Butterfly<R2, C2, M / 2, COLS>;
    static constexpr int ROWS_LEFT = Next::ROWS_LEFT, COLS_LEFT = Next::COLS_LEFT;
    template<class T> static __device__ __forceinline__ void run(const T (&v)[R * C], int t, int& ro, int& co, int& dup, T* out) {
        T u[R2 * C2];
        if constexpr (ROW || COL) {
            const bool up = (t & M) != 0;
            #pragma unroll
            for (int r = 0; r < R2; r++)
                #pragma unroll
                for (int c = 0; c < C2; c++) {
                    const int low = r * C + c, high = ROW ? (r + R2) * C + c : r * C + c + C2;
                    const T send = up ? v[low] : v[high];
                    const T keep = up ? v[high] : v[low];
                    u[r * C2 + c] = keep + __shfl_xor_sync(0xffffffffu, send, M);
                }
            if (ROW) ro += up ? R2 : 0; else co += up ? C2 : 0;
        } else {
            #pragma unroll
            for (int k = 0; k < R * C; k++) u[k] = v[k] + __shfl_xor_sync(0xffffffffu, v[k], M);
            dup |= M;
        }
        Next::run(u, t, ro, co, dup, out);
    }
};
template<int R, int C, bool COLS> struct Butterfly<R, C, 0, COLS> {
    static constexpr int ROWS_LEFT = R, COLS_LEFT = C;
    template<class T> static __device__ __forceinline__ void run(const T (&v)[R * C], int, int&, int&, int&, T* out) {
        #pragma unroll
        for (int k = 0; k < R * C; k++) out[k] = v[k];
    }
};

// ------------------------------------------------------------------------------------------------------------------------------
// Design A, "tiles": one lane a block. Activations [unit][example] and weights in shared memory, every product a register-tiled
// matrix product, block barriers between the phases.
//   forward, delta: a thread makes 4*TE examples x TO units; gradient: GO x GI of the weights over TILE/S examples.
template<class T, int W_, int D_, int EX_, int TILE_, int NT_, int TE_, int TO_, int GO_, int GI_, int S_, int PAD_, int ACT_, int XSH_>
struct TilesShape {
    static constexpr int W = W_, D = D_, EX = EX_, TILE = TILE_, NT = NT_, TE = TE_, TO = TO_, GO = GO_, GI = GI_, ACT = ACT_, XSH = XSH_;
    static constexpr int TILES = (EX + TILE - 1) / TILE, EXP = TILES * TILE;
    static constexpr int WS = W;                                  // row of a weight matrix
    static constexpr int Q = TILE / 4;                            // float4 groups of examples in a tile
    static constexpr int S = S_ < Q ? S_ : Q;                     // splits of the gradient's sum
    static constexpr int HS = TILE + PAD_;                        // row of an activation buffer
    static constexpr int C = Q / S;
    static constexpr int EG = Q / TE;                             // groups of threads over examples
    static constexpr int BUFS = D;                                // h1 .. h(D-1), delta
    static constexpr int OFF_W = 0, OFF_G = D * W * WS, OFF_H = 2 * D * W * WS, OFF_X = OFF_H + BUFS * W * HS,
                         OFF_R = OFF_X + (XSH ? W * EXP : 0), WORDS = OFF_R + 32;
    static constexpr int LANES = 1;
    static_assert(W % 4 == 0 && TILE % 4 == 0 && Q % S == 0 && (S & (S - 1)) == 0, "shape");
    static_assert(EG * (W / TO) == NT && W % TO == 0 && Q % TE == 0, "threads");
    static_assert(W % GO == 0 && W % GI == 0, "gradient tiles");
    static_assert(((W / GO) * (W / GI) * S) % NT == 0 && NT % 32 == 0, "every thread has gradient tasks");
};

template<class T, class P, bool FIRST, bool LAST>
__device__ __forceinline__ void tiles_forward(const T* __restrict__ w, const T* hin, int hstride, T* hout, const T* __restrict__ y, T inv, bool record, T& part) {
    const int q = threadIdx.x % P::EG, og = threadIdx.x / P::EG;
    T acc[P::TO][P::TE][4];
    Vec4<T> target[P::TO][P::TE];
    #pragma unroll
    for (int j = 0; j < P::TO; j++)
        #pragma unroll
        for (int g = 0; g < P::TE; g++) {
            if (LAST) target[j][g] = *(const Vec4<T>*)(y + (og * P::TO + j) * P::EXP + 4 * (q + g * P::EG));
            #pragma unroll
            for (int e = 0; e < 4; e++) acc[j][g][e] = (T)0;
        }
    #pragma unroll 1
    for (int i = 0; i < P::W; i += 4) {
        Vec4<T> h[4][P::TE];
        #pragma unroll
        for (int k = 0; k < 4; k++)
            #pragma unroll
            for (int g = 0; g < P::TE; g++) h[k][g] = *(const Vec4<T>*)(hin + (i + k) * hstride + 4 * (q + g * P::EG));
        #pragma unroll
        for (int j = 0; j < P::TO; j++) {
            Vec4<T> r = *(const Vec4<T>*)(w + (og * P::TO + j) * P::WS + i);
            #pragma unroll
            for (int k = 0; k < 4; k++)
                #pragma unroll
                for (int g = 0; g < P::TE; g++)
                    #pragma unroll
                    for (int e = 0; e < 4; e++) acc[j][g][e] = fma_(r.v[k], h[k][g].v[e], acc[j][g][e]);
        }
    }
    #pragma unroll
    for (int j = 0; j < P::TO; j++)
        #pragma unroll
        for (int g = 0; g < P::TE; g++) {
            Vec4<T> z;
            const int at = (og * P::TO + j), ex = 4 * (q + g * P::EG);
            if (LAST) {
                #pragma unroll
                for (int e = 0; e < 4; e++) {
                    T r = acc[j][g][e] - target[j][g].v[e];
                    if (record) part = fma_(r, r, part);
                    z.v[e] = r * inv;
                }
            } else {
                #pragma unroll
                for (int e = 0; e < 4; e++) z.v[e] = act_<P::ACT>(acc[j][g][e]);
            }
            *(Vec4<T>*)(hout + at * P::HS + ex) = z;
        }
}

// gradient of one matrix over the tile, into gs (first tile sets, others add)
template<class T, class P>
__device__ __forceinline__ void tiles_gradient(const T* del, const T* hin, int hstride, T* gs, bool first) {
    constexpr int TASKS = (P::W / P::GO) * (P::W / P::GI) * P::S, TI = P::W / P::GI;
    constexpr int N = P::GO * P::GI;
    using Join = Butterfly<P::GO, P::GI, P::S / 2, true>;
    constexpr int RL = Join::ROWS_LEFT, CL = Join::COLS_LEFT;
    #pragma unroll 1
    for (int round = 0; round < TASKS / P::NT; round++) {
        // rows o .. o+GO-1, columns i, i+TI, i+2 TI, ... (neighbours differ by one row of activations: see PAD)
        const int task = round * P::NT + threadIdx.x, s = task % P::S, tile = task / P::S, o = (tile / TI) * P::GO, i = tile % TI;
        T acc[N];
        #pragma unroll
        for (int k = 0; k < N; k++) acc[k] = (T)0;
        #pragma unroll 1
        for (int c = 0; c < P::C; c++) {
            const int ex = 4 * (s + P::S * c);
            Vec4<T> d[P::GO], h[P::GI];
            #pragma unroll
            for (int a = 0; a < P::GO; a++) d[a] = *(const Vec4<T>*)(del + (o + a) * P::HS + ex);
            #pragma unroll
            for (int b = 0; b < P::GI; b++) h[b] = *(const Vec4<T>*)(hin + (i + b * TI) * hstride + ex);
            #pragma unroll
            for (int e = 0; e < 4; e++)
                #pragma unroll
                for (int a = 0; a < P::GO; a++)
                    #pragma unroll
                    for (int b = 0; b < P::GI; b++) acc[a * P::GI + b] = fma_(d[a].v[e], h[b].v[e], acc[a * P::GI + b]);
        }
        int ro = 0, co = 0, dup = 0;
        T sum[RL * CL];
        Join::run(acc, s, ro, co, dup, sum);
        if ((s & dup) == 0) {
            T* const at = gs + (o + ro) * P::W + i + co * TI;
            #pragma unroll
            for (int r = 0; r < RL; r++)
                #pragma unroll
                for (int c = 0; c < CL; c++) {
                    const int k = r * P::W + c * TI;
                    at[k] = first ? sum[r * CL + c] : at[k] + sum[r * CL + c];
                }
        }
    }
}

template<class T, class P>
__device__ __forceinline__ void tiles_delta(const T* __restrict__ w, const T* del, const T* hin, T (&acc)[P::TO][P::TE][4]) {
    const int q = threadIdx.x % P::EG, ig = threadIdx.x / P::EG;
    #pragma unroll
    for (int j = 0; j < P::TO; j++)
        #pragma unroll
        for (int g = 0; g < P::TE; g++)
            #pragma unroll
            for (int e = 0; e < 4; e++) acc[j][g][e] = (T)0;
    #pragma unroll 1
    for (int o = 0; o < P::W; o += 4) {
        #pragma unroll
        for (int k = 0; k < 4; k++) {
            T r[P::TO];
            const T* row = w + (o + k) * P::WS + ig * P::TO;
            if constexpr (P::TO % 4 == 0) {
                #pragma unroll
                for (int j = 0; j < P::TO; j += 4) {
                    Vec4<T> v = *(const Vec4<T>*)(row + j);
                    r[j] = v.v[0]; r[j + 1] = v.v[1]; r[j + 2] = v.v[2]; r[j + 3] = v.v[3];
                }
            } else if constexpr (P::TO % 2 == 0) {
                struct alignas(2 * sizeof(T)) Vec2 { T v[2]; };
                #pragma unroll
                for (int j = 0; j < P::TO; j += 2) {
                    Vec2 v = *(const Vec2*)(row + j);
                    r[j] = v.v[0]; r[j + 1] = v.v[1];
                }
            } else {
                #pragma unroll
                for (int j = 0; j < P::TO; j++) r[j] = row[j];
            }
            #pragma unroll
            for (int g = 0; g < P::TE; g++) {
                Vec4<T> d = *(const Vec4<T>*)(del + (o + k) * P::HS + 4 * (q + g * P::EG));
                #pragma unroll
                for (int j = 0; j < P::TO; j++)
                    #pragma unroll
                    for (int e = 0; e < 4; e++) acc[j][g][e] = fma_(r[j], d.v[e], acc[j][g][e]);
            }
        }
    }
    if (P::ACT != LINEAR) {
        #pragma unroll
        for (int j = 0; j < P::TO; j++)
            #pragma unroll
            for (int g = 0; g < P::TE; g++) {
                Vec4<T> h = *(const Vec4<T>*)(hin + (ig * P::TO + j) * P::HS + 4 * (q + g * P::EG));
                #pragma unroll
                for (int e = 0; e < 4; e++) acc[j][g][e] = dact_<P::ACT>(acc[j][g][e], h.v[e]);
            }
    }
}

template<class T, class P, int MINB>
__global__ void __launch_bounds__(P::NT, MINB) fused_tiles(const T* __restrict__ x, const T* __restrict__ y, T* __restrict__ w, const T* __restrict__ lr,
                                                          T* __restrict__ loss, int lanes, int steps, int every, int xstride) {
    extern __shared__ __align__(16) unsigned char memory[];
    T* const sm = (T*)memory;
    T* const ws = sm + P::OFF_W; T* const gs = sm + P::OFF_G; T* const hs = sm + P::OFF_H; T* const xs = sm + P::OFF_X; T* const red = sm + P::OFF_R;
    const int lane = blockIdx.x, t = threadIdx.x;
    constexpr int MM = P::W * P::W, BUF = P::W * P::HS;
    const T* const xl = x + (long long)lane * xstride;
    const T* const yl = y + (long long)lane * P::W * P::EXP;
    T* const wl = w + (long long)lane * P::D * MM;
    T* const del = hs + (P::D - 1) * BUF;
    const T rate = lr[lane], inv = (T)1 / (T)P::EX;
    for (int k = t; k < P::D * MM; k += P::NT) ws[k] = wl[k];
    if (P::XSH) for (int k = t; k < P::W * P::EXP; k += P::NT) xs[k] = xl[k];
    __syncthreads();
    int rec = 0, next = 0;
    #pragma unroll 1
    for (int step = 0; step < steps; step++) {
        const bool record = step == next || step == steps - 1;
        T part = (T)0;
        #pragma unroll 1
        for (int tile = 0; tile < P::TILES; tile++) {
            const T* const xt = (P::XSH ? (const T*)xs : xl) + tile * P::TILE;
            tiles_forward<T, P, true, false>(ws, xt, P::EXP, hs, yl, inv, false, part);
            __syncthreads();
            #pragma unroll 1
            for (int l = 1; l < P::D - 1; l++) {
                tiles_forward<T, P, false, false>(ws + l * MM, hs + (l - 1) * BUF, P::HS, hs + l * BUF, yl, inv, false, part);
                __syncthreads();
            }
            tiles_forward<T, P, false, true>(ws + (P::D - 1) * MM, hs + (P::D - 2) * BUF, P::HS, del, yl + tile * P::TILE, inv, record, part);
            __syncthreads();
            #pragma unroll 1
            for (int l = P::D - 1; l > 0; l--) {
                tiles_gradient<T, P>(del, hs + (l - 1) * BUF, P::HS, gs + l * MM, tile == 0);
                T acc[P::TO][P::TE][4];
                tiles_delta<T, P>(ws + l * MM, del, hs + (l - 1) * BUF, acc);
                __syncthreads();
                const int q = t % P::EG, ig = t / P::EG;
                #pragma unroll
                for (int j = 0; j < P::TO; j++)
                    #pragma unroll
                    for (int g = 0; g < P::TE; g++) {
                        Vec4<T> z;
                        #pragma unroll
                        for (int e = 0; e < 4; e++) z.v[e] = acc[j][g][e];
                        *(Vec4<T>*)(del + (ig * P::TO + j) * P::HS + 4 * (q + g * P::EG)) = z;
                    }
                __syncthreads();
            }
            tiles_gradient<T, P>(del, xt, P::EXP, gs, tile == 0);
            __syncthreads();
        }
        for (int k = t; k < P::D * MM; k += P::NT) ws[k] = fma_(-rate, gs[k], ws[k]);
        if (record) {
            #pragma unroll
            for (int m = 16; m > 0; m /= 2) part += __shfl_xor_sync(0xffffffffu, part, m);
            if (t % 32 == 0) red[t / 32] = part;
        }
        __syncthreads();
        if (record) {
            if (t == 0) {
                T sum = (T)0;
                for (int k = 0; k < P::NT / 32; k++) sum += red[k];
                loss[(long long)rec * lanes + lane] = sum * ((T)0.5 * inv);
            }
            rec++;
            if (step == next) next += every;
        }
    }
    for (int k = t; k < P::D * MM; k += P::NT) wl[k] = ws[k];
}

// ------------------------------------------------------------------------------------------------------------------------------
// Design B, "private": a lane is G threads of a warp (G = 32: the warp), several warps a block, no block barriers. A thread owns E
// (at most 4) examples at a time: forward and delta are chains in registers with the weights read as broadcasts; the activations
// lie in shared memory where only their thread reads them; the gradient is an outer product in registers, TO x W at a time, joined
// by a butterfly whose first two stages need no selects: a thread reads its units in an order of its own (pg).
template<int W_, int D_, int EX_, int G_, int E_, int TO_, int ACT_, int NW_, int UNR_>
struct PrivateShape {
    static constexpr int W = W_, D = D_, EX = EX_, G = G_, E = E_, TO = TO_, ACT = ACT_, NW = NW_, UNR = UNR_;
    static constexpr int TILES = EX / (G * E), EXP = TILES * G * 4, NT = NW * 32, LW = 32 / G, LANES = NW * LW;
    static constexpr int S = G, C = 1;
    static constexpr int PAD = G == 32 ? 0 : 4;                    // lanes of a warp read different banks
    static constexpr int LANEWORDS = D * W * W + PAD;
    static constexpr int OFF_X = 0;                                // [tile][unit][32 threads][4]
    static constexpr int OFF_H = OFF_X + TILES * W * 128;          // [warp][layer][unit][32][4]
    static constexpr int OFF_W = OFF_H + NW * (D - 1) * W * 128;   // [lane][D][W][W]
    static constexpr int OFF_G = OFF_W + LANES * LANEWORDS;
    static constexpr int WORDS = OFF_G + (TILES > 1 ? LANES * LANEWORDS : 0);
    static_assert(TILES * G * E == EX && E <= 4 && W % 4 == 0 && W % TO == 0 && (G == 32 || G == 16 || G == 8 || G == 4), "shape");
};

// z[o][e] = sum_i w[o][i] a[i][e], rows 4 at a time (16 chains)
template<class P>
__device__ __forceinline__ void private_forward(const float* w, const float (&a)[P::W][P::E], float (&z)[P::W][P::E]) {
    #pragma unroll
    for (int o = 0; o < P::W; o += 4)
        #pragma unroll
        for (int i = 0; i < P::W; i += 4) {
            #pragma unroll
            for (int r = 0; r < 4; r++) {
                const Vec4<float> v = *(const Vec4<float>*)(w + (o + r) * P::W + i);
                #pragma unroll
                for (int k = 0; k < 4; k++)
                    #pragma unroll
                    for (int e = 0; e < P::E; e++)
                        z[o + r][e] = i + k == 0 ? v.v[k] * a[i + k][e] : fmaf(v.v[k], a[i + k][e], z[o + r][e]);
            }
        }
}
// z[i][e] = sum_o w[o][i] d[o][e]
template<class P>
__device__ __forceinline__ void private_delta(const float* w, const float (&d)[P::W][P::E], float (&z)[P::W][P::E]) {
    #pragma unroll
    for (int i = 0; i < P::W; i += 4)
        #pragma unroll
        for (int o = 0; o < P::W; o++) {
            const Vec4<float> v = *(const Vec4<float>*)(w + o * P::W + i);
            #pragma unroll
            for (int k = 0; k < 4; k++)
                #pragma unroll
                for (int e = 0; e < P::E; e++) z[i + k][e] = o == 0 ? v.v[k] * d[o][e] : fmaf(v.v[k], d[o][e], z[i + k][e]);
        }
}

template<class P, int MINB>
__global__ void __launch_bounds__(P::NT, MINB) fused_private(const float* __restrict__ x, const float* __restrict__ y, float* __restrict__ w,
                                                             const float* __restrict__ lr, float* __restrict__ loss, int lanes, int steps, int every, int) {
    extern __shared__ __align__(16) unsigned char memory[];
    float* const sm = (float*)memory;
    constexpr int W = P::W, D = P::D, E = P::E, G = P::G, TO = P::TO, MM = W * W, GW = W / 4, UNR = P::UNR;
    constexpr int PASSES = W / TO;
    using Join = Butterfly<TO, GW, G / 8, false>;                  // the butterfly's later stages: over rows
    constexpr int RO = Join::ROWS_LEFT;
    const int thread = threadIdx.x, slot = thread % 32, warp = thread / 32, g = thread % G, here = thread / G;
    // inputs: the example group of position (tile, g), the same for every lane of the warp
    for (int k = thread; k < P::TILES * W * 128; k += P::NT) {
        const int e = k % 4, s = (k / 4) % 32, unit = (k / 128) % W, tile = k / (128 * W);
        sm[P::OFF_X + k] = x[unit * P::EXP + (tile * G + s % G) * 4 + e];
    }
    const int lane0 = blockIdx.x * P::LANES + here;
    const bool real = lane0 < lanes;
    const int lane = real ? lane0 : 0;
    float* const ws = sm + P::OFF_W + here * P::LANEWORDS;
    float* const gs = sm + P::OFF_G + here * P::LANEWORDS;
    for (int k = g; k < D * MM; k += G) ws[k] = w[(long long)lane * D * MM + k];
    const float* const yl = y + (long long)lane * W * P::EXP;
    const float rate = lr[lane], inv = 1.0f / (float)P::EX;
    // the thread's own order of units: groups of W/4, exchanged by its two high bits
    const int pg = ((g & (G / 2)) ? 2 : 0) | ((g & (G / 4)) ? 1 : 0);
    __syncthreads();
    const int hbase = P::OFF_H + warp * (D - 1) * W * 128 + slot * 4;
    int rec = 0, next = 0;
    #pragma unroll 1
    for (int step = 0; step < steps; step++) {
        const bool record = step == next || step == steps - 1;
        float part = 0.0f;
        #pragma unroll 1
        for (int tile = 0; tile < P::TILES; tile++) {
            const int xbase = P::OFF_X + tile * W * 128 + slot * 4;
            float a[W][E];
            #pragma unroll
            for (int i = 0; i < W; i++) {
                const Vec4<float> v = *(const Vec4<float>*)(sm + xbase + i * 128);
                #pragma unroll
                for (int e = 0; e < E; e++) a[i][e] = v.v[e];
            }
            #pragma unroll UNR
            for (int l = 0; l < D - 1; l++) {
                float z[W][E];
                private_forward<P>(ws + l * MM, a, z);
                #pragma unroll
                for (int o = 0; o < W; o++) {
                    Vec4<float> v;
                    #pragma unroll
                    for (int e = 0; e < 4; e++) v.v[e] = 0.0f;
                    #pragma unroll
                    for (int e = 0; e < E; e++) v.v[e] = a[o][e] = act_<P::ACT>(z[o][e]);
                    *(Vec4<float>*)(sm + hbase + (l * W + o) * 128) = v;
                }
            }
            float d[W][E];
            {
                Vec4<float> target[W];
                #pragma unroll
                for (int o = 0; o < W; o++) target[o] = *(const Vec4<float>*)(yl + o * P::EXP + (tile * G + g) * 4);
                private_forward<P>(ws + (D - 1) * MM, a, d);
                #pragma unroll
                for (int o = 0; o < W; o++)
                    #pragma unroll
                    for (int e = 0; e < E; e++) {
                        const float r = d[o][e] - target[o].v[e];
                        if (record) part = fmaf(r, r, part);
                        d[o][e] = r * inv;
                    }
            }
            #pragma unroll UNR
            for (int l = D - 1; l >= 0; l--) {
                const int base = l == 0 ? xbase : hbase + (l - 1) * W * 128;
                float kept[PASSES][RO][GW];
                int off = 0, none = 0, dup = 0;
                #pragma unroll
                for (int p = 0; p < PASSES; p++) {
                    float acc[TO][W];
                    #pragma unroll
                    for (int k = 0; k < 4; k++) {
                        const float* const hp = sm + base + ((k ^ pg) * GW) * 128;
                        #pragma unroll
                        for (int j = 0; j < GW; j++) {
                            const Vec4<float> h = *(const Vec4<float>*)(hp + j * 128);
                            #pragma unroll
                            for (int e = 0; e < E; e++)
                                #pragma unroll
                                for (int o = 0; o < TO; o++)
                                    acc[o][k * GW + j] = e == 0 ? d[p * TO + o][e] * h.v[e] : fmaf(d[p * TO + o][e], h.v[e], acc[o][k * GW + j]);
                        }
                    }
                    #pragma unroll
                    for (int o = 0; o < TO; o++)
                        #pragma unroll
                        for (int i = 0; i < 2 * GW; i++) acc[o][i] += __shfl_xor_sync(0xffffffffu, acc[o][i + 2 * GW], G / 2);
                    float flat[TO * GW];
                    #pragma unroll
                    for (int o = 0; o < TO; o++)
                        #pragma unroll
                        for (int i = 0; i < GW; i++) flat[o * GW + i] = acc[o][i] + __shfl_xor_sync(0xffffffffu, acc[o][i + GW], G / 4);
                    off = 0;
                    Join::run(flat, g, off, none, dup, &kept[p][0][0]);
                }
                if (l > 0) {
                    float z[W][E];
                    private_delta<P>(ws + l * MM, d, z);
                    #pragma unroll
                    for (int i = 0; i < W; i++) {
                        if (P::ACT == LINEAR) {
                            #pragma unroll
                            for (int e = 0; e < E; e++) d[i][e] = z[i][e];
                        } else {
                            const Vec4<float> h = *(const Vec4<float>*)(sm + base + i * 128);
                            #pragma unroll
                            for (int e = 0; e < E; e++) d[i][e] = dact_<P::ACT>(z[i][e], h.v[e]);
                        }
                    }
                }
                __syncwarp();
                if ((g & dup) == 0) {
                    #pragma unroll
                    for (int p = 0; p < PASSES; p++)
                        #pragma unroll
                        for (int r = 0; r < RO; r++)
                            #pragma unroll
                            for (int c = 0; c < GW; c++) {
                                const int at = l * MM + (p * TO + off + r) * W + pg * GW + c;
                                float v = kept[p][r][c];
                                if (P::TILES > 1 && tile > 0) v = gs[at] + v;
                                if (tile == P::TILES - 1) ws[at] = fmaf(-rate, v, ws[at]);
                                else gs[at] = v;
                            }
                }
            }
            __syncwarp();
        }
        if (record) {
            #pragma unroll
            for (int m = G / 2; m > 0; m /= 2) part += __shfl_xor_sync(0xffffffffu, part, m);
            if (g == 0 && real) loss[(long long)rec * lanes + lane] = part * (0.5f * inv);
            rec++;
            if (step == next) next += every;
        }
    }
    if (real)
        for (int k = g; k < D * MM; k += G) w[(long long)lane * D * MM + k] = ws[k];
}

#endif
