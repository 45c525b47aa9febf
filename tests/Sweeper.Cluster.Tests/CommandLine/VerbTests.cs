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
            fixed: { width: 6, inputs: 6, outputs: 6, teacher_spectrum: [3, 1], train_examples: 16, validation_examples: 8, steps: 40, learning_rate: 1e-2 }
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

        var trial = SweeperProcess.Run(folder.Path, ["query", "small", "SELECT trial_id FROM trials LIMIT 1", "--format", "csv"]).Output.Split('\n')[1];
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
}
