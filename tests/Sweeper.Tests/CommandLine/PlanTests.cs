using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.CommandLine;

public sealed class PlanTests
{
    private static readonly string Quickstart = Path.Combine(Repository.Root, "sweeps", "quickstart.yaml");

    [Fact]
    public async Task The_json_of_a_plan_has_stable_keys_and_the_numbers_of_the_text()
    {
        var run = await InProcess.Run(
            "plan", Quickstart, "--json", "--only", "depth == 2 and seed < 2", "--results", "/nowhere", "--profile", "quick");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var plan = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(
            [
                "sweep", "experiment", "version", "folder", "plan_hash", "notes", "axes", "derived", "seeds", "combinations", "conditional",
                "excluded", "excluded_trials", "duplicates", "grids", "points", "trials", "packs", "only", "limit", "new", "kept", "failed",
                "left_out", "orphaned", "new_packs", "widest_lanes", "engine", "memory_bytes", "new_rows", "disk_bytes", "worker_seconds",
                "paused_packs", "abandoned_packs",
            ],
            plan.EnumerateObject().Select(property => property.Name));
        var trials = plan.GetProperty("trials").GetInt64();
        Assert.Equal(trials, plan.GetProperty("new").GetInt64() + plan.GetProperty("left_out").GetInt64());
        Assert.Equal(plan.GetProperty("points").GetInt64() / 2 * 2, plan.GetProperty("new").GetInt64());
        Assert.Equal(JsonValueKind.Null, plan.GetProperty("worker_seconds").ValueKind);
    }

    [Fact]
    public async Task A_plan_says_what_is_left_out_and_how_to_get_it()
    {
        var run = await InProcess.Run("plan", Quickstart, "--limit", "5", "--results", "/nowhere");
        Assert.Contains("5 new, 0 kept, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("left out by --limit 5 (run without to train them)", run.Output, StringComparison.Ordinal);
        Assert.Contains("time unknown", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "0 new, 0 kept, ", (await InProcess.Run("plan", Quickstart, "--limit", "0", "--results", "/nowhere")).Output,
            StringComparison.Ordinal);
        Assert.Equal(2, (await InProcess.Run("plan", Quickstart, "--limit=-1")).ExitCode);
        Assert.Contains(
            "did you mean 'depth'?", (await InProcess.Run("plan", Quickstart, "--only", "dept == 2")).Error, StringComparison.Ordinal);
    }
}
