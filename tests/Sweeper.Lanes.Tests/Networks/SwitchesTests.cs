using System.Diagnostics;
using Sweeper.Lanes.Tests.Algebra;
using Sweeper.Lanes.Tests.Jacobians;
using Xunit;

namespace Sweeper.Lanes.Tests.Networks;

/// <summary>The runtime leaves out vectors that the processor has, where it is told to: so this machine is several.</summary>
public sealed class SwitchesTests
{
    internal const string NoAvx512 = "DOTNET_EnableAVX512", NoAvx2 = "DOTNET_EnableAVX2";

    [Theory]
    [InlineData(NoAvx512)]
    [InlineData(NoAvx2)]
    public async Task In_a_process_without_the_widest_vectors_the_same_tests_pass(string variable)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = Path.GetFileNameWithoutExtension(program) == "dotnet" ? ["exec", typeof(MachineTests).Assembly.Location] : [];
        foreach (var argument in (string[])
            [
                .. arguments, "-class", typeof(MachineTests).FullName!, "-class", typeof(LaneTrainerTests).FullName!,
                "-class", typeof(SvdBitsTests).FullName!, "-class", typeof(MlpJacobiansTests).FullName!,
                "-class", typeof(ContractionTests).FullName!, "-noColor",
            ])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[variable] = "0";
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0 && output.Contains("Total: ", StringComparison.Ordinal), output);
    }
}
