using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

/// <summary>The faults of axes: lists, generators, groups that vary together.</summary>
public sealed class AxisFaultTests
{
    [Theory]
    [InlineData("grid: { depth: [2, -1] }", "3:20", "'depth' cannot be -1", "from 1 to 64")]
    [InlineData("grid: { spectrum: [1, 2] }", "3:20", "its axis must be a list of lists", "[[3, 2, 1]")]
    [InlineData("grid: { depth: [] }", "3:16", "the axis 'depth' is empty", "at least one value")]
    [InlineData("grid: { noise: { linspace: [0, 1, 0] } }", "3:16", "the axis 'noise' is empty", "at least one value")]
    [InlineData("grid: { noise: { range: [0, 0, 1] } }", "3:25", "the axis 'noise' is empty", "the stop is excluded")]
    [InlineData("grid: { noise: { range: [0, 1, 0] } }", "3:32", "the step of 'range' is 0", "range(start, stop, step)")]
    [InlineData("grid: { noise: { linspce: [0, 1, 2] } }", "3:18", "'linspce' generates no axis", "did you mean 'linspace'?")]
    [InlineData("grid: { noise: linspce(0, 1, 2) }", "3:16", "'linspce' generates no axis", "did you mean 'linspace'?")]
    [InlineData("grid: { noise: linspace(0, 1) }", "3:24", "'linspace' needs three numbers", "linspace(first, last, count)")]
    [InlineData("grid: { noise: linspace(0, one, 3) }", "3:28", "'linspace' takes finite numbers, but 'one'",
        "linspace(first, last, count)")]
    [InlineData(
        "grid: { noise: linspace(0, 1, 3, depth: [2] }", "3:16", "must be a list or a generator, but 'linspace(0'",
        "linspace(first, last, count)")]
    [InlineData(
        "grid: { noise: [linspace(0, 1, 3)] }", "3:17", "'noise' must be a finite number, but 'linspace(0'",
        "without brackets around it: noise: linspace(0, 1, 5)")]
    [InlineData(
        "fixed: { noise: linspace(0, 1, 3) }", "3:17", "'noise' must be a finite number, but 'linspace(0, 1, 3)'",
        "stands alone in 'grid'")]
    [InlineData("grid: { noise: { linspace: [0, 1] } }", "3:28", "'linspace' needs three numbers", "linspace(first, last, count)")]
    [InlineData("grid: { noise: { logspace: [-6, -2, 5] } }", "3:28", "must be greater than 0",
        "numpy's logspace takes exponents of ten instead: if that was meant, write geomspace(1e-6, 1e-2, 5)")]
    [InlineData("grid: { depth: [2, 4, 2] }", "3:23", "the axis of 'depth' has the value 2 twice", "keep one")]
    [InlineData(
        "zip:\n  - { depth: [2, 4], lr: [1, 2] }\n  - { lr: [1], noise: [1] }", "5:7", "'lr' stands in 'zip' and in 'zip' (line 4)",
        "one place only")]
    [InlineData("zip:\n  - { lr: [1, 2, 3], depth: [2, 4] }", "4:7", "'depth' has 2 values and 'lr' has 3", "pair every value")]
    [InlineData("zip: { lr: [1, 2] }", "3:6", "'zip' must be a list of groups", "`- `")]
    [InlineData("zip: [ {} ]", "3:8", "this group of 'zip' is empty", "or remove it")]
    [InlineData("zip: [ { lr: [1, 1], depth: [2, 2] } ]", "3:33", "'depth', 'lr' has the value 2, 1 twice", "keep one")]
    [InlineData("fixed:\n\tdepth: 2", "4:1", "indented with a tab", "spaces")]
    [InlineData(
        "fixed: { width: 2 }\ngrid: { spectrum: [[1], [3, 2, 1]] }", "4:9",
        "spectrum must have at most width values, but spectrum is [3, 2, 1], width is 2", "change one of these")]
    [InlineData(
        "grid: { noise: { linspace: [0, 1, 100000] }, lr: { linspace: [0, 1, 100000] } }", "2:13",
        "the sweep has 10000000000 trials", "100000000")]
    [InlineData("grid: { lr: { linspace: [-1e-9999999999, 1, 3] } }", "3:26", "-1e-9999999999 is too near to 0", "write 0")]
    [InlineData("grid: { spectrum: [[1], []] }", "3:25", "'spectrum' is an empty list", "at least one number")]
    public void A_fault_names_place_problem_and_remedy(string body, string place, string problem, string remedy)
    {
        SweepFault.Check(() => FakeCatalog.Plan("sweep: a\nexperiment: toy\n" + body), $"toy.yaml:{place}\n", problem, remedy);
    }
}
