using System.Text.Json;
using Sweeper.Core.Measurements;
using Sweeper.Core.Ports;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// Blocks on their way to a sink, which takes ascending steps: after one that can be measured only at the end, all others wait.
/// </summary>
internal sealed class BlockOrder(IMeasurementSink sink)
{
    private readonly List<Waiting> waiting = [];

    /// <summary>The last step all of whose blocks are written, while later ones wait; null when none does.</summary>
    public long? WrittenUpTo => waiting is [var first, ..] ? first.Step - 1 : null;

    /// <summary>Writes a block, or lets it wait after what waits already.</summary>
    public void Send(MeasurementBlock block)
    {
        if (waiting.Count == 0)
        {
            sink.Write(block);
        }
        else
        {
            waiting.Add(new Waiting.Measured(block));
        }
    }

    /// <summary>Something that is measured at the end, before what else is measured at its step.</summary>
    public void SendAtEnd(Waiting.AtEnd later) => waiting.Add(later);

    /// <summary>The end: all that waits is measured and written.</summary>
    public void End(Action<Waiting.AtEnd, Action<MeasurementBlock>> measure)
    {
        foreach (var one in waiting)
        {
            switch (one)
            {
                case Waiting.Measured measured:
                    sink.Write(measured.Block);
                    break;
                case Waiting.AtEnd later:
                    measure(later, sink.Write);
                    break;
            }
        }

        waiting.Clear();
    }

    /// <summary>Writes what waits.</summary>
    public void Save(StateArchive archive)
    {
        foreach (var (place, one) in waiting.Index())
        {
            var name = NameOf(place);
            archive.Put($"{name}.step", one.Step);
            switch (one)
            {
                case Waiting.Measured { Block: var block }:
                    archive.Put($"{name}.series", JsonSerializer.Serialize(block.Series));
                    archive.Put($"{name}.width", block.Width);
                    archive.Put($"{name}.shape", tensor(Longs(block.Shape)));
                    archive.Put($"{name}.trials", tensor(Longs(block.Trials)));
                    archive.Put($"{name}.values", tensor(block.Values.ToArray()));
                    break;
                case Waiting.AtEnd later:
                    archive.Put($"{name}.trials", tensor(Longs(later.Trials)));
                    archive.Put($"{name}.networks", later.Networks);
                    break;
            }
        }
    }

    /// <summary>Lets the same wait again.</summary>
    public void Load(StateArchive archive)
    {
        for (var place = 0; archive.Find($"{NameOf(place)}.trials") is { } trials; place++)
        {
            var name = NameOf(place);
            var step = archive.Number($"{name}.step");
            waiting.Add(archive.Find($"{name}.networks") is { } networks
                ? new Waiting.AtEnd(step, networks, Ints(trials))
                : new Waiting.Measured(new MeasurementBlock(
                    step, JsonSerializer.Deserialize<SeriesKey>(archive.Text($"{name}.series"))!, Ints(trials), (int)archive.Number($"{name}.width"),
                    archive.Find($"{name}.values")!.cpu().data<double>().ToArray())
                {
                    Shape = Ints(archive.Find($"{name}.shape")!),
                }));
        }
    }

    private static string NameOf(int place) => $"waiting.{place}";

    private static long[] Longs(ReadOnlyMemory<int> numbers) => Array.ConvertAll(numbers.ToArray(), number => (long)number);

    private static int[] Ints(Tensor numbers) => Array.ConvertAll(numbers.cpu().data<long>().ToArray(), number => (int)number);
}

/// <summary>What waits for the end of training.</summary>
internal abstract record Waiting(long Step)
{
    /// <summary>A block that is measured.</summary>
    public sealed record Measured(MeasurementBlock Block) : Waiting(Block.Step);

    /// <summary>Something to be measured then.</summary>
    /// <param name="Step">At which step it belongs.</param>
    /// <param name="Networks">[K, P], a copy of what they were.</param>
    /// <param name="Trials">That were alive.</param>
    public sealed record AtEnd(long Step, Tensor Networks, int[] Trials) : Waiting(Step);
}
