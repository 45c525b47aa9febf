namespace Sweeper.Cluster.Tests.CommandLine;

/// <summary>Every verb on one finished folder, as a user types it.</summary>
public sealed class VerbTests
{
    [Fact]
    public void Every_verb_answers_on_a_finished_folder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), """
            sweep: small
            experiment: teacher-student
            fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8, steps: 40,
              learning_rate: 1e-2 }
            grid: { weight_decay: [0, 1e-2] }
            seeds: 3
            measure: [ { at: { every: 20 }, metrics: [loss, mode_strength] } ]
            """);
        Says("lowest validation loss at the end, mean over 3 seeds", "run", "sweep.yaml");
        Says("0 new, 6 kept", "plan", "sweep.yaml");
        Says("6 of 6 trials committed", "status", "small");
        Refuses("a folder that does not exist", "export", "small", "--output", folder.In("nowhere/curves.csv"));
        Refuses("a file stands where", "plot", "small", "--figure", "loss", "--out", "sweep.yaml");
        Says("weight_decay", "summary", "small", "--metric", "mode_strength", "--index", "1");
        Says("nothing to do", "resume", "small");
        Says("are up to date", "aggregate", "small");
        Says("mode_strength.svg", "plot", "small");
        Says("teacher_spectrum", "experiments", "teacher-student");
        Says("TorchSharp", "doctor");
        Says("18", "query", "small", "SELECT count(*) AS n FROM measurements WHERE metric = 'loss' AND split = 'train'");

        var trial = SweeperProcess.Run(folder.Path, ["query", "small", "SELECT trial_id FROM trials LIMIT 1", "--format", "csv"]).Output
            .Split('\n')[1];
        Says("mode_strength", "show", "small", trial);
        Says("holds all that is asked for", "explain", "small", trial[..6]);

        void Refuses(string problem, params string[] arguments)
        {
            var ended = SweeperProcess.Run(folder.Path, arguments);
            Assert.Equal(2, ended.ExitCode);
            Assert.Contains(problem, ended.Error, StringComparison.Ordinal);
        }

        void Says(string expected, params string[] arguments)
        {
            var ended = SweeperProcess.Run(folder.Path, arguments);
            Assert.Equal(("", 0), (ended.Error, ended.ExitCode));
            Assert.Contains(expected, ended.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_theory_says_of_a_sweep_needs_no_training()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), """
            sweep: untrained
            experiment: teacher-student
            fixed: { teacher: linear, student: linear, depth: 2, input_law: orthonormal, loss_scaling: half_sum, init_scale: 0.1,
              learning_rate: 1e-2, steps: 100 }
            grid: { teacher_spectrum: [[4], [2]] }
            measure: [ { at: [0, 100], metrics: [mode_strength] } ]
            figures: [ { metric: mode_strength, source: theory, name: growth } ]
            """);
        var ended = SweeperProcess.Run(folder.Path, ["run", "sweep.yaml", "--limit", "0"]);
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("2 left out by --limit 0", ended.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.In("results/untrained/figures/growth.svg")));
        // s(t) = s e^(2 s t) / (e^(2 s t) - 1 + s / epsilon) with epsilon = 0.1^2, after 100 steps of 0.01.
        var grown = SweeperProcess.Run(folder.Path, ["query", "untrained", """
            SELECT abs(mean - s * exp(2 * s) / (exp(2 * s) - 1 + s / 0.01)) < 1e-9 AS same
            FROM (SELECT *, teacher_spectrum[1] AS s FROM curves)
            WHERE source = 'theory' AND split = 'train' AND index = 0 AND step = 100
            """, "--format", "csv"]);
        Assert.Equal("same\ntrue\ntrue\n", grown.Output);
        Assert.Equal(
            "n\n0\n",
            SweeperProcess.Run(folder.Path, ["query", "untrained", "SELECT count(*) AS n FROM measurements", "--format", "csv"]).Output);
    }
}
