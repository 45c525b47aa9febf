using Sweeper.Cluster.Hosting;

namespace Sweeper.Cluster.Joining;

/// <summary>What a <see cref="JoiningActor"/> is made with.</summary>
/// <param name="Coordinator">Where the coordinator is.</param>
/// <param name="Call">Tries an address; says why nobody of this cluster answers there, or null.</param>
/// <param name="Every">How often it knocks.</param>
/// <param name="Clock">The node's clock.</param>
/// <param name="Say">Told in a line when the coordinator is silent.</param>
/// <param name="Refused">Told why the coordinator cannot call this node, before it ends for that.</param>
internal sealed record JoiningSetup(
    NodeAddress Coordinator, Func<NodeAddress, Task<string?>> Call, TimeSpan Every, TimeProvider Clock,
    Action<string> Say, Action<string> Refused);
