using Sweeper.Chaos.Processes;

namespace Sweeper.Chaos.Faults;

/// <summary>Roles in names of faults.</summary>
internal static class RoleWords
{
    /// <summary>With its article.</summary>
    public static string Word(this Role role) => role switch
    {
        Role.Coordinator => "coordinator",
        Role.Worker => "a worker",
        Role.Client => "client",
        _ => "`run`",
    };
}
