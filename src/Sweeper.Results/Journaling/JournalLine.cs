using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sweeper.Core.Journal;

namespace Sweeper.Results.Journaling;

/// <summary>
/// One line of a journal: {"sum":"0123456789abcdef","epoch":3,"entry":{"event":...}}, where `sum` is the beginning of
/// SHA-256 over all that follows its comma.
/// </summary>
/// <param name="Epoch">Who wrote it.</param>
/// <param name="Entry">What it says.</param>
internal sealed record JournalLine(int Epoch, JournalEntry Entry)
{
    private const int SumLength = 16;
    private static readonly byte[] Head = Encoding.ASCII.GetBytes("{\"sum\":\"");
    private static readonly int BodyStart = Head.Length + SumLength + 2;

    /// <summary>The line's bytes, newline included.</summary>
    public byte[] Encode()
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Body(Epoch, Entry), JournalJson.Options).AsSpan(1);
        return [.. Head, .. Encoding.ASCII.GetBytes(Sum(body)), (byte)'"', (byte)',', .. body, (byte)'\n'];
    }

    /// <summary>Reads a line without its newline; throws <see cref="FormatException"/> with the reason when it is damaged.</summary>
    public static JournalLine Decode(ReadOnlySpan<byte> line)
    {
        if (line.Length <= BodyStart || !line.StartsWith(Head) || !line[(BodyStart - 2)..].StartsWith("\","u8))
        {
            throw new FormatException("it is not a journal line");
        }

        var body = line[BodyStart..];
        if (Encoding.ASCII.GetString(line.Slice(Head.Length, SumLength)) != Sum(body))
        {
            throw new FormatException("its checksum does not match");
        }

        try
        {
            var read = JsonSerializer.Deserialize<Body>([(byte)'{', .. body], JournalJson.Options)!;
            return new JournalLine(read.Epoch, read.Entry);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            throw new FormatException("this sweeper does not know such an entry; a newer one may have written it", fault);
        }
    }

    private static string Sum(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body))[..SumLength];

    /// <summary>All that the sum is of.</summary>
    internal sealed record Body(int Epoch, JournalEntry Entry);
}
