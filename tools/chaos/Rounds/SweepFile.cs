namespace Sweeper.Chaos.Rounds;

/// <summary>A sweep that is trained under faults.</summary>
/// <param name="Path">Its file.</param>
internal sealed record SweepFile(string Path)
{
    /// <summary>Its name, which is that of its results folder.</summary>
    public string Name { get; } = File.ReadLines(Path)
        .First(line => line.StartsWith("sweep:", StringComparison.Ordinal))["sweep:".Length..].Trim();

    /// <summary>One of those beside this tool.</summary>
    public static SweepFile Of(string name) => new(System.IO.Path.Combine(Checkout.Root, "tools/chaos/sweeps", name + ".yaml"));
}
