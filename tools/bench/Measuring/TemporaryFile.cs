namespace Sweeper.Bench.Measuring;

/// <summary>A file that is removed at the end.</summary>
internal sealed class TemporaryFile : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}
