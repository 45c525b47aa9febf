using System.Security.Cryptography;
using System.Text;
using Sweeper.Core.Experiments;
using Sweeper.Core.Sweeps.Identity;

namespace Sweeper.Core.Sweeps;

/// <summary>
/// What a trial is, in canonical JSON (RFC 8785): experiment, version, the hyperparameters that differ from that version's
/// defaults, the hyperparameter `dtype` (always, where one is declared), seed, and the content hash of a data set, if there is
/// one. Nothing else: no metric, schedule, engine, device, path, attempt or order. A new hyperparameter with a default
/// therefore keeps every old id.
/// </summary>
public static class TrialIdentity
{
    private const int HexDigits = 20;
    private const string TypeHyperparameter = "dtype";

    /// <summary>Id of a point without a seed.</summary>
    public static CurveId CurveIdOf(Point point, string? dataset = null) => new(Hash(Canonical(point, null, dataset)));

    /// <summary>Id of a point with a seed.</summary>
    public static TrialId TrialIdOf(Point point, long seed, string? dataset = null) => new(Hash(Canonical(point, seed, dataset)));

    /// <summary>The trial of a point and a seed.</summary>
    public static Trial TrialOf(Point point, long seed) => new(point, seed, CurveIdOf(point), TrialIdOf(point, seed));

    /// <summary>The text that is hashed.</summary>
    public static string Canonical(Point point, long? seed, string? dataset)
    {
        var experiment = point.Experiment;
        var named = experiment.Hyperparameters.Zip(point.Values, (declared, value) => (declared, value)).ToArray();
        var members = new List<(string, string)>
        {
            ("experiment", CanonicalJson.Text(experiment.Name)),
            ("version", CanonicalJson.Number(experiment.Version)),
            ("hyperparameters", CanonicalJson.Object(named
                .Where(pair => pair.declared.Name != TypeHyperparameter && !pair.value.Equals(pair.declared.Default))
                .Select(pair => (pair.declared.Name, Json(pair.value))))),
        };
        members.AddRange(named.Where(pair => pair.declared.Name == TypeHyperparameter).Select(pair => (TypeHyperparameter, Json(pair.value))));
        if (seed is { } number)
        {
            members.Add(("seed", CanonicalJson.Number(number)));
        }

        if (dataset is not null)
        {
            members.Add(("dataset", CanonicalJson.Text(dataset)));
        }

        return CanonicalJson.Object(members);
    }

    /// <summary>A value as canonical JSON.</summary>
    internal static string Json(Value value) => value switch
    {
        Value.Integer integer => CanonicalJson.Number(integer.Number),
        Value.Real real => CanonicalJson.Number(real.Number),
        Value.Flag flag => CanonicalJson.Flag(flag.IsSet),
        Value.Choice choice => CanonicalJson.Text(choice.Word),
        Value.Vector vector => CanonicalJson.Array(vector.Numbers.Select(CanonicalJson.Number)),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.Kind, "unknown kind of value"),
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HexDigits];
}
