using System.Text.Json;
using Sweeper.Golden;
using Xunit;

namespace Sweeper.Tests.Golden;

/// <summary>The harness itself: what must fail does.</summary>
public sealed class GoldenHarnessTests
{
    [Fact]
    public void A_field_that_nobody_read_is_found()
    {
        var node = Node("""{ "a": [[1, 2], [3]], "b": { "c": 1, "new": 2 }, "d": null }""");
        Assert.Equal([1, 2, 3], node["a"].Numbers());
        Assert.Equal(1, node["b"]["c"].Number());
        Assert.Equal(["root.b.new", "root.d"], node.Unread());
        node.Skip("d");
        node["b"].Skip("new");
        Assert.Empty(node.Unread());
    }

    [Fact]
    public void A_part_of_a_list_that_nobody_read_is_found()
    {
        var node = Node("""{ "cases": [ { "id": "x" }, { "id": "y", "more": 1 } ] }""");
        Assert.Equal(["x", "y"], node["cases"].Items.Select(item => item["id"].Text()));
        Assert.Equal(["root.cases[1].more"], node.Unread());
    }

    [Fact]
    public void Errors_are_measured_in_tolerances_and_one_beyond_fails()
    {
        var block = Node("""{ "tol": { "abs": 0.1, "rel": 0.01 }, "value": [10, "nan", "-inf"] }""");
        var golden = new GoldenCase("case", block, block);
        golden.Close(block["value"], [10.1, double.NaN, double.NegativeInfinity]);
        Assert.Equal(0.5, golden.Worst, 1e-12);
        Assert.Equal(3, golden.Compared);
        Assert.Throws<GoldenMismatchException>(() => golden.Close(block["value"], [10.21, double.NaN, double.NegativeInfinity]));
        Assert.Throws<GoldenMismatchException>(() => golden.Close(block["value"], [10, double.NaN, double.NaN]));
        Assert.Throws<GoldenMismatchException>(() => golden.Close(block["value"], [10, 1.0, double.NegativeInfinity]));
        Assert.Throws<GoldenMismatchException>(() => golden.Close(block["value"], [10]));
    }

    private static GoldenNode Node(string json) => new(JsonDocument.Parse(json).RootElement, "root");
}
