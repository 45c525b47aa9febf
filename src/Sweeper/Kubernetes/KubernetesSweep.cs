using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Sweeper.Core.Errors;

namespace Sweeper.Kubernetes;

/// <summary>The sweep that pods are to run.</summary>
/// <param name="Name">Name of the sweep.</param>
/// <param name="Path">The sweep file, for messages.</param>
/// <param name="Text">All of it.</param>
/// <param name="Overrides">Further arguments of `sweeper submit`.</param>
internal sealed partial record KubernetesSweep(string Name, string Path, string Text, ImmutableArray<string> Overrides)
{
    /// <summary>A ConfigMap with its names.</summary>
    private const int MostBytes = (1 << 20) - 4096;

    /// <summary>Data sets that it learns from files, and that no volume is named for.</summary>
    public ImmutableArray<string> Lacking { get; init; } = [];

    /// <summary>The file's own name: it may be that of the sweep.</summary>
    public string File => System.IO.Path.GetFileName(Path);

    /// <summary>Throws <see cref="SweepException"/> (usage) for a file that no ConfigMap can hold.</summary>
    public KubernetesSweep Checked() =>
        !Key().IsMatch(File) ? throw new SweepException(
            ExitCode.Usage, "a ConfigMap cannot hold a file of this name", "Give it one of letters, digits, '-', '_' and '.'.", Path)
        : Encoding.UTF8.GetByteCount(Text) > MostBytes
            ? throw new SweepException(
                ExitCode.Usage, "this sweep file is larger than a ConfigMap may be (1 MiB)",
                "Write its axes as `linspace`, `logspace` or ranges.", Path)
        : this;

    [GeneratedRegex(@"^[-._a-zA-Z0-9]{1,253}\z")]
    private static partial Regex Key();
}
