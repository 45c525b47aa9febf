using Sweeper.Terminal;

namespace Sweeper.Tests.Terminal;

/// <summary>Views of an invented run of a thousand trials.</summary>
internal static class Views
{
    public static RunView Training(double fraction, int workers = 0, int diverged = 0, string state = "training") => new(
        "quickstart@quick", state, 1000, (long)(fraction * 1000), diverged, 0, fraction, fraction * 1000,
        [.. Enumerable.Range(0, workers).Select(Worker)])
    {
        Headline = "validation relative_loss",
    };

    public static WorkerView Worker(int number) => new(
        $"cuda:0/{number}", $"{17 + number}", 256, 256 - number % 2, 1000 * number, 40_000,
        [.. Enumerable.Range(0, 24).Select(step => Math.Pow(0.8, step))]);
}
