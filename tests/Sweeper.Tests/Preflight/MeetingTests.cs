using Sweeper.Core.Errors;
using Sweeper.Preflight;
using Xunit;

namespace Sweeper.Tests.Preflight;

public sealed class MeetingTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task All_hear_what_all_say_in_the_order_of_their_places_and_the_folder_is_gone()
    {
        using var folder = new TemporaryFolder();
        var heard = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var meeting = Meeting.Join(folder.In("m"), 4, Enough);
            meeting.Say("square", meeting.Place * meeting.Place);
            var squares = meeting.HearAll<int>("square");
            meeting.Leave();
            return (meeting.Place, squares);
        })));
        Assert.Equal([0, 1, 2, 3], heard.Select(one => one.Place).Order());
        Assert.All(heard, one => Assert.Equal([0, 1, 4, 9], one.squares));
        Assert.False(Directory.Exists(folder.In("m")));
    }

    [Fact]
    public void Who_is_alone_is_told_that_the_folder_may_not_be_shared()
    {
        using var folder = new TemporaryFolder();
        var meeting = Meeting.Join(folder.In("m"), 4, TimeSpan.Zero);
        meeting.Say("facts", 1);
        var fault = Assert.Throws<SweepException>(() => meeting.HearAll<int>("facts"));
        Assert.Equal(ExitCode.Preflight, fault.ExitCode);
        Assert.Contains("1 of 4 nodes have said something", fault.Message, StringComparison.Ordinal);
        Assert.Contains("do not see the same folder", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void One_too_many_is_refused()
    {
        using var folder = new TemporaryFolder();
        _ = Meeting.Join(folder.In("m"), 1, Enough);
        Assert.Contains("more than 1 processes", Assert.Throws<SweepException>(() => Meeting.Join(folder.In("m"), 1, Enough)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_SLURM_meets_by_its_number_and_a_job_that_is_requeued_meets_anew()
    {
        var step = new Dictionary<string, string> { ["SLURM_JOB_ID"] = "12", ["SLURM_STEP_ID"] = "0", ["SLURM_NTASKS"] = "4" };
        Assert.Equal(new ClusterLook(4, "12.0.0"), ClusterLook.Of(null, null, step.GetValueOrDefault));
        step["SLURM_RESTART_COUNT"] = "2";
        Assert.Equal(new ClusterLook(4, "12.0.2"), ClusterLook.Of(null, null, step.GetValueOrDefault));
        Assert.Equal(1, ClusterLook.Of(null, null, _ => null).Nodes);
        Assert.Equal(ExitCode.Usage, Assert.Throws<SweepException>(() => ClusterLook.Of(3, null, _ => null)).ExitCode);
        Assert.Equal(ExitCode.Usage, Assert.Throws<SweepException>(() => ClusterLook.Of(3, "../x", _ => null)).ExitCode);
    }
}
