using Sweeper.Running;
using Xunit;

namespace Sweeper.Tests.Running;

/// <summary>What a machine has to give, and what packs take.</summary>
public sealed class MemoryTests
{
    private const string Proc = "MemTotal:       24684084 kB\nMemFree:        16361736 kB\nMemAvailable:   20684748 kB\n";

    [Fact]
    public void Without_a_limit_it_is_what_the_kernel_could_give()
    {
        Assert.Equal(20684748L * 1024, MachineMemory.Available(Files(("/proc/meminfo", Proc))));
        Assert.Equal(20684748L * 1024, MachineMemory.Available(Files(
            ("/proc/meminfo", Proc), ("/proc/self/cgroup", "0::/user.slice\n"), ("/sys/fs/cgroup/user.slice/memory.max", "max\n"))));
        Assert.Equal(20684748L * 1024, MachineMemory.Available(Files(
            ("/proc/meminfo", Proc), ("/proc/self/cgroup", "4:cpu,memory:/\n0::/\n"),
            ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"))));
    }

    [Theory]
    [InlineData("0::/jobs/7/step\n", "/sys/fs/cgroup/jobs/7/memory.max")]
    [InlineData("0::/jobs/7/step\n", "/sys/fs/cgroup/memory.max")]
    [InlineData("4:memory:/jobs/7/step\n0::/\n", "/sys/fs/cgroup/memory/jobs/7/memory.limit_in_bytes")]
    public void The_tightest_group_above_a_process_counts(string groups, string file) =>
        Assert.Equal(
            8_000_000_000, MachineMemory.Available(Files(("/proc/meminfo", Proc), ("/proc/self/cgroup", groups), (file, "8000000000\n"))));

    [Fact]
    public void Where_nothing_tells_nothing_is_known() => Assert.Null(MachineMemory.Available(_ => null));

    [Fact]
    public void Packs_that_fit_beside_one_another_are_no_matter()
    {
        var need = new MemoryNeed([new PackMemory(256, 1, 4_000_000), new PackMemory(64, 1, 4_000_000), new PackMemory(64, 1, 4_000_000)]);

        Assert.Null(need.Warning(workers: 2, available: 1_280_000_000));
        Assert.Null(need.Warning(workers: 3, available: null));
        Assert.Null(need.Warning(workers: 0, available: 1));
        Assert.NotNull(need.Warning(workers: 3, available: 1_280_000_000));
    }

    [Fact]
    public void A_warning_says_which_lanes_and_how_many_workers_would_fit()
    {
        var need = new MemoryNeed([.. Enumerable.Repeat(new PackMemory(256, 4, 4_000_000), 10)]);

        // Eight at once take 8.192 GB; 64 lanes each are 2.048 GB together, and four of 256 lanes are 4.096 GB.
        var warning = need.Warning(workers: 8, available: 5_000_000_000);
        Assert.Equal(
            "warning: 8 packs at once take up to 8.2 GB of memory, and 5 GB can be had here; processes that take more are killed. "
            + "`lanes: 64` in the sweep file or `sweeper run --workers 4` needs less", warning);
        Assert.EndsWith(
            "Smaller networks or fewer examples need less", need.Warning(workers: 8, available: 10_000_000), StringComparison.Ordinal);
    }

    private static Func<string, string?> Files(params (string Path, string Text)[] files) =>
        path => files.FirstOrDefault(file => file.Path == path).Text;
}
