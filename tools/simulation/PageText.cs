namespace Sweeper.Simulation;

/// <summary>The words around the tables of docs/scale.md.</summary>
internal static class PageText
{
    /// <summary>The whole page.</summary>
    public static string Of(string commit, string sizes, string streams) => $"""
        # Scale

        Measured without training anything, on two cores that had other work to do as well, at commit {commit}. Written by

        ```
        dotnet run -c Release --project tools/simulation -- page
        ```

        ## Coordinator, plan, resume, status

        A real node runs a sweep of `teacher-student`: plan, coordinator, ledger, lock and journal (synced to disk line by line) are
        those of `sweeper run`. Workers train nothing and answer at once, without a network between; their segments are files of a few
        bytes, so what rows cost is not in this table, and no file is derived. *run* is the wall time from submission to the last
        commit; all of it is counted as the coordinator's, divided by trials and by packs. *plan*, *resume* (a restarted coordinator
        opens the finished folder) and *status* are first calls in a fresh process, its start not included. Memory is the largest
        working set of that process, coordinator and all workers together.

        {sizes}

        Bars: 1 ms a trial; for 100,000 trials plan 2 s, resume 5 s, status 0.2 s.

        ## Back-pressure

        A runner that makes rows up offers them as fast as its sink takes them. They go the whole way: chunks of at most 64 kB, a
        window of 16 unacknowledged ones, the aggregator, a sorted and compressed Parquet segment on disk, the commit. What the runner
        would make without being held up is the fourth column. Memory may grow by the 256 MiB that a worker keeps for an aggregator
        that has to begin again; behind them it should not grow with the number of rows, which the last column shows for a run that
        fills them.

        {streams}

        """;
}
