using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Results.Deriving;

/// <summary>Hash over everything that a derived file depends on, added piece by piece.</summary>
internal sealed class Fingerprint
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds pieces; their boundaries count.</summary>
    public Fingerprint Add(params ReadOnlySpan<string> pieces)
    {
        foreach (var piece in pieces)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(piece));
            hash.AppendData([0]);
        }

        return this;
    }

    /// <summary>The hash of all pieces, hex.</summary>
    public override string ToString() => Convert.ToHexStringLower(hash.GetCurrentHash());
}
