using System.Globalization;
using System.Text;

namespace Sweeper.Core.Experiments;

/// <summary>
/// What the ids of an experiment's trials rest on, as text: a copy is committed per experiment, and a test fails when a default
/// changes while the version does not.
/// </summary>
public static class DefaultsSnapshot
{
    /// <summary>Name and version, then a line `name kind binding default` for every hyperparameter, by name.</summary>
    public static string Of(ExperimentDeclaration experiment)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{experiment.Name} {experiment.Version}\n");
        foreach (var declared in experiment.Hyperparameters.OrderBy(declared => declared.Name, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{declared.Name} {declared.Kind} {declared.Binding} {declared.Default}\n");
        }

        return text.ToString();
    }
}
