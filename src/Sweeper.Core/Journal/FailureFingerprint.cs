using System.Text.RegularExpressions;

namespace Sweeper.Core.Journal;

/// <summary>What failures that are alike have in common: their message without numbers, ids and addresses.</summary>
public static partial class FailureFingerprint
{
    /// <summary>The message with `#` for everything that differs between trials, packs and machines.</summary>
    public static string Of(string message) => Varying().Replace(message, "#");

    // Hexadecimal ids of eight digits or more first (their letters would be left over), then numbers with sign of exponent.
    [GeneratedRegex(@"\b0x[0-9a-fA-F]+\b|\b(?=[0-9a-f]*\d)[0-9a-f]{8,}(?:-[0-9a-f]+)*\b|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")]
    private static partial Regex Varying();
}
