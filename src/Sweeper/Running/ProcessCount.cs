using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Composition;
using Sweeper.Core.Errors;

namespace Sweeper.Running;

/// <summary>How many worker processes a run starts, and on what.</summary>
/// <param name="Workers">So many on the CPU; null when GPUs are asked for.</param>
/// <param name="Gpus">`all`, or a number; null when there are none to be used.</param>
internal sealed record ProcessCount(int? Workers, string? Gpus)
{
    private const string All = "all";

    /// <summary>Throws <see cref="SweepException"/> (usage) for what is a number of processes nowhere.</summary>
    public ProcessCount Checked() => this switch
    {
        { Gpus: null, Workers: not > 0 } => throw new SweepException(
            ExitCode.Usage, $"--workers {Workers} trains nothing", "give it at least 1, or leave it out"),
        { Gpus: not (null or All) } when !int.TryParse(Gpus, CultureInfo.InvariantCulture, out var number) || number < 1 =>
            throw new SweepException(ExitCode.Usage, $"--gpus {Gpus} is neither a number nor `all`", "write --gpus all, or --gpus 2"),
        _ => this,
    };

    /// <summary>The device of each process. Throws <see cref="SweepException"/> (preflight) where there are not so many GPUs.</summary>
    public ImmutableArray<string> Devices()
    {
        if (Gpus is null)
        {
            return [.. Enumerable.Repeat(CompositionRoot.Cpu, Workers!.Value)];
        }

        var here = CompositionRoot.Gpus();
        var wanted = Gpus == All ? here.Length : int.Parse(Gpus, CultureInfo.InvariantCulture);
        return here.Length > 0 && wanted <= here.Length
            ? here[..wanted]
            : throw new SweepException(
                ExitCode.Preflight, $"there are {here.Length} GPUs here",
                "`sweeper doctor` lists the devices; --workers N trains on the CPU");
    }
}
