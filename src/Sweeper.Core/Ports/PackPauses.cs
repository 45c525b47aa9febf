namespace Sweeper.Core.Ports;

/// <summary>Where a pack begins, and when it may pause: only after a measurement that is not the last.</summary>
/// <param name="From">Content of the checkpoint to go on from; null for the first step.</param>
/// <param name="Every">
/// Wall time of training after which it pauses. Longer where beginning again takes long: a pack trains several times as long
/// as it was built.
/// </param>
/// <param name="Asked">Asks for a pause as soon as one is possible.</param>
public sealed record PackPauses(ReadOnlyMemory<byte>? From, TimeSpan Every, CancellationToken Asked);

/// <summary>All that a paused pack goes on from, in a fresh runner and to the bit.</summary>
/// <param name="Step">Up to this step everything asked for was written; what was measured beyond it is in the content.</param>
/// <param name="Content">What only the runner reads.</param>
public sealed record PackCheckpoint(long Step, ReadOnlyMemory<byte> Content);
