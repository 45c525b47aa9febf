// What stands for libcuda and libnvrtc in tests: memory is the processor's, and kernels are compiled for it (emulation.h). In front of this text
// stand HEADER and TAIL, what a kernel's source needs around it, and COMPILE, the command that makes a library of %s.cpp.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <unistd.h>

namespace {
typedef const char* Run(unsigned blocks, unsigned threads, unsigned shared, unsigned seed, const void* argument);
struct Program { std::string source, code, log; };
int compilations, launches, contexts, depth, modules;
constexpr int DRIVER_FAILED = 999, COMPILATION_FAILED = 6;

std::string read(const std::string& path) {
    std::string text;
    if (FILE* file = fopen(path.c_str(), "rb")) {
        char part[4096];
        for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;) text.append(part, n);
        fclose(file);
    }
    return text;
}
void write(const std::string& path, const void* bytes, size_t size) {
    FILE* file = fopen(path.c_str(), "wb");
    fwrite(bytes, 1, size, file);
    fclose(file);
}
std::string draft() {
    char name[] = "/tmp/sweeper-fake-XXXXXX";
    close(mkstemp(name));
    return name;
}
}

extern "C" {
// What a test asks: compilations, launches, contexts that are held, contexts that are pushed, modules that are loaded.
int fakeCount(int which) { const int all[] = { compilations, launches, contexts, depth, modules }; return all[which]; }

int nvrtcVersion(int* major, int* minor) { *major = 13; *minor = 0; return 0; }
const char* nvrtcGetErrorString(int) { return "an error of the fake"; }
int nvrtcCreateProgram(Program** program, const char* source, const char*, int, const void*, const void*) {
    *program = new Program{source, "", ""};
    return 0;
}
int nvrtcDestroyProgram(Program** program) { delete *program; return 0; }
int nvrtcCompileProgram(Program* program, int, const char* const*) {
    compilations++;
    const std::string path = draft(), text = HEADER + program->source + TAIL;
    write(path + ".cpp", text.data(), text.size());
    char command[4096];
    snprintf(command, sizeof command, COMPILE, path.c_str(), path.c_str(), path.c_str());
    const int failed = system(command);
    program->code = read(path + ".so");
    program->log = read(path + ".log");
    for (const char* end : { "", ".cpp", ".so", ".log" }) unlink((path + end).c_str());
    // The length stands in front, since cuModuleLoadData is told none.
    const uint64_t size = program->code.size();
    program->code.insert(0, (const char*)&size, sizeof size);
    return failed ? COMPILATION_FAILED : 0;
}
int nvrtcGetCUBINSize(Program* program, size_t* size) { *size = program->code.size(); return 0; }
int nvrtcGetCUBIN(Program* program, char* code) { memcpy(code, program->code.data(), program->code.size()); return 0; }
int nvrtcGetProgramLogSize(Program* program, size_t* size) { *size = program->log.size() + 1; return 0; }
int nvrtcGetProgramLog(Program* program, char* log) { memcpy(log, program->log.c_str(), program->log.size() + 1); return 0; }

int cuInit(unsigned) { return 0; }
int cuGetErrorName(int, const char** name) { *name = "CUDA_ERROR_OF_THE_FAKE"; return 0; }
int cuDeviceGetCount(int* count) { *count = 1; return 0; }
int cuDeviceGet(int* device, int place) { *device = place; return place == 0 ? 0 : DRIVER_FAILED; }
int cuDeviceGetName(char* name, int size, int) { snprintf(name, size, "a GPU that is none"); return 0; }
int cuDeviceTotalMem_v2(size_t* bytes, int) { *bytes = (size_t)1 << 34; return 0; }
int cuDeviceGetAttribute(int* value, int attribute, int) {
    *value = attribute == 75 ? 9 : attribute == 97 ? 227 << 10 : 0;
    return 0;
}
int cuDevicePrimaryCtxRetain(void** context, int) { contexts++; *context = &contexts; return 0; }
int cuDevicePrimaryCtxRelease_v2(int) { contexts--; return 0; }
int cuCtxPushCurrent_v2(void* context) { depth++; return context == &contexts ? 0 : DRIVER_FAILED; }
int cuCtxPopCurrent_v2(void** context) { depth--; *context = &contexts; return 0; }
int cuModuleLoadData(void** module, const char* code) {
    uint64_t size;
    memcpy(&size, code, sizeof size);
    const std::string path = draft();
    write(path, code + sizeof size, size);
    *module = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    unlink(path.c_str());
    modules++;
    return *module && depth == 1 ? 0 : DRIVER_FAILED;
}
int cuModuleUnload(void* module) { modules--; dlclose(module); return 0; }
int cuModuleGetFunction(void** function, void* module, const char* name) {
    *function = strcmp(name, "train") == 0 ? dlsym(module, "emulate") : nullptr;
    return *function ? 0 : DRIVER_FAILED;
}
int cuFuncSetAttribute(void*, int attribute, int bytes) { return attribute == 8 && bytes <= 227 << 10 ? 0 : DRIVER_FAILED; }
int cuMemcpyHtoD_v2(void* to, const void* from, size_t size) { memcpy(to, from, size); return depth == 1 ? 0 : DRIVER_FAILED; }
int cuLaunchKernel(
    Run* run, unsigned blocks, unsigned, unsigned, unsigned threads, unsigned, unsigned, unsigned shared, void*, void** arguments, void**) {
    const char* fault = run(blocks, threads, shared, ++launches, arguments[0]);
    if (fault) fprintf(stderr, "%s\n", fault);
    return fault || depth != 1 ? DRIVER_FAILED : 0;
}
int cuStreamSynchronize(void*) { return depth == 1 ? 0 : DRIVER_FAILED; }
}
