using Sweeper.Golden;
using Sweeper.Training.Tests.Data;
using Sweeper.Training.Tests.Engines;
using Sweeper.Training.Tests.Experiments;
using Sweeper.Training.Tests.Models;
using Sweeper.Training.Tests.Optimizers;
using Sweeper.Training.Tests.Phases;
using Sweeper.Training.Tests.Quantities;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Training.Tests;

public sealed class GoldenVectors
{
    private static readonly GoldenSuite Suite = new(
        "Sweeper.Training.Tests",
        new GoldenCheck("generators", GeneratorVectors.Check) { CasesOf = GeneratorVectors.CasesOf },
        new GoldenCheck("effective_rank", EffectiveRankVectors.Check),
        new GoldenCheck("alignment", AgreementVectors.CheckAlignment) { CasesOf = AgreementVectors.CasesOf },
        new GoldenCheck("sva", AgreementVectors.CheckAgreement),
        new GoldenCheck("half_svd_prune", HalfSpectrumVectors.Check) { CasesOf = HalfSpectrumVectors.CasesOf },
        new GoldenCheck("magnitude_mask", MagnitudeMaskVectors.Check),
        new GoldenCheck("perturbation", PerturbationVectors.Check) { CasesOf = PerturbationVectors.CasesOf },
        new GoldenCheck("barrier", BarrierVectors.Check) { CasesOf = BarrierVectors.CasesOf },
        new GoldenCheck("barrier_batchnorm", NormalisedBarrierVectors.Check) { CasesOf = NormalisedBarrierVectors.CasesOf },
        new GoldenCheck("transformer", TransformerVectors.Check) { CasesOf = TransformerVectors.CasesOf },
        new GoldenCheck("optim", OptimizerVectors.Check) { CasesOf = OptimizerVectors.CasesOf },
        new GoldenCheck("runs_s1", GrokkingRunVectors.Check) { CasesOf = GrokkingRunVectors.CasesOf },
        new GoldenCheck("runs_s2_to_s4", ClassifierRunVectors.Check) { CasesOf = ClassifierRunVectors.CasesOf },
        new GoldenCheck("runs_s5", BranchedRunVectors.Check) { CasesOf = BranchedRunVectors.CasesOf },
        new GoldenCheck("runs_s6", MaskedRunVectors.Check) { CasesOf = MaskedRunVectors.CasesOf },
        new GoldenCheck("f_transfer_montecarlo", TransferVectors.Check),
        new GoldenCheck("jd07_alignment", EnsembleVectors.Check),
        new GoldenCheck("h_jacobian_modes", JacobianModeVectors.Check),
        new GoldenCheck("i_training_runs", TrainingRunVectors.Check),
        new GoldenCheck("j_linear_gd", LinearDescentVectors.Check),
        new GoldenCheck("k_linear_split", LinearSplitVectors.Check),
        new GoldenCheck("n_seed000_statistics", OutcomeVectors.Check),
        new GoldenCheck("jd08_finite_width", FiniteWidthVectors.Check) { CasesOf = GoldenCheck.OfKinds("mc") },
        new GoldenCheck("jd10_spectral", SpectralVectors.Check) { CasesOf = GoldenCheck.OfKinds("trace", "mc") },
        new GoldenCheck("jd05_balanced_dynamics", ChainFlowVectors.Check) { CasesOf = ChainFlowVectors.CasesOf },
        new GoldenCheck("jd12_fgln_training", GatedTrainingVectors.Check),
        new GoldenCheck("jd06_sharpness", SharpnessVectors.Check),
        new GoldenCheck("jd09_directional", DirectionalVectors.Check) { CasesOf = GoldenCheck.OfKinds("gradient", "gd") },
        new GoldenCheck("jd03_finite_depth_mc", ProductVectors.CheckDepths),
        new GoldenCheck("jd04_stable_product", ProductVectors.CheckProducts),
        new GoldenCheck("jd11_alignment", ProductVectors.CheckAgreement));

    public static TheoryData<string> Topics => Suite.Topics;

    [Theory, MemberData(nameof(Topics))]
    public void Every_case_of_the_topic_agrees(string topic)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Suite.Run(topic);
    }
}
