using Sweeper.Core.Errors;
using Xunit;

namespace Sweeper.Tests.Sweeps;

/// <summary>What every fault of a sweep file says.</summary>
internal static class SweepFault
{
    /// <summary>The act fails with one message: place, problem and remedy contain these texts.</summary>
    public static void Check(Action act, string place, string problem, string remedy)
    {
        var fault = Assert.Throws<SweepException>(act);
        Assert.Equal(ExitCode.Usage, fault.ExitCode);
        Assert.Contains(place, fault.Place, StringComparison.Ordinal);
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(fault.Remedy));
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
    }
}
