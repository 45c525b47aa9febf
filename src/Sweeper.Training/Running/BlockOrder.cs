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
    public void Send(PackBlock block)
    {
        if (waiting.Count == 0)
        {
            sink.Write(block);
        }
        else
        {
            waiting.Add(new Waiting.Ready(block));
        }
    }

    /// <summary>Something that is measured at the end, before what else is measured at its step.</summary>
    public void SendAtEnd(Waiting.AtEnd later) => waiting.Add(later);

    /// <summary>The end: all that waits is measured and written.</summary>
    public void End(Action<Waiting.AtEnd, Action<PackBlock>> measure)
    {
        foreach (var one in waiting)
        {
            switch (one)
            {
                case Waiting.Ready ready:
                    sink.Write(ready.Block);
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
                case Waiting.Ready { Block: MeasurementBlock block }:
                    archive.Put($"{name}.series", JsonSerializer.Serialize(block.Series));
                    archive.Put($"{name}.width", block.Width);
                    archive.Put($"{name}.trials", tensor(Longs(block.Trials)));
                    archive.Put($"{name}.values", tensor(block.Values.ToArray()));
                    break;
                case Waiting.Ready { Block: WeightsBlock block }:
                    archive.Put($"{name}.parameter", block.Parameter);
                    archive.Put($"{name}.member", block.Member);
                    archive.Put($"{name}.shape", tensor(Longs(block.Shape)));
                    archive.Put($"{name}.trials", tensor(Longs(block.Trials)));
                    archive.Put($"{name}.weights", ToTensor(block));
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
            waiting.Add(Load(archive, NameOf(place), Ints(trials)));
        }
    }

    private static Waiting Load(StateArchive archive, string name, int[] trials)
    {
        var step = archive.Number($"{name}.step");
        if (archive.Find($"{name}.networks") is { } networks)
        {
            return new Waiting.AtEnd(step, networks, trials);
        }

        if (archive.Find($"{name}.weights") is { } weights)
        {
            var host = weights.cpu();
            return new Waiting.Ready(new WeightsBlock(
                step, archive.Text($"{name}.parameter"), (int)archive.Number($"{name}.member"), trials, NumberTypes.Of(host.dtype),
                Ints(archive.Find($"{name}.shape")!), host.bytes.ToArray()));
        }

        var series = JsonSerializer.Deserialize<SeriesKey>(archive.Text($"{name}.series"))!;
        return Enum.IsDefined(series.Source)
            ? new Waiting.Ready(new MeasurementBlock(
                step, series, trials, (int)archive.Number($"{name}.width"), archive.Find($"{name}.values")!.cpu().data<double>().ToArray()))
            : throw new InvalidDataException("the checkpoint holds weights as an earlier version of Sweeper wrote them");
    }

    private static Tensor ToTensor(WeightsBlock block)
    {
        var weights = empty([block.Trials.Length, .. Longs(block.Shape)], NumberTypes.Of(block.Type));
        block.Content.Span.CopyTo(weights.bytes);
        return weights;
    }

    private static string NameOf(int place) => $"waiting.{place}";

    private static long[] Longs(ReadOnlyMemory<int> numbers) => Array.ConvertAll(numbers.ToArray(), number => (long)number);

    private static int[] Ints(Tensor numbers) => Array.ConvertAll(numbers.cpu().data<long>().ToArray(), number => (int)number);
}

/// <summary>What waits for the end of training.</summary>
internal abstract record Waiting(long Step)
{
    /// <summary>A block that only has to be written.</summary>
    public sealed record Ready(PackBlock Block) : Waiting(Block.Step);

    /// <summary>Something to be measured then.</summary>
    /// <param name="Step">At which step it belongs.</param>
    /// <param name="Networks">[K, P], a copy of what they were.</param>
    /// <param name="Trials">That were alive.</param>
    public sealed record AtEnd(long Step, Tensor Networks, int[] Trials) : Waiting(Step);
}
