using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimizers;
using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Phases;

/// <summary>All that changes while a program runs: with the position in its phases, a checkpoint.</summary>
/// <param name="Parameters">[K, P], changed in place.</param>
/// <param name="Optimizer">Its moments, changed in place.</param>
internal sealed record TrainingState(ParameterSet Parameters, OptimizerState Optimizer)
{
    private Batches? batches;

    /// <summary>Steps done, ever.</summary>
    public long Step { get; private set; }

    /// <summary>Steps on the way to these networks: a rewind takes it back. Learning-rate schedules and orders follow it.</summary>
    public long Clock { get; private set; }

    /// <summary>The clock when the order of the examples began.</summary>
    public long BatchesSince { get; private set; }

    /// <summary>0 where a parameter is held at zero, else 1, [K, T]; null where none is.</summary>
    public Tensor? Mask { get; private set; }

    /// <summary>A program's state before its first step.</summary>
    public static TrainingState Start(Program program)
    {
        var parameters = new ParameterSet(program.Model.Layout, program.Initial.Flat.clone());
        var moments = program.Rule is { } rule ? OptimizerState.Start(rule.Optimizer, parameters.Trained) : new OptimizerState([]);
        return new TrainingState(parameters, moments) { batches = program.Rule?.Batches };
    }

    /// <summary>
    /// A state that <see cref="Save"/> wrote, of the same program. Throws <see cref="InvalidDataException"/> when it is of another.
    /// </summary>
    public static TrainingState Load(StateArchive archive, string name, Program program)
    {
        var start = Start(program);
        var trained = start.Parameters.Trained.shape;
        return new TrainingState(
            new ParameterSet(program.Model.Layout, archive.Tensor($"{name}.parameters", start.Parameters.Flat.shape)),
            new OptimizerState([.. start.Optimizer.Moments.Select((_, place) => archive.Tensor($"{name}.moment.{place}", trained))])
                { Updates = archive.Number($"{name}.updates") })
        {
            Step = archive.Number($"{name}.step"),
            Clock = archive.Number($"{name}.clock"),
            Mask = archive.Find($"{name}.mask"),
            batches = Orders(program)[(int)archive.Number($"{name}.order")],
            BatchesSince = archive.Number($"{name}.order_since"),
        };
    }

    /// <summary>Writes all of it under a name.</summary>
    public void Save(StateArchive archive, string name, Program program)
    {
        archive.Put($"{name}.parameters", Parameters.Flat);
        foreach (var (place, moment) in Optimizer.Moments.Index())
        {
            archive.Put($"{name}.moment.{place}", moment);
        }

        if (Mask is { } mask)
        {
            archive.Put($"{name}.mask", mask);
        }

        archive.Put($"{name}.updates", Optimizer.Updates);
        archive.Put($"{name}.step", Step);
        archive.Put($"{name}.clock", Clock);
        archive.Put($"{name}.order", Orders(program).FindIndex(order => ReferenceEquals(order, batches)));
        archive.Put($"{name}.order_since", BatchesSince);
    }

    /// <summary>The order of the examples of every lane; null for all of them at every step.</summary>
    /// <param name="examples">How many there are.</param>
    public BatchOrder[]? Orders(int examples) => batches?.Orders(examples);

    /// <summary>The examples that the next step sees.</summary>
    public Split Batch(Split data) => batches?.At(data, Clock - BatchesSince) ?? data;

    /// <summary>So many more steps are done.</summary>
    public void Count(long steps)
    {
        Step += steps;
        Clock += steps;
    }

    /// <summary>A copy that later steps do not touch.</summary>
    public TrainingState Copy() => new(
        new ParameterSet(Parameters.Layout, Parameters.Flat.clone()),
        new OptimizerState([.. Optimizer.Moments.Select(moment => moment.clone())]) { Updates = Optimizer.Updates })
    {
        Step = Step, Clock = Clock, batches = batches, BatchesSince = BatchesSince,
    };

    /// <summary>Back to a copy, except for the count of steps and the mask.</summary>
    public void Rewind(TrainingState kept)
    {
        foreach (var (values, earlier) in Numbers().Zip(kept.Numbers()))
        {
            values.copy_(earlier);
        }

        Optimizer.Updates = kept.Optimizer.Updates;
        (Clock, batches, BatchesSince) = (kept.Clock, kept.batches, kept.BatchesSince);
        ApplyMask();
    }

    /// <summary>Every lane takes over from its parent, [K]; see <see cref="Phase.Fork"/>.</summary>
    public void Fork(Tensor parents, Batches? fresh)
    {
        var from = parents.to(Parameters.Flat.device);
        foreach (var values in Mask is null ? Numbers() : Numbers().Append(Mask))
        {
            values.copy_(values.index_select(0, from));
        }

        (batches, BatchesSince) = fresh is null ? (batches, BatchesSince) : (fresh, Clock);
    }

    /// <summary>Holds parameters and their moments at zero from now on where the mask [K, T] is 0.</summary>
    public void Hold(Tensor mask)
    {
        Mask = mask;
        ApplyMask();
    }

    /// <summary>Sets dead lanes ([K, 1], boolean) to zero, by selection: zero times infinity is not zero.</summary>
    public void Bury(Tensor dead)
    {
        foreach (var values in Numbers())
        {
            values.masked_fill_(dead, 0);
        }
    }

    /// <summary>The orders that a program's steps may follow: pure functions, known by their place.</summary>
    private static List<Batches?> Orders(Program program) =>
        [program.Rule?.Batches, .. program.Phases.OfType<Phase.Fork>().Select(fork => fork.Batches)];

    private IEnumerable<Tensor> Numbers() => Optimizer.Moments.Prepend(Parameters.Flat);

    private void ApplyMask()
    {
        if (Mask is { } mask)
        {
            foreach (var values in Optimizer.Moments.Prepend(Parameters.Trained))
            {
                values.mul_(mask);
            }
        }
    }
}
