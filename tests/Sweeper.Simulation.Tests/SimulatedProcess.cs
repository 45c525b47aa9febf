namespace Sweeper.Simulation.Tests;

/// <summary>A process: crashes with all that is in it, or sleeps for a while.</summary>
internal sealed class SimulatedProcess(World world, string name)
{
    private readonly List<SimulatedActor> actors = [];

    public string Name => name;

    public bool IsAlive { get; private set; } = true;

    /// <summary>Nothing happens in it before.</summary>
    public TimeSpan SleepsUntil { get; private set; }

    public bool Sleeps => world.Now < SleepsUntil;

    public void Add(SimulatedActor actor) => actors.Add(actor);

    public void Sleep(TimeSpan time) => SleepsUntil = world.Now + time;

    public void Crash()
    {
        if (!IsAlive)
        {
            return;
        }

        IsAlive = false;
        world.Trace?.Invoke($"{world.Now.TotalSeconds:0.000} {name} crashes");
        foreach (var actor in actors.ToList())
        {
            actor.Crash();
        }
    }
}
