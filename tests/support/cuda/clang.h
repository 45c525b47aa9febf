// What clang's CUDA headers and NVIDIA's would say, as far as kernels need it: so that clang alone makes code for GPUs of them.
#define __global__ __attribute__((global))
#define __device__ __attribute__((device))
#define __shared__ __attribute__((shared))
#define __forceinline__ __inline__ __attribute__((always_inline))
#define __align__(n) __attribute__((aligned(n)))
#define __launch_bounds__(n) __attribute__((launch_bounds(n)))
struct Place { int x; };
#define threadIdx (Place{__nvvm_read_ptx_sreg_tid_x()})
#define blockIdx (Place{__nvvm_read_ptx_sreg_ctaid_x()})
inline __device__ float __fmaf_rn(float a, float b, float c) { return __nvvm_fma_rn_f(a, b, c); }
inline __device__ double __fma_rn(double a, double b, double c) { return __nvvm_fma_rn_d(a, b, c); }
inline __device__ float __fdiv_rn(float a, float b) { return __nvvm_div_rn_f(a, b); }
inline __device__ double __ddiv_rn(double a, double b) { return __nvvm_div_rn_d(a, b); }
inline __device__ float __fsqrt_rn(float a) { return __nvvm_sqrt_rn_f(a); }
inline __device__ double __dsqrt_rn(double a) { return __nvvm_sqrt_rn_d(a); }
inline __device__ int __float_as_int(float a) { return __builtin_bit_cast(int, a); }
inline __device__ float __int_as_float(int a) { return __builtin_bit_cast(float, a); }
inline __device__ long long __double_as_longlong(double a) { return __builtin_bit_cast(long long, a); }
inline __device__ double __longlong_as_double(long long a) { return __builtin_bit_cast(double, a); }
