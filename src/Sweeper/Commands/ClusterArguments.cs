using System.CommandLine;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>The option of every verb that finds a coordinator: the file in which it publishes where it is.</summary>
internal sealed class ClusterArguments
{
    private readonly Option<string> cluster = new("--cluster")
    {
        Description = "file in which the coordinator publishes its address", HelpName = "file",
        DefaultValueFactory = _ => Path.Combine("results", "cluster.json"),
    };

    /// <summary>Adds it to a verb.</summary>
    public void AddTo(Command command) => command.Add(cluster);

    /// <summary>The file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="state">Folder of what the coordinator keeps; null: that of the file.</param>
    public ClusterFile File(ParseResult parsed, string? state = null) =>
        new(Path.GetFullPath(parsed.GetValue(cluster)!), state is null ? null : Path.GetFullPath(state));
}
