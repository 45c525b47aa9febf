using Sweeper.Simulation.Pressure;
using Sweeper.Simulation.Scale;

namespace Sweeper.Simulation;

/// <summary>The words around the tables of docs/measured/scale.md.</summary>
internal static class PageText
{
    /// <summary>The whole page.</summary>
    public static string Of(string commit, IReadOnlyCollection<ScaleResult> sizes, IReadOnlyCollection<PressureResult> streams) => $"""
        # Scale

        Measured without training anything, at commit {commit}, each row once and in a process of its own. Written by

        ```
        dotnet run -c Release --project tools/simulation -- page
        ```

        ## Coordinator, plan, resume, status

        A real node runs a sweep of `teacher-student`: plan, coordinator, ledger, lock and journal (synced to disk before any
        commit that it says is granted) are those of `sweeper run`. Workers train and write nothing and answer at once, without a network
        between, so what rows cost is not in this table, and no file is derived. *run* is the wall time from submission to the last
        commit; all of it is counted as the coordinator's, divided by trials and by packs; *processor ms a trial* is the
        time of all cores in it, without the waiting for the disk. Before it, *first run* trains another sweep,
        of 2,000 packs of one trial: .NET compiles the coordinator meanwhile. *resume* is what a restarted coordinator does first: it
        opens the finished folder and takes up its journal. *plan*, *resume* and *status* run once each, one after the other, and the
        start of a process is not in them; *`sweeper status`* is the whole program, of which some tenths of a second are .NET starting and
        compiling what is not compiled ahead. Memory is the largest working set, coordinator and all workers together.

        {ScaleTable.Of(sizes)}

        {Bar.Table(Bar.Of(sizes))}

        ## Back-pressure

        A runner that makes rows up offers them as fast as its sink takes them. They go the whole way: chunks of at most 64 kB, a
        window of 16 unacknowledged ones, the aggregator, a sorted and compressed Parquet segment on disk, the commit. What the runner
        would make without being held up stands beside what is committed. On one core means that all of that shares the core, runner and
        garbage collector included. Where the store is slow, so is the runner, and nothing piles up: the worker holds a window of chunks
        (those that are acknowledged wait in a file, of 1 GiB at most, for an aggregator that has to begin again), the aggregator one
        step and one row group.

        {PressureTable.Of(streams)}

        {Bar.Table(Bar.Of(streams))}

        """;
}
