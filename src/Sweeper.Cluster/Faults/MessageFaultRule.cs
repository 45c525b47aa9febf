using System.Globalization;
using Akka.Configuration;
using Sweeper.Core.Errors;

namespace Sweeper.Cluster.Faults;

/// <summary>
/// How a process treats, on purpose, the messages that it sends to others. Off unless the environment variable
/// SWEEPER_MESSAGE_FAULTS says `loss=0.02,duplicate=0.02,seed=7`; what is left out is 0.
/// </summary>
/// <param name="Loss">Probability that a message is lost.</param>
/// <param name="Duplicate">Probability that it is sent twice; together with <paramref name="Loss"/> at most 1.</param>
/// <param name="Seed">Of the generator that decides: the n-th message of a process always meets the same.</param>
internal sealed record MessageFaultRule(double Loss, double Duplicate, long Seed)
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "SWEEPER_MESSAGE_FAULTS";

    /// <summary>What the environment says; null: nothing, and nothing is installed.</summary>
    public static MessageFaultRule? FromEnvironment() => Parse(Environment.GetEnvironmentVariable(Variable));

    /// <summary>
    /// Reads a rule; null for no text. Throws <see cref="SweepException"/> for anything else: a test that asks for no known fault must not
    /// pass.
    /// </summary>
    public static MessageFaultRule? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var rule = new MessageFaultRule(0, 0, 0);
        foreach (var part in text.Split(','))
        {
            rule = part.Split('=') switch
            {
                ["loss", var share] => rule with { Loss = Share(share, text) },
                ["duplicate", var share] => rule with { Duplicate = Share(share, text) },
                ["seed", var number] when long.TryParse(number, CultureInfo.InvariantCulture, out var seed) => rule with { Seed = seed },
                _ => throw Misunderstood(text),
            };
        }

        return rule.Loss + rule.Duplicate <= 1 ? rule : throw Misunderstood(text);
    }

    /// <summary>
    /// The rule in a node's configuration, with the adapter that follows it (no blank in its name: Akka would keep the quotes).
    /// </summary>
    public Config ToConfig() => ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture, $$"""
        akka.remote.adapters.faults = "{{typeof(MessageFaultProvider).FullName}},{{typeof(MessageFaultProvider).Assembly.GetName().Name}}"
        akka.remote.dot-netty.tcp.applied-adapters = ["faults", "guard"]
        sweeper.message-faults { loss = {{Loss:R}}, duplicate = {{Duplicate:R}}, seed = {{Seed}} }
        """));

    /// <summary>The rule that <see cref="ToConfig"/> wrote.</summary>
    public static MessageFaultRule FromConfig(Config config) => new(
        config.GetDouble("sweeper.message-faults.loss"), config.GetDouble("sweeper.message-faults.duplicate"),
        config.GetLong("sweeper.message-faults.seed"));

    private static double Share(string share, string text) =>
        double.TryParse(share, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value : throw Misunderstood(text);

    private static SweepException Misunderstood(string text) => new(
        ExitCode.Usage, $"{Variable} is '{text}'",
        "It is for tests: probabilities and a whole number, as in `loss=0.02,duplicate=0.02,seed=7`; unset it for anything else.");
}
