# Compiles every line of configs.txt by NVRTC (no GPU needed), as the engine would: seconds, registers, spills, size. nvrtc_try.py LIBRARY [ONLY] [FOLDER FOR CUBINS]
import ctypes, glob, os, re, sys, time
here = os.path.dirname(os.path.abspath(__file__))
lib, only, keep = (sys.argv[1:] + ["", "", ""])[:3]
if not lib or lib == "auto":
    import sysconfig
    site = sysconfig.get_paths()["purelib"]
    found = glob.glob(site + "/nvidia/cu13/lib/libnvrtc.so.1*") + glob.glob(site + "/nvidia/cuda_nvrtc/lib/libnvrtc.so.1*") + glob.glob("/usr/local/cuda*/lib64/libnvrtc.so.1*")
    lib = [f for f in found if "builtins" not in f][0]
n = ctypes.CDLL(lib)
text = open(here + "/fused_kernels.cuh").read()
tail = r"""
#ifndef ACTIVATION
#define ACTIVATION LINEAR
#endif
#ifdef F_TILES
using Shape = TilesShape<REAL, WIDTH, 4, EXAMPLES, F_TILE, F_THREADS, F_TE, F_TO, F_GO, F_GI, F_S, F_PAD, ACTIVATION, F_XSH>;
template __global__ void fused_tiles<REAL, Shape, F_MINB>(const REAL*, const REAL*, REAL*, const REAL*, REAL*, int, int, int, int);
#else
using Shape = PrivateShape<WIDTH, 4, EXAMPLES, F_G, F_E, F_TO, ACTIVATION, F_NW, F_UNR>;
template __global__ void fused_private<Shape, F_MINB>(const float*, const float*, float*, const float*, float*, int, int, int, int);
#endif
"""
v = (ctypes.c_int(), ctypes.c_int()); n.nvrtcVersion(ctypes.byref(v[0]), ctypes.byref(v[1]))
print("NVRTC %d.%d %s" % (v[0].value, v[1].value, lib))
for line in open(here + "/configs.txt"):
    line = line.split("#")[0].split()
    if not line or only not in line[0]: continue
    begin = time.time()
    p = ctypes.c_void_p()
    assert n.nvrtcCreateProgram(ctypes.byref(p), (text + tail).encode(), b"fused.cu", 0, None, None) == 0
    opts = ["--gpu-architecture=sm_90", "--std=c++17", "--fmad=false", "--ptxas-options=-v"] + line[1:]
    arr = (ctypes.c_char_p * len(opts))(*[o.encode() for o in opts])
    rc = n.nvrtcCompileProgram(p, len(opts), arr)
    size = ctypes.c_size_t(); n.nvrtcGetProgramLogSize(p, ctypes.byref(size))
    log = ctypes.create_string_buffer(size.value); n.nvrtcGetProgramLog(p, log); log = log.value.decode()
    took = time.time() - begin
    if rc: print(line[0], "FAILED", log[:3000]); continue
    n.nvrtcGetCUBINSize(p, ctypes.byref(size)); cubin = ctypes.create_string_buffer(size.value); n.nvrtcGetCUBIN(p, cubin)
    if keep: open("%s/%s.cubin" % (keep, line[0]), "wb").write(cubin.raw)
    regs = re.findall(r"Used (\d+) registers", log); spills = re.findall(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads", log)
    print("%-26s %5.2f s  registers %s  stack, spill stores, loads %s  cubin %d bytes" % (line[0], took, ",".join(regs), spills, size.value), flush=True)
    n.nvrtcDestroyProgram(ctypes.byref(p))
