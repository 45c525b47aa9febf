namespace Sweeper.Support;

/// <summary>Kernels as programs of the processor (emulation.h).</summary>
internal static class Emulation
{
    /// <summary>
    /// The name of the function that runs a kernel: (blocks, threads, shared memory, seed, argument), null or what went wrong.
    /// </summary>
    public const string Entry = "emulate";

    /// <summary>The text in front of a kernel's source.</summary>
    public static string Header { get; } = Read("emulation.h");

    /// <summary>The text after it.</summary>
    public const string Tail = $$"""

        extern "C" const char* {{Entry}}(unsigned blocks, unsigned threads, unsigned shared, unsigned seed, const void* argument) {
            static Training given;
            __builtin_memcpy(&given, argument, sizeof given);
            return emulation::launch(blocks, threads, shared, seed, [] { train(given); });
        }
        """;

    /// <summary>The kernel `train` of a source with an entry for the processor.</summary>
    public static string Of(string source) => Header + source + Tail;

    /// <summary>A library that stands for those of CUDA (fake.h).</summary>
    public static string FakeCuda => $"""
        static const char HEADER[] = R"HEADER({Header})HEADER";
        static const char TAIL[] = R"TAIL({Tail})TAIL";
        #define COMPILE "{HostCompiler.Command("%s.cpp", "%s.so")} > %s.log 2>&1"
        {Read("fake.h")}
        """;

    /// <summary>An embedded text.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(Emulation).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
