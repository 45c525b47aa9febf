namespace Sweeper.Chaos.Processes;

/// <summary>What a process is for.</summary>
internal enum Role
{
    /// <summary>`sweeper coordinator`.</summary>
    Coordinator,

    /// <summary>`sweeper worker`.</summary>
    Worker,

    /// <summary>`sweeper submit`.</summary>
    Client,

    /// <summary>`sweeper run`: all of it in one process.</summary>
    Run,
}
