namespace Sweeper.Core.Measurements;

/// <summary>One parameter of the networks of several trials, to be kept beside the rows.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Parameter">Its name in the network's layout.</param>
/// <param name="Member">Network inside the trial; 0 where there is one.</param>
/// <param name="Trials">Positions in <see cref="Packing.PackWork.Trials"/>, ascending; diverged trials are absent.</param>
/// <param name="Type">Of its numbers.</param>
/// <param name="Shape">Of one network's.</param>
/// <param name="Content">The numbers of one trial after the other, as the machine has them (little endian).</param>
public sealed record WeightsBlock(
    long Step, string Parameter, int Member, ReadOnlyMemory<int> Trials, NumberType Type, ReadOnlyMemory<int> Shape,
    ReadOnlyMemory<byte> Content)
    : PackBlock(Step)
{
    /// <summary>The numbers of one trial, by its place in <see cref="Trials"/>.</summary>
    public ReadOnlyMemory<byte> ContentOf(int row) =>
        Content.Length / Trials.Length is var bytes ? Content.Slice(row * bytes, bytes) : default;
}
