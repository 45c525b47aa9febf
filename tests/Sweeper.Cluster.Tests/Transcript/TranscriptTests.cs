namespace Sweeper.Cluster.Tests.Transcript;

/// <summary>Every command of docs/transcript.md, one after the other on a copy of the committed folder.</summary>
public sealed class TranscriptTests
{
    private static readonly string[] Training = ["run", "resume", "retry", "rerun"];
    private static readonly string Page = Path.Combine(CommittedFolder.Root, "docs/transcript.md");

    /// <summary>With SWEEPER_APPROVE set, the page is written anew from the answers (those with `...` stay): look at the diff.</summary>
    [Fact]
    public async Task Every_command_of_the_transcript_answers_what_the_page_says()
    {
        using var folder = new CommittedFolder();
        var approved = new List<string>();
        var differing = new List<string>();
        foreach (var (text, command, answer) in TranscriptPage.Read(
            await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken)))
        {
            approved.Add(text);
            if (command is not null)
            {
                var isTraining = Training.Contains(command.Split(' ')[0]) && !command.Contains("--dry-run", StringComparison.Ordinal);
                var answered = isTraining ? folder.Train(command) : await folder.Read(command);
                var agrees = TranscriptPage.Agrees(answer, answered);
                if (!agrees)
                {
                    differing.Add($"$ sweeper {command}\n{answered}");
                }

                approved.Add($"$ sweeper {command}\n"
                    + (agrees || answer.Contains(TranscriptPage.Any) ? string.Join('\n', answer) : answered.TrimEnd('\n')));
            }
        }

        if (Approved.IsAsked)
        {
            await File.WriteAllTextAsync(Page, string.Join('\n', approved), TestContext.Current.CancellationToken);
        }

        Assert.Equal("", string.Join("\n", differing));
    }

    /// <summary>
    /// Those that serve one another until they are stopped, or need those, cannot be replayed a line at a time: ManyProcessesTests runs
    /// them.
    /// What `bench` answers is another machine's; `reproduce` runs sweeps of papers, as ReproductionCampaign does.
    /// </summary>
    private static readonly string[] Serving =
        ["coordinator", "cluster-file", "worker", "submit", "slurm", "kubernetes", "cancel", "drain", "bench", "reproduce"];

    [Fact]
    public async Task The_transcript_shows_every_verb_that_ends_by_itself()
    {
        var help = new StringWriter();
        await global::Sweeper.CommandLine.RunAsync(["--help"], help, help);
        var verbs = help.ToString().Split("Commands:")[1]
            .Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(verb => verb.Length > 0).ToHashSet();
        var shown = TranscriptPage.Read(await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken))
            .Where(part => part.Command is not null).Select(part => part.Command!.Split(' ')[0]).ToHashSet();
        Assert.Equal("", string.Join(' ', verbs.Except(shown).Except(Serving).Order(StringComparer.Ordinal)));
    }
}
