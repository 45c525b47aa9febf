using Sweeper.Results.Files;
using Sweeper.Running;
using Xunit;

namespace Sweeper.Tests.Running;

public sealed class ClusterFileRuleTests
{
    private const uint Me = 1000;
    private const uint Other = 1001;
    private const uint Team = 50;
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Ours = Mine | UnixFileMode.GroupRead;

    [Theory]
    [InlineData(Me, Mine, null)]
    [InlineData(Me, UnixFileMode.UserRead, null)]
    [InlineData(0u, Mine, null)]
    [InlineData(Other, Mine, "belongs to another user (number 1001)")]
    [InlineData(Me, Ours, "others can read or change this cluster file (mode 640)")]
    [InlineData(Me, Mine | UnixFileMode.OtherRead, "(mode 604)")]
    [InlineData(Me, Mine | UnixFileMode.GroupWrite, "(mode 620)")]
    [InlineData(Other, Ours, "belongs to another user")]
    public void A_file_without_a_group_is_its_owners_alone(uint owner, UnixFileMode mode, string? problem) =>
        Check(new FileOwnership(owner, Team, mode), null, null, problem);

    [Theory]
    [InlineData(Me, Team, Ours, null)]
    [InlineData(Other, Team, Ours, null)]
    [InlineData(Other, Team, Mine, null)]
    [InlineData(Other, Team, Ours | UnixFileMode.GroupWrite, "(mode 660)")]
    [InlineData(Other, Team, Ours | UnixFileMode.OtherRead, "(mode 644)")]
    [InlineData(Other, 51u, Ours, "belongs to another user")]
    [InlineData(Me, 51u, Ours, "(mode 640)")]
    public void A_file_for_a_group_is_that_groups_and_is_changed_by_its_owner_only(
        uint owner, uint group, UnixFileMode mode, string? problem) =>
        Check(new FileOwnership(owner, group, mode), "team", Team, problem);

    [Fact]
    public void A_group_that_this_machine_does_not_know_reads_nothing() =>
        Check(new FileOwnership(Other, Team, Ours), "team", null, "belongs to another user");

    [Theory]
    [InlineData(0u, UnixFileMode.UserRead, null)]
    [InlineData(0u, UnixFileMode.UserRead | UnixFileMode.GroupRead, null)]
    [InlineData(0u, Mine | UnixFileMode.GroupWrite, "(mode 620)")]
    [InlineData(0u, Ours | UnixFileMode.OtherRead, "(mode 644)")]
    [InlineData(Me, Mine, null)]
    [InlineData(Me, Ours, "(mode 640)")]
    [InlineData(Other, Ours, "belongs to another user")]
    public void A_mounted_secret_is_roots_who_may_let_a_group_read_it(uint owner, UnixFileMode mode, string? problem) =>
        Check(new FileOwnership(owner, Team, mode), null, null, problem, isFixed: true);

    private static void Check(FileOwnership file, string? groupName, uint? group, string? problem, bool isFixed = false)
    {
        var objection = ClusterFileRule.Objection(file, Me, groupName, group, isFixed);

        if (problem is null)
        {
            Assert.Null(objection);
        }
        else
        {
            Assert.Contains(problem, objection?.Problem, StringComparison.Ordinal);
            Assert.NotEmpty(objection!.Value.Remedy);
        }
    }
}
