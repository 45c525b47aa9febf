using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Chaos.Faults;
using Sweeper.Chaos.Processes;

namespace Sweeper.Chaos.Rounds;

/// <summary>The processes that train one sweep, and what they ended with.</summary>
internal sealed class ChaosCluster
{
    /// <summary>Small networks, and yet time to do harm in: torch needs many times as long for them as lanes do.</summary>
    public static readonly ImmutableArray<string> Slowly = ["--engine", "torch"];

    private const int Preempted = 75;
    private const int DiskTrouble = 5;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeaveGrace = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> problems = new();
    private readonly Action<int> ended;
    private readonly Member main;

    /// <param name="options">What it consists of.</param>
    /// <param name="ended">Told what each of its processes exits with.</param>
    public ChaosCluster(ClusterOptions options, Action<int>? ended = null)
    {
        Options = options;
        this.ended = ended ?? (_ => { });
        Directory.CreateDirectory(options.Results);
        string[] cluster = ["--cluster", options.ClusterFile];
        Members = options.Shape == ClusterShape.OneProcess
            ? [New(Role.Run, "run", ["run", options.Sweep.Path, "--results", options.Results, .. Slowly])]
            : [
                New(Role.Coordinator, "coordinator", ["coordinator", "--results", options.Results, .. cluster]),
                .. Enumerable.Range(1, ClusterOptions.Workers).Select(place => New(
                    Role.Worker, $"worker {place}", ["worker", "--name", $"w{place}", .. cluster], isFirst: place == 1)),
                New(Role.Client, "client", ["submit", options.Sweep.Path, "--results", options.Results, .. Slowly, .. cluster]),
            ];
        main = Members.Last();
    }

    /// <summary>What it consists of.</summary>
    public ClusterOptions Options { get; }

    /// <summary>All processes.</summary>
    public ImmutableArray<Member> Members { get; }

    /// <summary>Completes when the sweep is done: its client, or `run`, exits with 0.</summary>
    public Task Done => main.Done;

    /// <summary>Ends of processes that nothing explains.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>A disk was full in this cluster: processes that say so (exit 5) are no surprise.</summary>
    public bool HasDiskTrouble { get; set; }

    /// <summary>The processes of a role.</summary>
    public IEnumerable<Member> Of(Role role) => Members.Where(member => member.Role == role);

    /// <summary>Starts them; a client needs the file of its coordinator.</summary>
    public async Task StartAsync()
    {
        foreach (var member in Members)
        {
            if (member.Role == Role.Client)
            {
                await AwaitAsync(() => File.Exists(Options.ClusterFile), StartPatience);
            }

            member.Start();
        }
    }

    /// <summary>Waits for something; false when it did not become so in time.</summary>
    public static async Task<bool> AwaitAsync(Func<bool> isSo, TimeSpan patience)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); await Task.Delay(50))
        {
            if (clock.Elapsed > patience)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Asks all that are left to leave, the coordinator last, and says which did not do so as they should.</summary>
    public async Task StopAsync()
    {
        foreach (var wave in Members.Where(member => member != main || !main.Done.IsCompleted)
            .GroupBy(member => member.Role == Role.Coordinator).OrderBy(group => group.Key))
        {
            await Task.WhenAll(wave.Select(async member =>
            {
                if (await member.RetireAsync(Signal.Term, LeaveGrace, Preempted) is null)
                {
                    problems.Enqueue($"{member.Name} did not leave within {LeaveGrace.TotalSeconds} s of TERM");
                }
            }));
        }
    }

    private Member New(Role role, string name, string[] arguments, bool isFirst = true)
    {
        var environment = ImmutableDictionary.CreateRange(Options.Variables);
        return new Member(
            role, name, [.. arguments],
            isFirst && role == Options.Skewed ? environment.AddRange(FakeClock.Variables(Options.Folder)) : environment) { Ended = Note };
    }

    private void Note(Member member, ChildProcess life, int exit)
    {
        if (exit != 0 && !life.Expects(exit) && !(HasDiskTrouble && exit == DiskTrouble))
        {
            problems.Enqueue($"{member.Name} ended with {exit}: {life.Said}");
        }

        ended(exit);
    }
}
