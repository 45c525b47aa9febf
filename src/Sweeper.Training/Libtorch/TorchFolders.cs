using System.Reflection;
using Sweeper.Core.Errors;

namespace Sweeper.Training.Libtorch;

/// <summary>Where the native libraries are.</summary>
/// <param name="Libtorch">Folder of libtorch_cpu.so.</param>
/// <param name="TorchSharp">Path of libLibTorchSharp.so.</param>
/// <param name="Source">Which of the places it is.</param>
internal sealed record TorchFolders(string Libtorch, string TorchSharp, string Source)
{
    private const string Binding = "libLibTorchSharp.so";

    /// <summary>The library in which libtorch computes on the CPU.</summary>
    public const string Core = "libtorch_cpu.so";

    /// <summary>The folder the user named, else beside the executable, else the package folders known since the build.</summary>
    public static TorchFolders Find()
    {
        var beside = AppContext.BaseDirectory;
        var binding = FirstWith(Binding, beside, Path.Combine(beside, "runtimes/linux-x64/native"), BuildTime("TorchSharpFolder"))
            ?? throw TorchRuntime.Failure($"{Binding} is neither beside the executable nor in the package folder");
        var folder = Path.GetDirectoryName(binding)!;
        if (Environment.GetEnvironmentVariable("SWEEPER_LIBTORCH") is { Length: > 0 } named)
        {
            return File.Exists(Path.Combine(named, Core))
                ? new TorchFolders(Path.GetFullPath(named), binding, "SWEEPER_LIBTORCH")
                : throw new SweepException(ExitCode.Preflight, $"SWEEPER_LIBTORCH names {named}, where there is no {Core}",
                    $"set it to the torch/lib folder of a PyTorch {TorchRuntime.Versions} install, or unset it");
        }

        if (FirstWith(Core, beside, folder) is { } found)
        {
            return new TorchFolders(Path.GetDirectoryName(found)!, binding, "beside the executable");
        }

        return BuildTime("LibtorchFolder") is { } package && File.Exists(Path.Combine(package, Core))
            ? new TorchFolders(package, binding, "package folder")
            : throw TorchRuntime.Failure($"{Core} is neither beside the executable nor in the package folder");
    }

    /// <summary>What to load, in order, so that each finds what it needs already there; CUDA's parts only where they exist.</summary>
    public IEnumerable<string> Libraries()
    {
        string[] order = ["libgomp-*.so*", "libc10.so", "libc10_cuda.so", Core, "libtorch_cuda.so", "libtorch.so"];
        return order.SelectMany(pattern => Directory.EnumerateFiles(Libtorch, pattern).Order(StringComparer.Ordinal));
    }

    private static string? FirstWith(string file, params string?[] folders) =>
        folders.Where(folder => folder is not null).Select(folder => Path.Combine(folder!, file)).FirstOrDefault(File.Exists);

    private static string? BuildTime(string key) => typeof(TorchFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == key)?.Value;
}
