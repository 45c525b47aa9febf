using System.Runtime.Versioning;
using Sweeper.Core.Errors;
using Sweeper.Slurm;
using Xunit;

namespace Sweeper.Tests.Slurm;

[UnsupportedOSPlatform("windows")]
public sealed class SbatchTests
{
    /// <summary>More than a pipe holds: whoever does not read it breaks it.</summary>
    private static readonly string Script = new('#', 1 << 20);

    [Fact]
    public void What_sbatch_says_is_told_also_where_it_ends_before_it_has_read_the_script()
    {
        using var temporary = new TemporaryFolder();
        var fault = Assert.Throws<SweepException>(() => Sbatch.Submit(
            Script, Program(temporary, "echo 'sbatch: error: no configuration' >&2\nexit 1")));

        Assert.Equal((ExitCode.Preflight, "sbatch refused the job: sbatch: error: no configuration"), (fault.ExitCode, fault.Message));
    }

    [Fact]
    public void One_that_says_nothing_is_told_by_its_exit_code()
    {
        using var temporary = new TemporaryFolder();
        Assert.EndsWith("it ended with 3 and said nothing",
            Assert.Throws<SweepException>(() => Sbatch.Submit(Script, Program(temporary, "exit 3"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_the_job_is_what_stands_before_the_cluster()
    {
        using var temporary = new TemporaryFolder();
        Assert.Equal("17", Sbatch.Submit(Script, Program(temporary, "wc -c > /dev/null\necho '17;lab'")));
    }

    private static string Program(TemporaryFolder temporary, string text)
    {
        var path = temporary.In("sbatch");
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
