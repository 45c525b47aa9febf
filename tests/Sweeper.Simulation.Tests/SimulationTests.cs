using System.Globalization;
using Sweeper.Core.Errors;

namespace Sweeper.Simulation.Tests;

/// <summary>The decisions of coordinator, sweep, aggregator, worker and stream, under whatever may go wrong.</summary>
public sealed class SimulationTests
{
    /// <summary>A few here; `.ci/run` asks for ten thousand.</summary>
    private const int Seeds = 500;

    private const int MostSeeds = 10_000;

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    [Fact]
    public void Whatever_goes_wrong_the_sweep_ends_and_every_trial_is_in_one_committed_pack()
    {
        if (FromEnvironment("SWEEPER_SIMULATION_SEED") is { } seed)
        {
            Assert.Null(Simulation.Run(seed, Simulation.FaultsOf(seed), Console.Error.WriteLine));
            return;
        }

        var finding = Finding.First(Enumerable.Range(1, FromEnvironment("SWEEPER_SIMULATION_SEEDS") ?? Seeds));
        Assert.True(finding is null, finding?.ToString());
    }

    [Theory]
    [InlineData(PlantedBug.DoubleGrant)]
    [InlineData(PlantedBug.ForgottenFence)]
    [InlineData(PlantedBug.SyncOmitted)]
    [InlineData(PlantedBug.LostRenewal)]
    [InlineData(PlantedBug.WrongEpochOrder)]
    [InlineData(PlantedBug.NumberGivenAgain)]
    public void A_planted_bug_is_found(PlantedBug bug)
    {
        var finding = Finding.First(Enumerable.Range(1, MostSeeds), bug);
        Assert.NotNull(finding);
        Assert.Null(Simulation.Run(finding.Seed, finding.Faults));
        TestContext.Current.SendDiagnosticMessage("{0} is found by {1}", bug, finding);
    }

    [Fact]
    public void A_seed_replays_exactly()
    {
        List<string>[] told = [[], []];
        foreach (var lines in told)
        {
            Assert.Null(Simulation.Run(7, Simulation.FaultsOf(7), lines.Add));
        }

        Assert.NotEmpty(told[0]);
        Assert.Equal(told[0], told[1]);
    }
}
