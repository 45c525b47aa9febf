namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>Holds a runner at a place until the test lets it go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The runner is at the gate: waits until it is opened, or its pack is cancelled.</summary>
    public void Pass(CancellationToken cancellation)
    {
        reached.TrySetResult();
        opened.Task.Wait(cancellation);
    }

    /// <summary>Waits until a runner is at the gate.</summary>
    public Task Reached() => reached.Task.WaitAsync(TestNode.Patience);

    /// <summary>Lets it go on, and all after it.</summary>
    public void Open() => opened.TrySetResult();
}
