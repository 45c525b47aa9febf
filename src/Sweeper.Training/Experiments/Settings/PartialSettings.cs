using Sweeper.Core.Experiments;

namespace Sweeper.Training.Experiments.Settings;

/// <summary>Settings that have an effect at some points only: elsewhere a value other than the default is a mistake.</summary>
internal static class PartialSettings
{
    /// <summary>Refuses values that do nothing.</summary>
    /// <param name="names">The settings.</param>
    /// <param name="decidedBy">The hyperparameter that decides where they have an effect.</param>
    /// <param name="of">Of what they are settings, as the message says it.</param>
    /// <param name="haveEffect">Whether they have an effect at a point.</param>
    public static IEnumerable<Constraint> Only(IEnumerable<string> names, string decidedBy, string of, Func<Point, bool> haveEffect) =>
        from name in names
        select new Constraint(
            [name, decidedBy], $"{name} is a setting of {of} only", point => haveEffect(point) || IsDefault(point, name));

    private static bool IsDefault(Point point, string name) =>
        point[name].Equals(point.Experiment.Hyperparameters[point.Experiment.IndexOf(name)].Default);
}
