using System.Collections.Immutable;
using Sweeper.Core.Errors;

namespace Sweeper.Composition;

/// <summary>How many worker processes a run starts, and on what.</summary>
/// <param name="Workers">So many on the CPU; null when GPUs are asked for.</param>
/// <param name="Gpus">`all`, or a number; null when there are none to be used.</param>
internal sealed record ProcessCount(int? Workers, string? Gpus)
{
    /// <summary>The device of each process. Throws <see cref="SweepException"/>.</summary>
    public ImmutableArray<string> Devices()
    {
        if (Gpus is null)
        {
            return Workers is > 0 and var count
                ? [.. Enumerable.Repeat("cpu", count)]
                : throw new SweepException(ExitCode.Usage, $"--workers {Workers} trains nothing", "give it at least 1, or leave it out");
        }

        var here = House.Gpus();
        var wanted = Gpus == "all" ? here.Length
            : int.TryParse(Gpus, out var number) && number > 0 ? number
            : throw new SweepException(ExitCode.Usage, $"--gpus {Gpus} is neither a number nor `all`", "write --gpus all, or --gpus 2");
        return here.Length > 0 && wanted <= here.Length
            ? here[..wanted]
            : throw new SweepException(ExitCode.Preflight, $"there are {here.Length} GPUs here", "`sweeper doctor` lists the devices; --workers N trains on the CPU");
    }
}
