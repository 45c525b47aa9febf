using Sweeper.Core.Experiments;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>
/// Settings that have an effect at some points only: a value other than the default is a mistake where a sweep has none of these points.
/// </summary>
internal static class PartialSettings
{
    /// <summary>Refuses values that do nothing because of a choice.</summary>
    /// <param name="names">The settings.</param>
    /// <param name="decidedBy">The choice that decides where they have an effect.</param>
    /// <param name="choices">Its words with which they have.</param>
    public static IEnumerable<Constraint> Only(IEnumerable<string> names, string decidedBy, params string[] choices) => Only(
        names, decidedBy, $"`{decidedBy}: {string.Join("` or `", choices)}`", point => choices.Contains(point.Choice(decidedBy)));

    /// <summary>Refuses values that do nothing.</summary>
    /// <param name="names">The settings.</param>
    /// <param name="decidedBy">The hyperparameter that decides where they have an effect.</param>
    /// <param name="with">With what of it they have, as the message says it.</param>
    /// <param name="haveEffect">Whether they have an effect at a point.</param>
    public static IEnumerable<Constraint> Only(
        IEnumerable<string> names, string decidedBy, string with, Func<Point, bool> haveEffect) =>
        from name in names
        select new Constraint(
            [name, decidedBy], $"{name} has an effect with {with} only", point => haveEffect(point) || IsDefault(point, name))
        {
            Remedy = $"leave {name} out, or take it with {with}",
            IsUsedBy = point => haveEffect(point) && !IsDefault(point, name),
        };

    /// <summary>Whether a setting says what it would without being given.</summary>
    public static bool IsDefault(Point point, string name) =>
        point[name].Equals(point.Experiment.Hyperparameters[point.Experiment.IndexOf(name)].Default);
}
