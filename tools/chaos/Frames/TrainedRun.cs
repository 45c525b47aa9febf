namespace Sweeper.Chaos.Frames;

/// <summary>How a sweep went.</summary>
/// <param name="Folder">Its results.</param>
/// <param name="Took">From the first process to its end.</param>
/// <param name="PeakMegabytes">Most memory that the coordinator had until then; not a number when it was not one process.</param>
/// <param name="Wrong">What is not as it should be.</param>
internal sealed record TrainedRun(string Folder, TimeSpan Took, double PeakMegabytes, IReadOnlyList<string> Wrong);
