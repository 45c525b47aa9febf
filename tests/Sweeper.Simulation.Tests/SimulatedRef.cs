using Akka.Actor;

namespace Sweeper.Simulation.Tests;

/// <summary>An address in the simulation: nothing is told through it but by the <see cref="World"/>.</summary>
/// <param name="name">Unique.</param>
/// <param name="actor">Who is there now; null for nobody.</param>
internal sealed class SimulatedRef(string name, Func<SimulatedActor?> actor) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "simulation")) / name;

    public override IActorRefProvider Provider => throw new NotSupportedException("a simulation has no provider");

    public string Name => name;

    public SimulatedActor? Actor => actor();
}
