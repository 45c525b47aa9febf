using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Vectors;
using Xunit;

namespace Sweeper.Lanes.Tests.Networks;

/// <summary>Bits do not depend on the processor; see <see cref="SwitchesTests"/>.</summary>
public sealed class MachineTests
{
    /// <summary>Whoever has to change it makes other numbers: they are another version of the numerics class.</summary>
    private const string Digest = "10c61f1d1816ecdb";

    /// <summary>The same of logistic losses.</summary>
    private const string LogisticDigest = "84e87cfb5d2e49c8";

    [Fact]
    public void Networks_that_were_trained_have_the_same_bits_on_every_machine()
    {
        double[] rates = [0.05, 0.1, 0.02], decay = [0.01, 0, 0.1], momentum = [0.9, 0.5, 0];
        Objective squares = new Objective.SquaredError(n => 2.0 / n), classes = new Objective.CrossEntropy();
        var shape = new MlpShape([5, 7, 6, 3], 0.1, HasBias: true, HasOutputActivation: false);
        TrainingCase<float> plain = new(
            new LaneTraining(shape, squares, new Update.Sgd(rates, decay, null)),
            Lanes: 3, Examples: 37, Batch: null, HasMask: false, IsShared: false, Steps: 50, Seed: 1);
        TrainingCase<double> masked = new(
            new LaneTraining(shape, classes, new Update.Sgd(rates, decay, momentum)),
            Lanes: 3, Examples: 37, Batch: 10, HasMask: true, IsShared: true, Steps: 50, Seed: 2);
        TrainingCase<float> adam = new(
            new LaneTraining(shape, classes, new Update.Adam(rates, decay, IsDecoupled: true, 0.9, 0.999, 1e-8)),
            Lanes: 3, Examples: 37, Batch: 10, HasMask: false, IsShared: true, Steps: 50, Seed: 3);
        Assert.All([false, true], isByUnit =>
        {
            byte[] all =
            [
                .. Bytes(plain.Train<Lanes512<float>>(isByUnit: isByUnit)), .. Bytes(masked.Train<Lanes128<double>>(isByUnit: isByUnit)),
                .. Bytes(adam.Train<Lanes256<float>>(isByUnit: isByUnit)),
            ];
            Assert.Equal(Digest, Convert.ToHexStringLower(SHA256.HashData(all))[..16]);
        });
    }

    [Fact]
    public void So_have_those_with_logistic_losses()
    {
        double[] rates = [0.05, 0.1, 0.02];
        var shape = new MlpShape([5, 7, 6, 1], 1, HasBias: false, HasOutputActivation: false);
        TrainingCase<float> sampled = new(
            new LaneTraining(shape, new Objective.Logistic(), new Update.Sgd(rates, null, null)),
            Lanes: 3, Examples: 37, Batch: 10, HasMask: false, IsShared: false, Steps: 50, Seed: 5);
        TrainingCase<double> expected = new(
            new LaneTraining(shape, TrainingCase<double>.Expected, new Update.Sgd(rates, null, null)),
            Lanes: 3, Examples: 5, Batch: null, HasMask: false, IsShared: true, Steps: 50, Seed: 6);
        Assert.All([false, true], isByUnit =>
        {
            byte[] all =
            [
                .. Bytes(sampled.Train<Lanes512<float>>(isByUnit: isByUnit)),
                .. Bytes(expected.Train<Lanes256<double>>(isByUnit: isByUnit)),
            ];
            Assert.Equal(LogisticDigest, Convert.ToHexStringLower(SHA256.HashData(all))[..16]);
        });
    }

    /// <summary>Of these, sums are longer than what is read at once, and layers fill several registers.</summary>
    [Fact]
    public void So_have_wide_ones()
    {
        double[] rates = [0.05, 0.1];
        TrainingCase<float> given = new(
            new LaneTraining(
                new MlpShape([150, 100, 100, 10], 0.1, HasBias: true, HasOutputActivation: false), new Objective.CrossEntropy(),
                new Update.Sgd(rates, null, rates)),
            Lanes: 2, Examples: 150, Batch: 140, HasMask: false, IsShared: true, Steps: 2, Seed: 4);
        byte[] plain = [.. Bytes(PlainTraining<float>.Of(given))];
        Assert.Equal(plain, Bytes(given.Train<Lanes512<float>>()));
        Assert.Equal(plain, Bytes(given.Train<Lanes512<float>>(isByUnit: true)));
        Assert.Equal(plain, Bytes(given.Train<Lanes256<float>>(isByUnit: true)));
    }

    [Fact]
    public void The_runtime_obeys_its_switches()
    {
        Assert.False(Vector512.IsHardwareAccelerated && IsOff(SwitchesTests.NoAvx512));
        Assert.False(Vector256.IsHardwareAccelerated && IsOff(SwitchesTests.NoAvx2));

        static bool IsOff(string variable) => Environment.GetEnvironmentVariable(variable) == "0";
    }

    private static IEnumerable<byte> Bytes<T>(ImmutableArray<T[]> state)
        where T : unmanaged => state.SelectMany(numbers => MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
}
