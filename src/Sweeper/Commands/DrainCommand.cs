using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps.Reading;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>`sweeper drain`: has workers leave.</summary>
internal static class DrainCommand
{
    public static Command Build(TextWriter output)
    {
        var names = new Argument<string[]>("workers")
        {
            Description = "names of workers (`sweeper status` shows them); all without any", Arity = ArgumentArity.ZeroOrMore,
        };
        var cluster = new ClusterArguments();
        var listen = new ListenArguments();
        var command = new Command(
            "drain", "Has workers save what they train in a checkpoint, or give it back, and leave. Their packs go to others.") { names };
        cluster.AddTo(command);
        listen.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            ImmutableArray<string> asked = [.. parsed.GetValue(names)!];
            ImmutableHashSet<string>? staying = null;
            await CoordinatorTalk.HearAsync(
                cluster.File(parsed), listen.Of(parsed), (client, cancellation) => client.DrainWorkersAsync(asked, cancellation), there =>
            {
                staying ??= Leaving(asked, there);
                foreach (var left in staying.Except(there).Order(StringComparer.Ordinal))
                {
                    output.WriteLine($"{left} left");
                }

                staying = staying.Intersect(there);
            });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static ImmutableHashSet<string> Leaving(ImmutableArray<string> asked, ImmutableArray<string> there) =>
        there.IsEmpty ? throw new SweepException(ExitCode.Usage, "there is no worker", "Nothing is left to drain.")
        : asked.FirstOrDefault(name => !there.Contains(name)) is { } unknown
            ? throw new SweepException(ExitCode.Usage, $"there is no worker '{unknown}'", NearestName.Remedy(unknown, there))
        : (asked.IsEmpty ? there : asked).ToImmutableHashSet();
}
