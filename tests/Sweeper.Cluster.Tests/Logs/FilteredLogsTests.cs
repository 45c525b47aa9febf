using Microsoft.Extensions.Logging;
using Sweeper.Cluster.Logs;
using Sweeper.Cluster.Tests.Fakes;

namespace Sweeper.Cluster.Tests.Logs;

public sealed class FilteredLogsTests : IDisposable
{
    private readonly RememberedLogs remembered = new();

    [Fact]
    public void What_akka_says_is_cut_to_a_line_without_a_trace_and_counted_and_what_actors_say_is_not()
    {
        var cause = new InvalidOperationException("outside", new IOException("the last cause\nand its second line"));
        var own = new InvalidOperationException("of our own");
        using (var logs = new FilteredLogs(remembered, new ManualClock()))
        {
            var logger = logs.CreateLogger("Akka");
            for (var again = 0; again < 5; again++)
            {
                Say(
                    logger, "TcpServerHandler (akka://sweeper)", "refused {0}",
                    $"[ERROR][today][Thread 1][TcpServerHandler (akka://sweeper)] refused {again}\nwith a page of advice", cause);
                Say(logger, "akka.ssl.tcp://sweeper@127.0.0.1:1/user/worker-0/worker", "pack {0}", $"pack {again}", own);
            }
        }

        var lines = remembered.Lines.ToList();
        Assert.Equal(("refused 0 (IOException: the last cause), said by TcpServerHandler (akka://sweeper)", null), lines[0]);
        Assert.Equal(Enumerable.Range(0, 5).Select(again => ($"pack {again}", (Exception?)own)), lines[1..6]);
        Assert.Equal("4 more lines like those above, about connections and frames, were left out", Assert.Single(lines[6..]).Text);
    }

    [Fact]
    public void A_line_is_as_long_as_a_line()
    {
        using var logs = new FilteredLogs(remembered, new ManualClock());
        Say(logs.CreateLogger("Akka"), "remoting", "manifest {0}", "manifest " + new string('x', 100_000), null);

        Assert.InRange(remembered.Lines.Single().Text.Length, 1, 400);
    }

    public void Dispose() => remembered.Dispose();

    /// <summary>As Akka's logger does.</summary>
    private static void Say(ILogger logger, string source, string template, string text, Exception? cause) => logger.Log(
        LogLevel.Error, default, new Dictionary<string, object?> { ["LogSource"] = source, ["{OriginalFormat}"] = template }, cause,
        (_, _) => text);
}
