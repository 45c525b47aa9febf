using System.Text.Json;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Xunit;

namespace Sweeper.Training.Tests.Running;

/// <summary>
/// A pack that stops at a step and goes on from the bytes of its checkpoint in a fresh runner is the pack that never stopped.
/// </summary>
public sealed class PausingTests
{
    private const int Pauses = 3;

    public static TheoryData<string, EngineKind> Sweeps { get; } = new(
        from sweep in PausingSweeps.All.Remove(PausingSweeps.LookingBack)
        from engine in PausingSweeps.HasLanes(sweep) ? (EngineKind[])[EngineKind.Torch, EngineKind.Lanes] : [EngineKind.Torch]
        select (sweep, engine));

    [Theory, MemberData(nameof(Sweeps))]
    public void A_pack_that_pauses_at_random_steps_measures_and_ends_to_the_bit_as_one_that_never_paused(string sweep, EngineKind engine)
    {
        var whole = new Measured();
        var random = new Random(sweep.Length);
        var work = PausingSweeps.Work(sweep, engine);
        var expected = PausingRun.Of(work, whole, null, Timeout.Infinite);
        Assert.Null(expected.Checkpoint);

        var parts = new Measured();
        var steps = work.Schedule.Snapshots.Select(snapshot => snapshot.Step)
            .SkipLast(1).OrderBy(_ => random.Next()).Take(Pauses).Order().ToList();
        PackCheckpoint? checkpoint = null;
        foreach (var step in steps)
        {
            checkpoint = PausingRun.Of(PausingSweeps.Work(sweep, engine), parts, checkpoint, step).Checkpoint;
            Assert.Equal(step, checkpoint!.Step);
        }

        var outcome = PausingRun.Of(PausingSweeps.Work(sweep, engine), parts, checkpoint, Timeout.Infinite);
        Assert.Null(outcome.Checkpoint);
        Assert.Equal(expected.Diverged, outcome.Diverged);
        Assert.Equal(whole.Lines(), parts.Lines());
    }

    public static TheoryData<string> Diverging { get; } =
        [PausingSweeps.Student("optimizer: adam, batch: 5", "learning_rate: [0.01, 1e30]"), PausingSweeps.LookingBack];

    [Theory, MemberData(nameof(Diverging))]
    public void A_pack_that_pauses_at_every_measurement_is_the_same_too_and_remembers_who_diverged_and_what_waits_for_the_end(string sweep)
    {
        var whole = new Measured();
        var expected = PausingRun.Of(PausingSweeps.Work(sweep), whole, null, Timeout.Infinite);
        Assert.NotEmpty(expected.Diverged);

        var parts = new Measured();
        var outcome = PausingRun.Of(PausingSweeps.Work(sweep), parts, null, 0);
        var pauses = 0;
        for (; outcome.Checkpoint is { } checkpoint; pauses++)
        {
            outcome = PausingRun.Of(PausingSweeps.Work(sweep), parts, checkpoint, 0);
        }

        Assert.Equal(PausingSweeps.Work(sweep).Schedule.Snapshots.Length - 1, pauses);
        Assert.Equal(expected.Diverged, outcome.Diverged);
        Assert.Equal(whole.Lines(), parts.Lines());
    }

    [Fact]
    public void A_checkpoint_is_a_safetensors_file_and_one_of_another_program_is_refused()
    {
        var checkpoint = PausingRun.Of(
            PausingSweeps.Work(PausingSweeps.Student("optimizer: adam", "noise: [0, 1]")), new Measured(), null, 3).Checkpoint!;
        var length = (int)BitConverter.ToInt64(checkpoint.Content.Span);
        using var header = JsonDocument.Parse(checkpoint.Content.Slice(8, length));
        Assert.Equal(0, (8 + length) % 8);
        Assert.Equal("F32", header.RootElement.GetProperty("state.moment.1").GetProperty("dtype").GetString());
        Assert.Equal("3", header.RootElement.GetProperty("__metadata__").GetProperty("state.updates").GetString());

        var other = PausingSweeps.Work(PausingSweeps.Student("optimizer: adam, depth: 3", "noise: [0, 1]"));
        Assert.Contains(
            "another program", Assert.Throws<InvalidDataException>(() => PausingRun.Of(other, new Measured(), checkpoint, 9)).Message);
        Assert.Throws<InvalidDataException>(() => PausingRun.Of(other, new Measured(), new PackCheckpoint(3, new byte[64]), 9));
    }
}
