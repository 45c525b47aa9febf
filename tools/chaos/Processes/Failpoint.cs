using System.Collections.Immutable;

namespace Sweeper.Chaos.Processes;

/// <summary>A named place in the program at which a process is to kill itself, or to throw.</summary>
/// <param name="Rule">As in SWEEPER_FAILPOINT.</param>
/// <param name="Log">A file that is there once it was reached.</param>
internal sealed record Failpoint(string Rule, string Log)
{
    /// <summary>Whether it was reached.</summary>
    public bool WasHit => File.Exists(Log);

    /// <summary>A process with it.</summary>
    public ChildProcess Start(ImmutableArray<string> arguments, ImmutableDictionary<string, string> environment)
    {
        var life = new ChildProcess(arguments, environment.SetItem("SWEEPER_FAILPOINT", Rule).SetItem("SWEEPER_FAILPOINT_LOG", Log));
        life.Expect(Signal.Killed);
        return life;
    }
}
