using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sweeper.Terminal;

/// <summary>`--help` with examples below, and a short help for those who type nothing.</summary>
internal sealed class HelpExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> ByVerb = new()
    {
        ["plan"] =
        [
            "sweeper plan sweeps/quickstart.yaml",
            "sweeper plan sweeps/quickstart.yaml --set depth=2,4 --set 'noise=linspace(0, 1, 5)' --seeds 0..3",
        ],
        ["run"] =
        [
            "sweeper run sweeps/quickstart.yaml --profile quick",
            "sweeper run sweeps/quickstart.yaml --set depth=2,4 --seeds 25",
            "sweeper run sweeps/quickstart.yaml --results /data/results",
        ],
        ["slurm"] =
        [
            "sweeper slurm sweeps/quickstart.yaml --nodes 4 --gpus-per-node 8 --time 04:00:00 --submit",
            "sweeper slurm sweeps/quickstart.yaml --cpus-per-node 64 --time 1-00 --partition long > job.sbatch",
            "sweeper slurm sweeps/quickstart.yaml --nodes 16 --gpus-per-node 1 --time 01:00:00 --workers-only --submit",
        ],
        ["kubernetes"] =
        [
            "sweeper kubernetes sweeps/quickstart.yaml --workers 16 --image registry.lab.example/sweeper:1 --storage-class "
            + "standard > job.k8s.yaml",
            "sweeper kubernetes sweeps/quickstart.yaml --workers 32 --gpus 1 --image registry.lab.example/sweeper:1-cuda --storage-class "
            + "standard --namespace theory",
        ],
        ["summary"] =
        [
            "sweeper summary results/quickstart --by minimum",
            "sweeper summary results/quickstart --metric mode_strength --index 0 --by step=5000 --all",
        ],
        ["query"] =
        [
            "sweeper query results/quickstart \"SELECT state, count(*) FROM trials GROUP BY state\"",
            "sweeper query results/quickstart \"SELECT * FROM curves WHERE metric = 'relative_loss'\" --format csv > curves.csv",
        ],
    };

    /// <summary>All of them, as typed.</summary>
    public static IEnumerable<string> All => ByVerb.Values.SelectMany(examples => examples).Select(Here);

    private static bool HasQuickstart => File.Exists("sweeps/quickstart.yaml");

    /// <summary>Puts the examples below the help of a command line.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpExamples((HelpAction)option.Action!);
    }

    /// <summary>The five verbs that one needs first.</summary>
    public static void WriteShort(TextWriter output) => output.WriteLine(
        $"""
        Sweeper runs hyperparameter sweeps of small networks: packed, resumable, averaged over seeds.

          sweeper plan sweep.yaml             what a sweep file asks for; trains nothing
          sweeper run sweep.yaml              train what is missing; run it again to continue
          sweeper status results/name         how far it is
          sweeper summary results/name        the best points, with confidence intervals
          sweeper query results/name "FROM curves"    SQL over the results

        `sweeper experiments` lists what can be swept and measured, `sweeper --help` all verbs,
        `sweeper run --help` the options of one. Try: {(HasQuickstart ? "sweeper run sweeps/quickstart.yaml --profile quick"
            : "sweeper init teacher-student -o my-sweep.yaml")}
        """);

    /// <summary>An example of the folder that one is in: elsewhere the quickstart is not there.</summary>
    private static string Here(string example) => HasQuickstart ? example
        : example.Replace("sweeps/quickstart.yaml", "my-sweep.yaml", StringComparison.Ordinal).Replace("results/quickstart",
            "results/my-sweep", StringComparison.Ordinal);

    /// <summary>`sweeper plan --help` lacks a sweep file, and that is all right.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (ByVerb.TryGetValue(parseResult.CommandResult.Command.Name, out var examples))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {Here(example)}");
            }
        }

        return exitCode;
    }
}
