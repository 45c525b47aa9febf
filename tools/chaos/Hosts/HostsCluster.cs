using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Chaos.Processes;
using Sweeper.Chaos.Rounds;

namespace Sweeper.Chaos.Hosts;

/// <summary>
/// The processes of one sweep on several hosts: a worker on each, the coordinator on the first, a client on the last. Locks of files mean
/// nothing between them, as on some shared disks: what keeps two coordinators apart is what Sweeper does itself.
/// </summary>
internal sealed class HostsCluster
{
    private const int Preempted = 75;
    private const string NoLocks = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LeaveGrace = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> problems = new();
    private readonly string[] cluster;
    private readonly Member client;
    private int coordinators;

    public HostsCluster(ClusterOptions options, HostLab lab)
    {
        Options = options;
        Lab = lab;
        cluster = ["--cluster", options.ClusterFile];
        Directory.CreateDirectory(options.Results);
        Coordinator = NewCoordinator(1);
        Workers = [.. lab.Switch.Hosts.Select(host => New(Role.Worker, $"w{host}", host, "worker", "--name", $"w{host}"))];
        client = New(
            Role.Client, "client", lab.Switch.Hosts.Last(), ["submit", options.Sweep.Path, "--results", options.Results,
                .. ChaosCluster.Slowly]);
    }

    /// <summary>What it consists of.</summary>
    public ClusterOptions Options { get; }

    /// <summary>The hosts.</summary>
    public HostLab Lab { get; }

    /// <summary>The coordinator of the day.</summary>
    public Member Coordinator { get; private set; }

    /// <summary>One on each host; its name is what the journal calls it.</summary>
    public ImmutableArray<Member> Workers { get; }

    /// <summary>Completes when the sweep is done.</summary>
    public Task Done => client.Done;

    /// <summary>Ends of processes that nothing explains.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>Hosts on which no coordinator is.</summary>
    public int[] OtherHosts => [.. Lab.Switch.Hosts.Where(host => host != Coordinator.Host)];

    /// <summary>All processes of a host.</summary>
    public IEnumerable<Member> On(int host) => Workers.Append(Coordinator).Append(client).Where(member => member.Host == host);

    /// <summary>All that was said last, for a round that does not end.</summary>
    public string LastWords =>
        string.Join("; ", Workers.Append(Coordinator).Append(client).Select(member => $"{member.Name}: {member.LastWords}"));

    /// <summary>Starts them.</summary>
    public async Task StartAsync()
    {
        Coordinator.Start();
        foreach (var worker in Workers)
        {
            worker.Start();
        }

        await ChaosCluster.AwaitAsync(() => File.Exists(Options.ClusterFile), StartPatience);
        client.Start();
    }

    /// <summary>Another coordinator is started on another host, while the old one may still be there; that one is returned.</summary>
    public Member Succeed(int host)
    {
        var old = Coordinator;
        Coordinator = NewCoordinator(host);
        Coordinator.Start();
        return old;
    }

    /// <summary>Something is not as promised.</summary>
    public void Complain(string complaint) => problems.Enqueue(complaint);

    /// <summary>Asks all to leave, the coordinator last.</summary>
    public async Task StopAsync()
    {
        var members = Workers.Concat(client.Done.IsCompleted ? [] : [client]);
        await Task.WhenAll(members.Select(LeaveAsync));
        await LeaveAsync(Coordinator);
    }

    private async Task LeaveAsync(Member member)
    {
        if (await member.RetireAsync(Signal.Term, LeaveGrace, Preempted) is null)
        {
            problems.Enqueue($"{member.Name} did not leave within {LeaveGrace.TotalSeconds} s of TERM");
        }
    }

    private Member NewCoordinator(int host) =>
        New(Role.Coordinator, $"coordinator {++coordinators}", host, "coordinator", "--results", Options.Results);

    private Member New(Role role, string name, int host, params string[] arguments) => new(
        role, name, [.. arguments, .. cluster], ImmutableDictionary.CreateRange(Options.Variables).SetItem(NoLocks, "1"))
    {
        Host = host, Through = Lab.On(host), Ended = Note,
    };

    private void Note(Member member, ChildProcess life, int exit)
    {
        if (exit != 0 && !life.Expects(exit))
        {
            problems.Enqueue($"{member.Name} ended with {exit}: {life.Said}");
        }
    }
}
