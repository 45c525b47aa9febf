namespace Sweeper.Cluster.Joining;

/// <summary>Answers <see cref="Knock"/>, once it was tried to call back.</summary>
/// <param name="Incarnation">Of the coordinator's node: another one after it was started again, at the same address, too.</param>
/// <param name="Objection">Why it cannot call the member back; empty when it can.</param>
internal sealed record KnockAnswered(int Incarnation, string Objection) : ISweeperMessage;
