using System.Collections.Immutable;

namespace Sweeper.Core.Experiments;

/// <summary>How a hyperparameter may vary inside one pack.</summary>
public enum Binding
{
    /// <summary>Decides shapes or the program: equal for all trials of a pack (depth, width, optimizer family).</summary>
    Static,
    /// <summary>A number per lane: may differ between trials of a pack (learning rate, noise, weight decay).</summary>
    Batched,
}

/// <summary>Declaration of one named value of an experiment. Built with the factory methods.</summary>
public sealed record Hyperparameter
{
    private Hyperparameter(string name, Binding binding, Value standard, string doc)
    {
        Name = name;
        Binding = binding;
        Default = standard;
        Doc = doc;
    }

    /// <summary>Name in sweep files, columns and figures: snake_case.</summary>
    public string Name { get; }

    /// <summary>Static or batched.</summary>
    public Binding Binding { get; }

    /// <summary>Type of its values.</summary>
    public ValueKind Kind => Default.Kind;

    /// <summary>Value where the sweep file names none; frozen per experiment version.</summary>
    public Value Default { get; }

    /// <summary>One line for users: what it is, and its unit where it has one.</summary>
    public string Doc { get; }

    /// <summary>Smallest allowed number (Integer, Real, each entry of a Vector).</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Largest allowed number (Integer, Real, each entry of a Vector).</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Allowed words of a Choice; empty for other kinds.</summary>
    public ImmutableArray<string> Choices { get; private init; } = [];

    /// <summary>Declares a whole number.</summary>
    public static Hyperparameter Integer(string name, Binding binding, long standard, string doc) =>
        new(name, binding, new Value.Integer(standard), doc);

    /// <summary>Declares a double.</summary>
    public static Hyperparameter Real(string name, Binding binding, double standard, string doc) =>
        new(name, binding, new Value.Real(standard), doc);

    /// <summary>Declares a switch; always static.</summary>
    public static Hyperparameter Flag(string name, bool standard, string doc) =>
        new(name, Binding.Static, new Value.Flag(standard), doc);

    /// <summary>Declares a word out of <paramref name="choices"/>; always static.</summary>
    public static Hyperparameter Choice(string name, string standard, ImmutableArray<string> choices, string doc) =>
        new(name, Binding.Static, new Value.Choice(standard), doc) { Choices = choices };

    /// <summary>Declares a list of doubles.</summary>
    public static Hyperparameter Vector(string name, Binding binding, ImmutableArray<double> standard, string doc) =>
        new(name, binding, new Value.Vector(standard), doc);
}
