using Sweeper.Results.Files;

namespace Sweeper.Running;

/// <summary>
/// Who may have written a cluster file, and who may be able to read it. It is as good as a key: one that others can read is none,
/// and one that others have put there leads to their coordinator.
/// </summary>
internal static class ClusterFileRule
{
    private const uint Root = 0;
    private const UnixFileMode Anything = (UnixFileMode)0b111_111_111;

    /// <summary>What is wrong with it, and what to do; null: nothing.</summary>
    /// <param name="file">Whose it is.</param>
    /// <param name="self">Number of the user who reads it.</param>
    /// <param name="groupName">The group that it is for, as it says itself; null: for its owner only.</param>
    /// <param name="group">Number of that group; null: this machine does not know it.</param>
    /// <param name="isFixed">
    /// Whether it was made before its coordinator. Then it may be mounted as a secret, which is root's and of a group: root says who is
    /// in it.
    /// </param>
    public static (string Problem, string Remedy)? Objection(FileOwnership file, uint self, string? groupName, uint? group, bool isFixed)
    {
        var isForGroup = (groupName is not null && group == file.Group) || (isFixed && file.User == Root);
        if (file.User != self && file.User != Root && !isForGroup)
        {
            return ($"this cluster file belongs to another user (number {file.User})",
                "Name your own with --cluster. A team shares a coordinator that was started with --group.");
        }

        return (file.Mode & Anything & ~SecretFile.Mode(isForGroup)) != 0
            ? (
                $"others can read or change this cluster file (mode {Convert.ToString((int)(file.Mode & Anything), 8)}), and so be "
                + "members of its cluster",
                isFixed ? "Make a new one with `sweeper cluster-file --output`, and let only those read it who may be members."
                : groupName is not null && !isForGroup
                    ? $"It is for the group '{groupName}', but is not of that group: start `sweeper coordinator --group {groupName}` "
                        + "again, which makes a new certificate."
                    : "Start `sweeper coordinator` again: it makes a new certificate, and a file for its own user only; "
                        + "--group NAME shares it.")
            : null;
    }
}
