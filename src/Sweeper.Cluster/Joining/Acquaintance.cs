namespace Sweeper.Cluster.Joining;

/// <summary>What a member makes of the answers to its knocks, and of their absence. Pure; times are of one monotonic clock.</summary>
/// <param name="Heard">When the coordinator answered last, or knocking began.</param>
/// <param name="Coordinator">Incarnation of the coordinator that was joined; null: none yet.</param>
/// <param name="Refusals">How often in a row it could not call back.</param>
/// <param name="HasDoubted">Whether its silence has been said.</param>
internal sealed record Acquaintance(TimeSpan Heard, int? Coordinator = null, int Refusals = 0, bool HasDoubted = false)
{
    /// <summary>A call may fail by chance, where messages are lost.</summary>
    public const int MostRefusals = 3;

    /// <summary>Silence before the first answer that is said: it may be gone, or out of reach, and a person should know which.</summary>
    public static readonly TimeSpan Doubt = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Silence after which a coordinator is given up, and looked for anew. Longer than a lease, so that an outage which costs no lease
    /// costs nothing.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>An answer came.</summary>
    public (Acquaintance Next, Finding Finding) Hear(KnockAnswered answer, TimeSpan now) => this switch
    {
        { Coordinator: { } known } when known != answer.Incarnation => (this, Finding.Gone),
        { Coordinator: not null } => (this with { Heard = now }, Finding.Nothing),
        _ when answer.Objection.Length == 0 => (this with { Heard = now, Coordinator = answer.Incarnation }, Finding.Met),
        { Refusals: MostRefusals - 1 } => (this, Finding.Refused),
        _ => (this with { Heard = now, Refusals = Refusals + 1 }, Finding.Nothing),
    };

    /// <summary>Time goes by.</summary>
    public (Acquaintance Next, Finding Finding) Wait(TimeSpan now) => this switch
    {
        { Coordinator: not null } when now - Heard > Patience => (this, Finding.Gone),
        { Coordinator: null, HasDoubted: false } when now - Heard > Doubt => (this with { HasDoubted = true }, Finding.Silence),
        _ => (this, Finding.Nothing),
    };
}
