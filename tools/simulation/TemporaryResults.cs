namespace Sweeper.Simulation;

/// <summary>A folder on the disk that results usually go to, removed at the end.</summary>
internal sealed class TemporaryResults : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(
        Checkout.Root, "results", $"simulation-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
