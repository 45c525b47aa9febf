namespace Sweeper.Results.Claims;

/// <summary>What results say of a claim.</summary>
public enum Verdict
{
    /// <summary>Every row of its SELECT is ok, and there is one.</summary>
    Holds,

    /// <summary>Every row that is not ok has a value within twice its tolerance of what is expected.</summary>
    Near,

    /// <summary>Neither; also: no row, an undefined `ok`, or SQL that cannot be answered.</summary>
    Fails,
}
