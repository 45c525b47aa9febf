namespace Sweeper.Support;

/// <summary>
/// The test images of MNIST, where a machine has them: in the folder that SWEEPER_DATA names, or in `shared/data` beside or above the
/// repository.
/// </summary>
internal static class TestImages
{
    private const string Variable = "SWEEPER_DATA";

    /// <summary>Whether they are here; then the variable names their folder, for this process and those it starts.</summary>
    public static bool AreHere { get; } = Find();

    private static bool Find()
    {
        for (var folder = Repository.Root; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Environment.GetEnvironmentVariable(Variable) is null && Directory.Exists(Path.Combine(folder, "shared", "data")))
            {
                Environment.SetEnvironmentVariable(Variable, Path.Combine(folder, "shared", "data"));
            }
        }

        return Environment.GetEnvironmentVariable(Variable) is { } named
            && File.Exists(Path.Combine(named, "mnist", "t10k-images-idx3-ubyte.gz"));
    }
}
