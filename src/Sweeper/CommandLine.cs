using System.CommandLine;
using Sweeper.Commands;
using Sweeper.Terminal;
using Sweeper.Core.Errors;

namespace Sweeper;

/// <summary>The program behind `sweeper`: parses a command line, runs one verb, turns faults into one message.</summary>
public static class CommandLine
{
    /// <summary>Runs a command line; returns the exit code. Safe to call repeatedly in one process.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var parsed = Build(output).Parse(arguments);
        if (CommandLineFaults.Of(parsed) is { } fault)
        {
            return (int)ErrorReport.Write(error, fault);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception)
        {
            return (int)ErrorReport.Write(error, exception);
        }
    }

    /// <summary>Names of all verbs.</summary>
    public static IEnumerable<string> Verbs => Build(TextWriter.Null).Subcommands.Select(command => command.Name);

    /// <summary>What a command line means, and what is wrong with it; runs nothing.</summary>
    public static ParseResult Parse(string[] arguments) => Build(TextWriter.Null).Parse(arguments);

    private static RootCommand Build(TextWriter output)
    {
        var root = new RootCommand("Sweeper: hyperparameter sweeps of small networks, packed, resumable, averaged over seeds.")
        {
            InitCommand.Build(output),
            PlanCommand.Build(output),
            RunCommand.Build(output),
            ResumeCommand.Build(output),
            CoordinatorCommand.Build(output),
            ClusterFileCommand.Build(output),
            WorkerCommand.Build(output),
            SubmitCommand.Build(output),
            SlurmCommand.Build(output),
            KubernetesCommand.Build(output),
            CancelCommand.Build(output),
            DrainCommand.Build(output),
            StatusCommand.Build(output),
            SummaryCommand.Build(output),
            ShowCommand.Build(output),
            ExplainCommand.Build(output),
            FailuresCommand.Build(output),
            RetryCommand.Build(output),
            RerunCommand.Build(output),
            PruneCommand.Build(output),
            LogsCommand.Build(output),
            MergeCommand.Build(output),
            AggregateCommand.Build(output),
            PlotCommand.Build(output),
            QueryCommand.Build(output),
            CheckCommand.Build(output),
            ReproduceCommand.Build(output),
            ExportCommand.Build(output),
            ExperimentsCommand.Build(output),
            DataCommand.Build(output),
            DoctorCommand.Build(output),
            BenchCommand.Build(output),
        };
        HelpExamples.AddTo(root);
        root.SetAction(_ =>
        {
            HelpExamples.WriteShort(output);
            return (int)ExitCode.Done;
        });
        return root;
    }
}
