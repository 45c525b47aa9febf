using System.Collections.Immutable;
using System.Diagnostics;

namespace Sweeper.Chaos.Processes;

/// <summary>A process that is started again whenever it ends, as any supervisor would; until it is done, or asked to leave.</summary>
internal sealed class Member(Role role, string name, ImmutableArray<string> arguments, ImmutableDictionary<string, string> environment)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ChildProcess? process;
    private volatile bool isRetired;
    private Task supervising = Task.CompletedTask;
    private volatile TaskCompletionSource? held;
    private int lastExit;

    /// <summary>What it is for.</summary>
    public Role Role => role;

    /// <summary>The host that it runs on; 0: this one.</summary>
    public int Host { get; init; }

    /// <summary>A command before it, which it replaces: what puts it on its host.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>For people.</summary>
    public string Name => name;

    /// <summary>Its present life; null between two of them.</summary>
    public ChildProcess? Process => process is { IsAlive: true } alive ? alive : null;

    /// <summary>A fault is at work on it: others leave it alone.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Completes when it exits with 0: only those that have an end do.</summary>
    public Task Done => done.Task;

    /// <summary>Told of every end of a life.</summary>
    public required Action<Member, ChildProcess, int> Ended { get; init; }

    /// <summary>What it said last, in this life or the one before.</summary>
    public string LastWords
    {
        get => Process?.Said ?? field;
        private set;
    } = "";

    /// <summary>Its next lives end at a failpoint, until one has; null when none is to.</summary>
    public Failpoint? Armed { get; set; }

    /// <summary>Starts it, and sees to it from here on.</summary>
    public void Start() => supervising = Task.Run(SuperviseAsync);

    /// <summary>Ends it without a word, and does not start it again until it is released: its host is gone.</summary>
    public void Hold()
    {
        held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Process?.Kill();
    }

    /// <summary>Its host is there again.</summary>
    public void Release() => Interlocked.Exchange(ref held, null)?.TrySetResult();

    /// <summary>It is not started again when it ends with this exit code, now or later. Returns when it has ended.</summary>
    public async Task ReplaceAsync(int exitCode)
    {
        isRetired = true;
        Process?.Expect(exitCode);
        await supervising;
    }

    /// <summary>
    /// Asks it to leave: 0 when it is not there, else its exit code; null when it did not leave in time and was killed. A process so
    /// young that it has not said anything may not listen yet.
    /// </summary>
    public async Task<int?> RetireAsync(int signal, TimeSpan grace, int expected)
    {
        isRetired = true;
        ChildProcess? asked = null;
        for (var patience = Stopwatch.StartNew(); !supervising.IsCompleted; await Task.Delay(20))
        {
            if (Process is { } life && life != asked)
            {
                asked = life;
                life.Expect(life.Said.Length == 0 ? [expected, 128 + signal] : [expected]);
                life.Send(signal);
            }

            if (patience.Elapsed > grace)
            {
                Process?.Kill();
                await supervising;
                return null;
            }
        }

        return asked is null ? 0 : lastExit;
    }

    private async Task SuperviseAsync()
    {
        var pause = ShortestPause;
        while (!isRetired && !done.Task.IsCompleted)
        {
            var age = Stopwatch.StartNew();
            using var life = Armed is { } armed ? armed.Start(arguments, environment) : new ChildProcess(arguments, environment, Through);
            process = life;
            lastExit = await life.WaitAsync();
            process = null;
            Armed = Armed is { WasHit: true } ? null : Armed;
            LastWords = life.Said;
            Ended(this, life, lastExit);
            if (lastExit == 0)
            {
                done.TrySetResult();
                return;
            }

            pause = age.Elapsed > Young ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (!isRetired)
            {
                await Task.Delay(pause);
                await (held?.Task ?? Task.CompletedTask);
            }
        }
    }
}
