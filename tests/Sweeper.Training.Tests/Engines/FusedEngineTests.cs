using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Cuda;
using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Phases;
using Sweeper.Training.Tests.Running;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Engines;

/// <summary>
/// The fused engine from its tensors to its launches, with libraries in place of CUDA's that run kernels on the processor.
/// </summary>
public sealed class FusedEngineTests : IDisposable
{
    private static readonly ProgramCase Network = new("4-3-2", 0.1, true, false, 0, 0, false, 3, 20, 0, true, 5);

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly IDisposable noGradient = no_grad();

    /// <summary>Shared and own examples, batches, every objective and optimizer, both types.</summary>
    public static TheoryData<string, int, int, int, bool, bool> Programs => new()
    {
        { "5-7-6-3", 0, 0, 0, true, true },
        { "6-9-4", 1, 1, 7, false, false },
        { "4-3-5", 3, 3, 8, true, false },
        { "6-5-1", 4, 0, 8, false, true },
    };

    public void Dispose()
    {
        noGradient.Dispose();
        scope.Dispose();
        folder.Dispose();
    }

    [Theory, MemberData(nameof(Programs))]
    public void It_trains_the_networks_of_lanes_with_their_bits(
        string widths, int objective, int optimizer, int batch, bool isShared, bool isFloat64)
    {
        Assert.SkipUnless(HostCompiler.IsThere, HostCompiler.Missing);
        var program = new ProgramCase(widths, 0.1, true, false, objective, optimizer, true, 6, 30, batch, isShared, 11)
            .Build(isFloat64 ? ScalarType.Float64 : ScalarType.Float32) with { Wanted = [0, 2, 5] };
        var (expected, state) = (TrainingState.Start(program), TrainingState.Start(program));
        if (isFloat64)
        {
            var mask = new MagnitudeMask([.. Enumerable.Repeat(0.6, 6)]);
            mask.Apply(expected);
            mask.Apply(state);
        }

        var looks = new List<long>();
        using (var lanes = LanesEngine.For(program)!)
        using (var fused = FusedEngine.For(program, FakeCuda.Device(folder.Path)))
        {
            foreach (var steps in (long[])[1, 4])
            {
                lanes.Advance(expected, steps);
                fused.Advance(state, steps, looks.Add);
            }
        }

        Assert.Equal(expected.Parameters.Flat.bytes, state.Parameters.Flat.bytes);
        Assert.All(
            expected.Optimizer.Moments.Zip(state.Optimizer.Moments), pair => Assert.Equal(pair.First.bytes, pair.Second.bytes));
        Assert.False(program.Initial.Flat.bytes.SequenceEqual(state.Parameters.Flat.bytes));
        Assert.Equal((expected.Step, expected.Clock, expected.Optimizer.Updates), (state.Step, state.Clock, state.Optimizer.Updates));
        Assert.Equal([0, 0], looks);
        Assert.Equal(
            (0, 0, 0),
            (FakeCuda.Of(FakeCuda.Count.Contexts), FakeCuda.Of(FakeCuda.Count.PushedContexts), FakeCuda.Of(FakeCuda.Count.Modules)));
    }

    [Fact]
    public void A_kernel_is_compiled_once_and_again_where_its_file_is_broken()
    {
        Assert.SkipUnless(HostCompiler.IsThere, HostCompiler.Missing);
        var program = Network.Build(ScalarType.Float32);
        var cache = folder.In("kernels");
        Assert.Equal([1, 0], [Compilations(), Compilations()]);
        var file = Assert.Single(Directory.GetFiles(cache));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(cache));
        }

        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Equal([1, 0], [Compilations(), Compilations()]);
        File.WriteAllBytes(file, bytes[..20]);
        Assert.Equal([1, 0], [Compilations(), Compilations()]);

        int Compilations()
        {
            var before = FakeCuda.Of(FakeCuda.Count.Compilations);
            using var fused = FusedEngine.For(program, FakeCuda.Device(cache));
            fused.Advance(TrainingState.Start(program), 2);
            return FakeCuda.Of(FakeCuda.Count.Compilations) - before;
        }
    }

    [Fact]
    public void What_the_compiler_says_is_told()
    {
        Assert.SkipUnless(HostCompiler.IsThere, HostCompiler.Missing);
        using var device = FakeCuda.Device(folder.Path);
        var fault = Assert.Throws<SweepException>(() => device.Compile("no CUDA", 1 << 10));
        Assert.Equal(ExitCode.Preflight, fault.ExitCode);
        Assert.Contains("NVRTC 13.0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("sm_90", fault.Message, StringComparison.Ordinal);
        Assert.Contains("error: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_block_cannot_hold_is_refused_with_numbers()
    {
        const int Shared = 227 << 10;
        Assert.Null(FusedEngine.Refusal(Network.Build(ScalarType.Float32), Shared));
        var program = (Network with { Widths = "784-256-256-10" }).Build(ScalarType.Float32);
        // The network, and 16 examples and 4 places between them of its inputs, targets, hidden units and errors, of which there are two.
        const int Numbers = 785 * 256 + 257 * 256 + 257 * 10 + 2 + 20 * (784 + 10 + 256 + 256 + 256 + 256);
        Assert.Contains(
            $"784-256-256-10 takes {(4 * Numbers + 1023) / 1024} KiB of shared memory, and a block of this GPU has 227",
            FusedEngine.Refusal(program, Shared), StringComparison.Ordinal);
    }

    [Fact]
    public void An_expected_loss_is_refused_and_trained_by_lanes()
    {
        var program = (Network with { Widths = "4-3-1", Objective = 5 }).Build(ScalarType.Float64);
        Assert.Contains("expected logistic loss", FusedEngine.Refusal(program, 227 << 10), StringComparison.Ordinal);
        using var lanes = LanesEngine.For(program);
        Assert.NotNull(lanes);
        // Of all that lanes train, nothing else is.
        var refused = PausingSweeps.All.Where(sweep => PausingSweeps.HasLanes(sweep) && !PausingSweeps.HasKernels(sweep));
        Assert.Contains("directional", Assert.Single(refused), StringComparison.Ordinal);
    }

    /// <summary>Deep networks fit, wide ones do not: said with the static values before anything is trained.</summary>
    [Fact]
    public void A_plan_is_looked_at_kind_by_kind()
    {
        var plan = SweepPlan.Parse(
            """
            sweep: fit
            experiment: teacher-student
            fixed: { inputs: 8, outputs: 8, steps: 2 }
            grid: { depth: [2, 3], width: [8, 300], learning_rate: [0.1, 0.2] }
            measure: [ { at: end, metrics: [loss] } ]
            """,
            new ExperimentCatalog());
        FusedFit.Check(plan, 466 << 10);
        var fault = Assert.Throws<SweepException>(() => FusedFit.Check(plan, 227 << 10));
        Assert.Equal(ExitCode.Preflight, fault.ExitCode);
        Assert.Contains("8-300-300-8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_GPU_a_driver_or_a_compiler_it_says_what_is_missing()
    {
        Assert.Null(CudaDriver.Find("libsweeper-none.so"));
        Assert.Contains("cpu is none", Assert.Throws<SweepException>(() => CudaDevice.Open(CPU)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "libnvrtc", Assert.Throws<SweepException>(() => Nvrtc.Load(["libsweeper-none.so"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_compiler_is_looked_for_where_PyTorch_has_it()
    {
        var libtorch = Directory.CreateDirectory(folder.In("site-packages/torch/lib")).FullName;
        var packages = Directory.CreateDirectory(folder.In("site-packages/nvidia/cu13/lib")).FullName;
        File.WriteAllText(Path.Combine(packages, "libnvrtc.so.13"), "");
        File.WriteAllText(Path.Combine(packages, "libnvrtc-builtins.so.13.0"), "");
        Assert.Equal(Path.Combine(packages, "libnvrtc.so.13"), Nvrtc.Candidates(libtorch).First());
        File.WriteAllText(Path.Combine(libtorch, "libnvrtc-b51b459d.so.12"), "");
        Assert.Equal(Path.Combine(libtorch, "libnvrtc-b51b459d.so.12"), Nvrtc.Candidates(libtorch).First());
    }
}
