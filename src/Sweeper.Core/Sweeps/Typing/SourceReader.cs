using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Claims;
using Sweeper.Core.Sweeps.Reading;

namespace Sweeper.Core.Sweeps.Typing;

/// <summary>Reads `paper` and `chosen`: what a sweep reproduces, and which settings are not that work's.</summary>
internal static class SourceReader
{
    /// <summary>What they say; wrong entries are noted and left out.</summary>
    public static SweepSource Read(YamlNode? paper, YamlNode? chosen, ExperimentDeclaration experiment, Faults faults)
    {
        var names = SweepSource.Names(experiment);
        return new SweepSource(
            paper is null ? null : faults.Try(() => Text(paper, "'paper'")),
            chosen is null ? [] : faults.Each(
                faults.List(() => SectionsReader.Table(chosen, "'chosen'").Entries),
                entry => names.Contains(entry.Name)
                    ? (entry.Name, Text(entry.Value, $"the reason for '{entry.Name}'"))
                    : throw entry.Key.Place.Fault(
                        $"experiment '{experiment.Name}' has no hyperparameter '{entry.Name}'", NearestName.Remedy(entry.Name, names))));
    }

    private static string Text(YamlNode node, string what) => node is YamlScalar { Text: var text } && text.Trim().Length > 0
        ? text.Trim() : throw node.Place.Fault($"{what} must be a text, but {node.Shape} stands here", "write a few words");
}
