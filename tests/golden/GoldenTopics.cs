using System.Collections.Immutable;

namespace Sweeper.Golden;

/// <summary>
/// The topics of the reference vectors that Sweeper implements, and the test project that runs each: the one place to
/// extend. Each project must have a check for each of its topics, and runs every case of it.
/// </summary>
internal static class GoldenTopics
{
    public static ImmutableArray<GoldenTopic> All { get; } =
    [
        new("prng", WeightSpectra, "prng", "Sweeper.Tests"),
        new("generators", WeightSpectra, "generators", "Sweeper.Training.Tests"),
        new("effective_rank", WeightSpectra, "effective_rank", "Sweeper.Training.Tests"),
        new("alignment", WeightSpectra, "alignment", "Sweeper.Training.Tests"),
        new("sva", WeightSpectra, "sva", "Sweeper.Training.Tests"),
        new("half_svd_prune", WeightSpectra, "half_svd_prune", "Sweeper.Training.Tests"),
        new("magnitude_mask", WeightSpectra, "magnitude_mask", "Sweeper.Training.Tests"),
        new("perturbation", WeightSpectra, "perturbation", "Sweeper.Training.Tests"),
        new("barrier", WeightSpectra, "barrier", "Sweeper.Training.Tests"),
        new("transformer", WeightSpectra, "transformer", "Sweeper.Training.Tests"),
        new("barrier_batchnorm", WeightSpectra, "barrier_batchnorm", "Sweeper.Training.Tests"),
        new("optim", WeightSpectra, "optim", "Sweeper.Training.Tests"),
        new("runs_s1", "weight_spectra/ws_runs.json", null, "Sweeper.Training.Tests"),
        new("runs_s2_to_s4", "weight_spectra/ws_runs.json", null, "Sweeper.Training.Tests"),
        new("runs_s5", "weight_spectra/ws_runs.json", null, "Sweeper.Training.Tests"),
        new("runs_s6", "weight_spectra/ws_runs.json", null, "Sweeper.Training.Tests"),
        new("a_mode_growth", "teacher_student/a_mode_growth.json", null, "Sweeper.Tests"),
        new("b_rmt_maps", "teacher_student/b_rmt_maps.json", null, "Sweeper.Tests"),
        new("c_mp", "teacher_student/c_mp.json", null, "Sweeper.Tests"),
        new("d_theory_curves", "teacher_student/d_theory_curves.json", null, "Sweeper.Tests"),
        new("e_shrinkage", "teacher_student/e_shrinkage.json", null, "Sweeper.Tests"),
        new("f_transfer_theory", "teacher_student/f_transfer_theory.json", null, "Sweeper.Tests"),
        new("g_examples_theory", "teacher_student/g_examples_theory.json", null, "Sweeper.Tests"),
        new("m_randomized_labels", "teacher_student/m_randomized_labels.json", null, "Sweeper.Tests"),
        new("b_montecarlo", "teacher_student/b_montecarlo.json", null, "Sweeper.Tests"),
        new("d_montecarlo", "teacher_student/d_montecarlo.json", null, "Sweeper.Tests"),
        new("f_transfer_montecarlo", "teacher_student/f_transfer_montecarlo.json", null, "Sweeper.Tests"),
        new("g_examples_montecarlo", "teacher_student/g_examples_montecarlo.json", null, "Sweeper.Tests"),
        new("f_transfer_montecarlo", "teacher_student/f_transfer_montecarlo.json", null, "Sweeper.Training.Tests"),
        new("jd07_alignment", "jacobian_depth/jd07_alignment.json", null, "Sweeper.Training.Tests"),
        new("jd07_alignment", "jacobian_depth/jd07_alignment.json", null, "Sweeper.Tests"),
        new("h_jacobian_modes", "teacher_student/h_jacobian_modes.json", null, "Sweeper.Training.Tests"),
        new("i_training_runs", "teacher_student/i_training_runs.json", null, "Sweeper.Training.Tests"),
        new("j_linear_gd", "teacher_student/j_linear_gd.json", null, "Sweeper.Training.Tests"),
        new("k_linear_split", "teacher_student/k_linear_split.json", null, "Sweeper.Training.Tests"),
        new("n_seed000_statistics", "teacher_student/n_seed000_statistics.json", null, "Sweeper.Training.Tests"),
        new("jd08_finite_width", "jacobian_depth/jd08_finite_width.json", null, "Sweeper.Tests"),
        new("jd08_finite_width", "jacobian_depth/jd08_finite_width.json", null, "Sweeper.Training.Tests"),
        new("jd10_spectral", "jacobian_depth/jd10_spectral.json", null, "Sweeper.Tests"),
        new("jd10_spectral", "jacobian_depth/jd10_spectral.json", null, "Sweeper.Training.Tests"),
        new("jd05_balanced_dynamics", "jacobian_depth/jd05_balanced_dynamics.json", null, "Sweeper.Tests"),
        new("jd05_balanced_dynamics", "jacobian_depth/jd05_balanced_dynamics.json", null, "Sweeper.Training.Tests"),
        new("jd12_fgln_training", "jacobian_depth/jd12_fgln_training.json", null, "Sweeper.Training.Tests"),
        new("jd06_sharpness", "jacobian_depth/jd06_sharpness.json", null, "Sweeper.Training.Tests"),
        new("jd09_directional", "jacobian_depth/jd09_directional.json", null, "Sweeper.Tests"),
        new("jd09_directional", "jacobian_depth/jd09_directional.json", null, "Sweeper.Training.Tests"),
        new("jd01_lyapunov", "jacobian_depth/jd01_lyapunov.json", null, "Sweeper.Tests"),
        new("jd03_finite_depth_mc", "jacobian_depth/jd03_finite_depth_mc.json", null, "Sweeper.Tests"),
        new("jd11_alignment", "jacobian_depth/jd11_alignment.json", null, "Sweeper.Tests"),
        new("jd03_finite_depth_mc", "jacobian_depth/jd03_finite_depth_mc.json", null, "Sweeper.Training.Tests"),
        new("jd04_stable_product", "jacobian_depth/jd04_stable_product.json", null, "Sweeper.Training.Tests"),
        new("jd11_alignment", "jacobian_depth/jd11_alignment.json", null, "Sweeper.Training.Tests"),
    ];

    private const string WeightSpectra = "weight_spectra/ws_vectors.json";
}

/// <summary>Where the cases of a topic are.</summary>
/// <param name="Name">Name in the output.</param>
/// <param name="File">File under the folder of the vectors.</param>
/// <param name="Block">Field of the file that holds the topic; null where the file is the topic.</param>
/// <param name="Project">Test project that runs it.</param>
internal sealed record GoldenTopic(string Name, string File, string? Block, string Project);
