using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Training.Engines;
using Sweeper.Training.Models;
using Sweeper.Training.Phases;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// A program on its way through its phases. It may pause after a measurement; what it saves then is all that a run of the
/// same program, in any process, needs to go on to the bit.
/// </summary>
internal sealed class ProgramRun(Program program, IEngine engine, SnapshotRecorder recorder, ProgressReport progress, TrainingState state)
{
    private const string Now = "state";
    private const string Kept = "kept.";
    private const string Parameters = ".parameters";
    private readonly Dictionary<string, TrainingState> kept = [];
    private PauseRule pauses = PauseRule.Never;
    private int phase;
    private PackCheckpoint? checkpoint;

    /// <summary>Goes on where another one paused. Throws <see cref="InvalidDataException"/> when that was another program.</summary>
    public static ProgramRun Load(StateArchive archive, Program program, IEngine engine, SnapshotRecorder recorder, ProgressReport progress)
    {
        recorder.Load(archive);
        var run = new ProgramRun(
            program, engine, recorder, progress, TrainingState.Load(archive, Now, program)) { phase = (int)archive.Number("phase") };
        foreach (var name in archive.Tensors.Where(name => name.StartsWith(Kept, StringComparison.Ordinal)
            && name.EndsWith(Parameters, StringComparison.Ordinal)))
        {
            run.kept.Add(name[Kept.Length..^Parameters.Length], TrainingState.Load(archive, name[..^Parameters.Length], program));
        }

        return run;
    }

    /// <summary>Trains and measures to the end or to a pause.</summary>
    public PackOutcome Run(PauseRule rule, CancellationToken cancellation)
    {
        pauses = rule;
        for (; phase < program.Phases.Length && checkpoint is null; phase++)
        {
            switch (program.Phases[phase])
            {
                case Phase.Train train:
                    GoOn(train.Until, (steps, look) => engine.Advance(state, steps, look), cancellation);
                    break;
                case Phase.Compute compute:
                    GoOn(compute.Until, (steps, look) => Repeat(compute.Change, steps, look), cancellation);
                    break;
                case Phase.Keep keep:
                    kept[keep.Name] = state.Copy();
                    break;
                case Phase.Rewind rewind:
                    Once(() =>
                    {
                        state.Rewind(kept[rewind.Name]);
                        Recalibrate(state.Mask is not null);
                    });
                    break;
                case Phase.Fork fork:
                    Once(() => state.Fork(program.Lanes.Parents(fork.Parents), fork.Batches));
                    break;
                case Phase.Edit edit:
                    Once(() =>
                    {
                        edit.Change.Apply(state);
                        Recalibrate(isChanged: true);
                    });
                    break;
            }
        }

        if (checkpoint is null)
        {
            recorder.RecordIfDue(state);
            recorder.End(state);
        }

        progress.EndAt(state.Step);
        return new PackOutcome(recorder.Diverged) { Checkpoint = checkpoint };
    }

    private void GoOn(long until, Action<long, Action<long>> advance, CancellationToken cancellation)
    {
        while (state.Step < until && recorder.IsExpecting)
        {
            // Only when it goes on: an edit at this step comes before the measurement.
            if (recorder.RecordIfDue(state) && (!recorder.IsExpecting || (pauses.IsDue && TryPause())))
            {
                return;
            }

            var from = state.Step;
            advance(Math.Min(until, recorder.NextStep) - from, Look);
            if (state.Step < until)
            {
                progress.At(state.Step);
            }
            else
            {
                // Before the measurement at its last step, which may take its time.
                progress.EndAt(state.Step);
            }

            void Look(long done)
            {
                cancellation.ThrowIfCancellationRequested();
                Failpoint.Hit("train");
                progress.At(from + done);
            }
        }
    }

    private bool TryPause()
    {
        var archive = Save();
        if (archive.Size > PauseRule.LargestCheckpoint)
        {
            // It will not become smaller.
            pauses = PauseRule.Never;
            return false;
        }

        checkpoint = new PackCheckpoint(recorder.WrittenUpTo ?? state.Step, archive.ToBytes());
        return true;
    }

    private StateArchive Save()
    {
        var archive = new StateArchive();
        archive.Put("phase", phase);
        recorder.Save(archive);
        state.Save(archive, Now, program);
        foreach (var (name, earlier) in kept)
        {
            earlier.Save(archive, Kept + name, program);
        }

        return archive;
    }

    private void Repeat(IEdit change, long steps, Action<long> look)
    {
        for (var i = 0L; i < steps; i++)
        {
            look(i);
            Once(() => change.Apply(state));
            state.Count(1);
        }
    }

    private void Recalibrate(bool isChanged)
    {
        if (isChanged)
        {
            Recalibration.Of(program)?.Apply(state.Parameters);
        }
    }

    private static void Once(Action change)
    {
        using var scope = NewDisposeScope();
        change();
    }
}
