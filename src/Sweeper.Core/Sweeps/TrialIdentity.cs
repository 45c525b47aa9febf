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

    /// <summary>The id of a point's curve.</summary>
    public static CurveId CurveOf(Point point) => new(Hash(Canonical(point, null)));

    /// <summary>The id of the trial of a point and a seed.</summary>
    public static TrialId IdOf(Point point, long seed) => new(Hash(Canonical(point, seed)));

    /// <summary>The text that a trial's id hashes; without a seed that of its curve.</summary>
    public static string Canonical(Point point, long? seed) =>
        CanonicalJson.Object(seed is { } number ? [.. Members(point), Seed(number)] : Members(point));

    private static List<(string, string)> Members(Point point)
    {
        var experiment = point.Experiment;
        var members = new List<(string, string)>
        {
            ("experiment", CanonicalJson.Text(experiment.Name)),
            ("version", CanonicalJson.Number(experiment.Version)),
        };
        var differing = new List<(string, string)>();
        for (var i = 0; i < point.Values.Length; i++)
        {
            var (declared, value) = (experiment.Hyperparameters[i], point.Values[i]);
            if (declared.Name == TypeHyperparameter)
            {
                members.Add((TypeHyperparameter, Json(value)));
            }
            else if (!value.Equals(declared.Default))
            {
                differing.Add((declared.Name, Json(value)));
            }
        }

        members.Add(("hyperparameters", CanonicalJson.Object(differing)));
        if (experiment.DatasetHash(point) is { } dataset)
        {
            members.Add(("dataset", CanonicalJson.Text(dataset)));
        }

        return members;
    }

    private static (string, string) Seed(long seed) => ("seed", CanonicalJson.Number(seed));

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
