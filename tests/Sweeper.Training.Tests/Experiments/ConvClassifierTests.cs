using Sweeper.Training.Engines;
using Sweeper.Training.Experiments;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using Sweeper.Training.Quantities;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests.Experiments;

public sealed class ConvClassifierTests : TensorTest
{
    private const string Settings = "train_examples: 200, validation_examples: 20, pixel_noise: 2, label_noise: 0.2";
    private const int Steps = 100;

    /// <summary>
    /// Why statistics are recomputed (reference S7: training loss .002 of the whole network, of the upper half of its spectra .28 with its
    /// own statistics, .92 with those of the whole): what passes a truncated network is smaller, and batch norm does not know.
    /// </summary>
    [Fact]
    public void A_trained_network_is_cut_in_half_with_statistics_of_its_own_or_it_loses_much_more()
    {
        using var _ = no_grad();
        var program = TestPacks.Program(new ConvClassifier(), $"fixed: {{ {Settings}, steps: {Steps} }}");
        var state = TrainingState.Start(program);
        using var engine = new TorchEngine(program);
        engine.Advance(state, Steps);

        var snapshot = new NetworkSnapshot(program, state.Parameters, new PackConstants(Scope));
        var recomputed = snapshot.Get(HalfSpectrum.Both[0]);
        var kept = new ParameterSet(recomputed.Layout, recomputed.Flat.clone());
        foreach (var buffer in kept.Layout.Buffers)
        {
            kept[buffer.Name].copy_(state.Parameters[buffer.Name]);
        }

        double whole = Loss(state.Parameters), half = Loss(recomputed), stale = Loss(kept);
        Assert.True(whole < half && 1.5 * half < stale, $"{whole:f4} {half:f4} {stale:f4}");

        double Loss(ParameterSet networks) => program.Reported!.Loss(Outputs.Of(program.Model, networks, program.Splits[0].Inputs), program.Splits[0].Targets).Number();
    }

    /// <summary>Data and label noise are those of any classifier; pictures are what `Templates` draws.</summary>
    [Fact]
    public void Pictures_of_one_seed_are_shared_by_all_lanes_and_label_noise_is_in_the_training_labels_only()
    {
        const string Fixed = "train_examples: 400, validation_examples: 50, data_seed: 0";
        var program = TestPacks.Program(new ConvClassifier(), $"fixed: {{ {Fixed} }}\ngrid: {{ label_noise: [0, 0.5] }}\nseeds: 2");
        Assert.Equal([4L, 400, 768], program.Splits[0].Inputs.shape);
        Assert.Equal(0, program.Splits[0].Inputs.stride(0));
        // Of 200 redrawn labels each stays with probability 1/10: 180 change, with standard deviation 4.2.
        Assert.InRange(Changed(0), 150, 200);
        Assert.Equal(0, Changed(1));

        long Changed(int split) => program.Splits[split].Targets[0].ne(program.Splits[split].Targets[1]).sum().ToInt64();
    }
}
