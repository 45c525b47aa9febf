// A block of a GPU on a processor, in front of a kernel's source: its threads are fibers. Between two barriers each runs as far as it can, in a
// random order that changes at every barrier; shared memory is filled with NaN before every block, and what lies behind it must stay so. So a
// barrier that is missing, or a place that is read before it is written, shows as another result.
#include <ucontext.h>

#define __global__
#define __device__
#define __shared__
#define __forceinline__ inline
#define __align__(n) __attribute__((aligned(n)))
#define __launch_bounds__(n)

__attribute__((aligned(64))) unsigned char memory[256 << 10];

namespace emulation {
struct Place { unsigned x; };
enum State { WAITING, DONE };
constexpr unsigned MOST_THREADS = 1024, STACK = 64 << 10;
static Place thread, block;
static ucontext_t host, fibers[MOST_THREADS];
static State states[MOST_THREADS];
static unsigned char stacks[MOST_THREADS][STACK];
static void (*body)();

static void leave(State state) {
    const unsigned own = thread.x;
    states[own] = state;
    swapcontext(&fibers[own], &host);
}
static void run() { body(); leave(DONE); }

// Runs blocks of a kernel; null, or what went wrong.
static const char* launch(unsigned blocks, unsigned threads, unsigned shared, unsigned seed, void (*kernel)()) {
    if (shared > sizeof memory || threads > MOST_THREADS) return "more than a block can have";
    unsigned long long random = seed;
    unsigned order[MOST_THREADS];
    for (unsigned t = 0; t < threads; t++) order[t] = t;
    body = kernel;
    for (block.x = 0; block.x < blocks; block.x++) {
        __builtin_memset(memory, 0xff, sizeof memory);
        for (unsigned t = 0; t < threads; t++) {
            getcontext(&fibers[t]);
            fibers[t].uc_stack.ss_sp = stacks[t];
            fibers[t].uc_stack.ss_size = STACK;
            fibers[t].uc_link = nullptr;
            makecontext(&fibers[t], run, 0);
        }
        for (unsigned done = 0; done < threads;) {
            for (unsigned t = threads - 1; t > 0; t--) {
                random = random * 6364136223846793005u + 1442695040888963407u;
                const unsigned other = (random >> 33) % (t + 1), kept = order[t];
                order[t] = order[other];
                order[other] = kept;
            }
            done = 0;
            for (unsigned place = 0; place < threads; place++) {
                thread.x = order[place];
                swapcontext(&host, &fibers[thread.x]);
                done += states[thread.x] == DONE;
            }
            if (done > 0 && done < threads) return "some threads ended while others wait at a barrier";
        }
        for (unsigned at = shared; at < sizeof memory; at++) if (memory[at] != 0xff) return "a write behind shared memory";
    }
    return nullptr;
}
}

#define threadIdx emulation::thread
#define blockIdx emulation::block

inline void __syncthreads() { emulation::leave(emulation::WAITING); }
inline float __fmaf_rn(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
inline double __fma_rn(double a, double b, double c) { return __builtin_fma(a, b, c); }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline double __ddiv_rn(double a, double b) { return a / b; }
inline float __fsqrt_rn(float a) { return __builtin_sqrtf(a); }
inline double __dsqrt_rn(double a) { return __builtin_sqrt(a); }
template<class To, class From> To same_bits(From from) { To to; __builtin_memcpy(&to, &from, sizeof to); return to; }
inline int __float_as_int(float a) { return same_bits<int>(a); }
inline float __int_as_float(int a) { return same_bits<float>(a); }
inline long long __double_as_longlong(double a) { return same_bits<long long>(a); }
inline double __longlong_as_double(long long a) { return same_bits<double>(a); }
