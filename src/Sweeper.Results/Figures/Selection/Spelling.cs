namespace Sweeper.Results.Figures.Selection;

/// <summary>Names of metrics and hyperparameters as figures write them.</summary>
internal static class Spelling
{
    private static readonly Dictionary<string, string> Proper = new(StringComparer.Ordinal)
    {
        ["cka"] = "CKA", ["lyapunov"] = "Lyapunov", ["ntk"] = "NTK", ["snr"] = "SNR",
    };

    /// <summary>`ntk_sharpness` as NTK sharpness.</summary>
    public static string Of(string name) => string.Join(' ', name.Split('_').Select(word => Proper.GetValueOrDefault(word, word)));
}
