using System.Collections.Immutable;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps;

/// <summary>A sweep file, typed. The order of keys is gone: axes and fixed values stand in the order of the experiment's declaration.</summary>
internal sealed record SweepContent(
    string Sweep,
    string? Profile,
    ExperimentDeclaration Experiment,
    ImmutableArray<(Hyperparameter Declaration, Value Value)> Fixed,
    ImmutableArray<SweepAxis> Axes,
    ImmutableArray<long> Seeds,
    ImmutableArray<MeasureRule> Measure,
    int Lanes,
    ImmutableArray<FigureSpec> Figures,
    long AllowFailed,
    PlacesOfNames Places)
{
    /// <summary>Folder name.</summary>
    public string Name => Profile is null ? Sweep : $"{Sweep}@{Profile}";

    /// <summary>The value of every hyperparameter where no axis gives one: fixed, else the default.</summary>
    public ImmutableArray<Value> Standard
    {
        get
        {
            var values = Experiment.Hyperparameters.Select(declared => declared.Default).ToArray();
            foreach (var (declared, value) in Fixed)
            {
                values[Experiment.IndexOf(declared.Name)] = value;
            }

            return [.. values];
        }
    }
}

/// <summary>Where a sweep file speaks of its experiment and of each hyperparameter, for faults that only a whole point shows.</summary>
internal sealed record PlacesOfNames(SourcePlace Experiment, ImmutableDictionary<string, SourcePlace> Hyperparameters)
{
    /// <summary>The place of the first name that a sentence speaks of, else that of the experiment.</summary>
    public SourcePlace Of(string sentence) => sentence
        .Split([' ', '\'', '"', ',', '.', ':', ';', '(', ')', '='], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => Hyperparameters.GetValueOrDefault(word))
        .FirstOrDefault(place => place is not null) ?? Experiment;
}
