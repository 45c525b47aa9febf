using System.Globalization;
using System.Text.Json;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps;
using Sweeper.Core.Sweeps.Identity;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

public sealed class TrialIdentityTests
{
    public static TheoryData<string> Vectors => new(Document().Select(vector => vector.GetProperty("name").GetString()!));

    [Theory, MemberData(nameof(Vectors))]
    public void Ids_are_those_computed_by_another_program(string name)
    {
        var vector = Document().Single(vector => vector.GetProperty("name").GetString() == name);
        string Text(string field) => vector.GetProperty(field).GetString()!;
        var catalog = new FakeCatalog(FakeCatalog.Toy(vector.GetProperty("version").GetInt32()));
        var yaml = $"sweep: a\nexperiment: toy\nfixed: {Text("fixed")}\nseeds: [{vector.GetProperty("seed").GetInt64()}]";
        var trial = SweepPlan.Parse(yaml, catalog).TrialAt(0);
        Assert.Equal(Text("canonical"), TrialIdentity.Canonical(trial.Point, trial.Seed));
        Assert.Equal(Text("trial_id"), trial.Id.Hex);
        Assert.Equal(Text("curve_id"), trial.CurveId.Hex);
    }

    [Fact]
    public void A_data_sets_content_is_part_of_the_id_and_the_absence_of_one_is_not()
    {
        Trial Learning(string? dataset) =>
            SweepPlan.Parse("sweep: a\nexperiment: toy", new FakeCatalog(FakeCatalog.Toy(dataset: dataset))).TrialAt(0);
        Assert.Contains("\"dataset\":\"ab12\"", TrialIdentity.Canonical(Learning("ab12").Point, 0), StringComparison.Ordinal);
        Assert.DoesNotContain("dataset", TrialIdentity.Canonical(Learning(null).Point, 0), StringComparison.Ordinal);
        Assert.NotEqual(Learning(null).Id, Learning("ab12").Id);
        Assert.NotEqual(Learning("ab12").CurveId, Learning("ab13").CurveId);
    }

    [Fact]
    public void Plans_with_equal_hashes_have_equal_trials_so_the_data_sets_content_is_in_the_hash_and_the_absence_of_one_is_not()
    {
        SweepPlan Learning(string? dataset) =>
            SweepPlan.Parse("sweep: a\nexperiment: toy", new FakeCatalog(FakeCatalog.Toy(dataset: dataset)));
        Assert.NotEqual(Learning("ab12").Hash, Learning("ab13").Hash);
        Assert.NotEqual(Learning("ab12").Packs[0].Id, Learning("ab13").Packs[0].Id);
        Assert.Equal(FakeCatalog.Plan("sweep: a\nexperiment: toy").Hash, Learning(null).Hash);
    }

    [Fact]
    public void Values_inserted_into_an_axis_and_added_seeds_leave_old_ids_unchanged()
    {
        var old = Ids("grid: { noise: { linspace: [0, 1, 11] }, depth: [2, 8] }\nseeds: 3");
        Assert.Superset(old, Ids("grid: { noise: { linspace: [0, 1, 21] }, depth: [2, 8] }\nseeds: 3"));
        Assert.Superset(old, Ids("grid: { depth: [8, 4, 2], noise: { linspace: [0, 1, 11] } }\nseeds: 5"));
        Assert.Superset(old, Ids("grid: { noise: { linspace: [0, 1, 11] }, depth: [2, 8], lr: [0.1, 0.01] }\nseeds: 3"));
    }

    [Fact]
    public void One_thousandth_is_one_value_however_it_is_written()
    {
        foreach (var spelling in new[] { "0.001", "1.0e-3", "1E-3", ".001", "10e-4", "+1e-03", "'1e-3'" })
        {
            Assert.Equal(Ids("fixed: { lr: 1e-3 }"), Ids($"fixed: {{ lr: {spelling} }}"));
        }
    }

    [Fact]
    public void A_new_hyperparameter_with_a_default_keeps_all_ids()
    {
        var later = new FakeCatalog(FakeCatalog.Toy(more: [Hyperparameter.Real("momentum", Binding.Batched, 0.9, "Momentum.")]));
        const string Yaml = "sweep: a\nexperiment: toy\ngrid: { noise: [0, 0.5], depth: [2, 3] }\nseeds: 2";
        Assert.Equal(Ids(SweepPlan.Parse(Yaml, FakeCatalog.Instance)), Ids(SweepPlan.Parse(Yaml, later)));
        Assert.Equal(SweepPlan.Parse(Yaml, FakeCatalog.Instance).Hash, SweepPlan.Parse(Yaml, later).Hash);
    }

    [Fact]
    public void What_is_measured_and_how_it_is_packed_is_no_part_of_an_id()
    {
        Assert.Equal(
            Ids("grid: { noise: [0, 1] }"),
            Ids("grid: { noise: [0, 1] }\nlanes: 1\nmeasure: [ { at: end, metrics: [norm] } ]\nfigures: [x]"));
    }

    /// <summary>RFC 8785, appendix B.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_written_as_ecmascript_writes_them(ulong bits, string expected)
    {
        Assert.Equal(expected, CanonicalJson.Number(BitConverter.UInt64BitsToDouble(bits)));
        Assert.Equal(BitConverter.UInt64BitsToDouble(bits), double.Parse(expected, CultureInfo.InvariantCulture));
    }

    /// <summary>RFC 8785, section 3.2.2.2 and the sorting example of 3.2.3.</summary>
    [Fact]
    public void Strings_and_keys_follow_the_rfc()
    {
        Assert.Equal("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"", CanonicalJson.Text("\u20ac$\u000f\nA'B\"\\\\\"/"));
        string[] keys = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
        Assert.Equal(
            "{\"\\r\":0,\"1\":0,\"\u0080\":0,\"\u00f6\":0,\"\u20ac\":0,\"\ud83d\ude00\":0,\"\ufb33\":0}",
            CanonicalJson.Object(keys.Select(key => (key, "0"))));
    }

    private static HashSet<string> Ids(string body) => Ids(FakeCatalog.Plan("sweep: a\nexperiment: toy\n" + body));

    private static HashSet<string> Ids(SweepPlan plan) =>
        [.. Enumerable.Range(0, (int)plan.TrialCount).Select(i => plan.TrialAt(i).Id.Hex)];

    private static JsonElement[] Document()
    {
        using var stream = typeof(TrialIdentityTests).Assembly.GetManifestResourceStream("trial-identity.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.GetProperty("cases").EnumerateArray()];
    }
}
