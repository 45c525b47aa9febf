using System.Globalization;
using System.Text.Json;
using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>
/// The reference runs S1 (grok) trained to their end: where they end is a matter of chance, so they are held to the `checks` of the file,
/// and the reference's own numbers with them. Their first losses are compared one by one in tests/Sweeper.Training.Tests.
/// </summary>
public sealed class GrokkingCampaign
{
    private static readonly string Vectors = Path.Combine(
        Environment.GetEnvironmentVariable("SWEEPER_GOLDEN") is { Length: > 0 } named
            ? named : Path.Combine(Repository.Root, "tests/golden"),
        "weight_spectra/ws_runs.json");

    /// <summary>A minute on a quiet machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly JsonElement runs = JsonDocument.Parse(File.ReadAllText(Vectors)).RootElement.GetProperty("grok");

    /// <summary>
    /// Learned by heart by 1000; 5 % error by 3000 and 1.5 times as late; rank at most .55; correlation with the loss at least .7.
    /// </summary>
    [Fact]
    public void With_decay_networks_grok_and_lose_rank()
    {
        var configs = Configs(decay: 1, fraction: 0.6);
        Assert.All(Curves(configs), curve =>
        {
            double memorised = curve.First(at => at.TrainError == 0).Step, generalised = curve.First(at => at.ValidationError <= 0.05).Step;
            Assert.InRange(memorised, 0, 1000);
            Assert.InRange(generalised, 1.5 * memorised, 3000);
            // The reference stopped so many steps after an error of 1 %.
            var end = curve.First(at => at.ValidationError <= 0.01).Step + Number(configs[0], "stop_after");
            Assert.InRange(curve.Last(at => at.Step <= end).Rank, 0, 0.55);
            var peak = curve.TakeWhile(at => at.Step <= end).MaxBy(at => at.ValidationLoss)!.Step;
            var falling = curve.Where(at => at.Step >= peak && at.Step <= end).ToArray();
            Assert.InRange(Correlation([.. falling.Select(at => at.ValidationLoss)], [.. falling.Select(at => at.Rank)]), 0.7, 1);
        });
    }

    /// <summary>
    /// At 2500 training error 0, validation error at least .45, rank at least .72; with .9 of the table error at most .1 at 2000, and
    /// rank .05 lower at the end.
    /// </summary>
    [Fact]
    public void Without_decay_ranks_stay_high_unless_most_of_the_table_is_trained_on()
    {
        var few = Curves(Configs(decay: 0, fraction: 0.6)).Select(curve => curve.Single(at => at.Step == 2500)).ToArray();
        Assert.All(few, at =>
        {
            Assert.Equal(0, at.TrainError);
            Assert.InRange(at.ValidationError, 0.45, 1);
            Assert.InRange(at.Rank, 0.72, 1);
        });
        Assert.All(Curves(Configs(decay: 0, fraction: 0.9)), curve =>
        {
            Assert.InRange(curve.Single(at => at.Step == 2000).ValidationError, 0, 0.1);
            Assert.InRange(curve[^1].Rank, 0, few.Min(at => at.Rank) - 0.05);
        });
    }

    private JsonElement[] Configs(double decay, double fraction) =>
    [
        .. runs.EnumerateArray().Select(run => run.GetProperty("config"))
            .Where(config => Number(config, "weight_decay") == decay && Number(config, "frac") == fraction),
    ];

    /// <summary>Those of the reference, and those of the same configurations trained here, which differ in their seeds.</summary>
    private List<Measured[]> Curves(JsonElement[] configs)
    {
        Assert.NotEmpty(configs);
        var reference = runs.EnumerateArray().Where(run => configs.Contains(run.GetProperty("config")))
            .Select(run => run.GetProperty("curve").EnumerateArray().Select(Measured.Of).ToArray());
        return [.. reference, .. Train(configs)];
    }

    private static Measured[][] Train(JsonElement[] configs)
    {
        var config = configs[0];
        string Text(string field) => Number(config, field).ToString("R", CultureInfo.InvariantCulture);
        double[] betas = [.. config.GetProperty("betas").EnumerateArray().Select(beta => beta.GetDouble())];
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), string.Create(CultureInfo.InvariantCulture,
            $$"""
            sweep: reference
            experiment: modular-addition
            fixed: {
              modulus: {{Text("p")}}, width: {{Text("d_model")}}, heads: {{Text("heads")}}, hidden: {{Text("d_mlp")}},
              train_fraction: {{Text("frac")}},
              learning_rate: {{Text("lr")}}, weight_decay: {{Text("weight_decay")}}, beta1: {{betas[0]}}, beta2: {{betas[1]}},
              adam_eps: {{Text("eps")}}, steps: {{Text("steps")}} }
            seeds: [{{string.Join(", ", configs.Select(one => Number(one, "seed")))}}]
            measure: [ { at: { every: 50 }, metrics: [loss, accuracy, normalised_effective_rank] } ]
            """));
        var run = SweeperProcess.Shell(folder.Path, "$SWEEPER run sweep.yaml", Patience);
        Assert.True(run.ExitCode == 0, run.Error);
        var asked = SweeperProcess.Run(folder.Path, ["query", "results/reference",
            """
            SELECT seed, step, 1 - max(value) FILTER (metric = 'accuracy' AND split = 'train'),
              1 - max(value) FILTER (metric = 'accuracy' AND split = 'validation'),
              max(value) FILTER (metric = 'loss' AND split = 'validation'), avg(value) FILTER (metric = 'normalised_effective_rank')
            FROM measurements JOIN trials USING (trial_id) GROUP BY seed, step ORDER BY seed, step
            """, "--format", "csv"]);
        Assert.True(asked.ExitCode == 0, asked.Error);
        return asked.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => Array.ConvertAll(line.Split(','), number => double.Parse(number, CultureInfo.InvariantCulture)))
            .GroupBy(numbers => numbers[0], numbers => new Measured(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]))
            .Select(curve => curve.ToArray()).ToArray();
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double Sum(Func<int, double> term) => Enumerable.Range(0, a.Length).Sum(term);
        return Sum(i => (a[i] - meanA) * (b[i] - meanB)) / Math.Sqrt(
            Sum(i => Math.Pow(a[i] - meanA, 2)) * Sum(i => Math.Pow(b[i] - meanB, 2)));
    }

    private static double Number(JsonElement config, string field) => config.GetProperty(field).GetDouble();

    private sealed record Measured(double Step, double TrainError, double ValidationError, double ValidationLoss, double Rank)
    {
        public static Measured Of(JsonElement at) => new(
            Number(at, "step"), Number(at, "train_err"), Number(at, "val_err"), Number(at, "val_loss"),
            at.GetProperty("norm_erank").EnumerateObject().Average(rank => rank.Value.GetDouble()));
    }
}
