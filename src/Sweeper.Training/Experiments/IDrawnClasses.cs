using System.Collections.Immutable;
using Sweeper.Core.Experiments;

namespace Sweeper.Training.Experiments;

/// <summary>
/// A classification problem that is drawn, for those who have no files: what <see cref="ClassificationData"/> needs of it.
/// </summary>
internal interface IDrawnClasses
{
    /// <summary>Its word for the hyperparameter `dataset`.</summary>
    string Name { get; }

    /// <summary>What is drawn, as in `synthclass is drawn, ...`.</summary>
    string Doc { get; }

    /// <summary>Its hyperparameters.</summary>
    ImmutableArray<Hyperparameter> Settings { get; }

    /// <summary>The one of them that says how hard it is, a batched number.</summary>
    string Difficulty { get; }

    /// <summary>Numbers of an input.</summary>
    int Inputs(Point point);

    /// <summary>Number of classes.</summary>
    int Classes(Point point);

    /// <summary>Inputs [examples, numbers], row-major, and a label for each: a pure function of its arguments.</summary>
    /// <param name="point">Its static values.</param>
    /// <param name="examples">Training and validation together.</param>
    /// <param name="difficulty">Value of <see cref="Difficulty"/>.</param>
    /// <param name="seed">Of the stream `data`.</param>
    (double[] Inputs, int[] Labels) Draw(Point point, int examples, double difficulty, long seed);
}
