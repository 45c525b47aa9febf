using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Running;

namespace Sweeper.Commands;

/// <summary>The options of every verb that trains here: in which processes.</summary>
internal sealed class ProcessArguments
{
    private readonly Option<int?> workers =
        new("--workers") { Description = "train in so many processes of their own; any of them may die", HelpName = "number" };
    private readonly Option<string?> gpus = new("--gpus") { Description = "a process for each GPU: all, or so many", HelpName = "number" };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(workers);
        command.Add(gpus);
    }

    /// <summary>
    /// What a command line asks for; null: this process. Throws <see cref="SweepException"/> (usage) for both at once, and for none.
    /// </summary>
    public ProcessCount? Of(ParseResult parsed) => (parsed.GetValue(workers), parsed.GetValue(gpus)) switch
    {
        (null, null) => null,
        (not null, not null) => throw new SweepException(
            ExitCode.Usage, "--workers and --gpus exclude each other", "--workers counts processes on the CPU, --gpus one for each GPU."),
        var (number, devices) => new ProcessCount(number, devices).Checked(),
    };
}
