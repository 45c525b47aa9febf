using System.Collections.Immutable;

namespace Sweeper.Reproduction;

/// <summary>
/// The claims of one sweep: an SQL file whose comments say what is claimed. It begins with `-- sweep: FILE`, and `-- profile: NAME` where
/// they are about a profile of it; every claim begins with `-- entry:`, followed by `-- claim:`, `-- expected:` and, for one that is missed, `-- cause:`. A
/// comment without such a word continues the one above.
/// </summary>
/// <param name="Sweep">Path of the sweep file in the repository.</param>
/// <param name="Profile">The profile that they are about; null for the sweep itself.</param>
/// <param name="Claims">In order.</param>
internal sealed record ClaimFile(string Sweep, string? Profile, ImmutableArray<Claim> Claims)
{
    private static readonly string[] Words = ["sweep", "profile", "entry", "claim", "expected", "cause"];

    /// <summary>What `sweeper run` is told.</summary>
    public string Asked => Profile is null ? Sweep : $"{Sweep} --profile {Profile}";

    /// <summary>Reads one; throws <see cref="FormatException"/> with the line where it is not as described.</summary>
    public static ClaimFile Parse(string name, string text)
    {
        var sweep = "";
        string? profile = null;
        var claims = ImmutableArray.CreateBuilder<Claim>();
        Dictionary<string, string>? said = null;
        string? last = null;
        var sql = new List<string>();
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (!line.StartsWith("--", StringComparison.Ordinal))
            {
                sql.Add(line);
                continue;
            }

            var comment = line[2..].Trim();
            var word = Words.FirstOrDefault(known => comment.StartsWith(known + ":", StringComparison.Ordinal));
            switch (word)
            {
                case "sweep":
                    sweep = comment[6..].Trim();
                    break;
                case "profile":
                    profile = comment[8..].Trim();
                    break;
                case "entry":
                    Close();
                    (said, last) = (new Dictionary<string, string> { ["entry"] = comment[6..].Trim() }, word);
                    break;
                case not null when said is not null:
                    said[word] = comment[(word.Length + 1)..].Trim();
                    last = word;
                    break;
                case null when said is not null && last is not null:
                    said[last] += " " + comment;
                    break;
                default:
                    throw new FormatException($"{name}:{index + 1}: `{line}` stands before the first `-- entry:`");
            }
        }

        Close();
        return sweep.Length > 0 ? new ClaimFile(sweep, profile, claims.ToImmutable())
            : throw new FormatException($"{name}: there is no `-- sweep:`");

        void Close()
        {
            if (said is not null)
            {
                claims.Add(new Claim(Said("entry"), Said("claim"), Said("expected"), said.GetValueOrDefault("cause"), string.Join('\n', sql).Trim().TrimEnd(';')));
            }

            sql.Clear();
        }

        string Said(string word) => said!.TryGetValue(word, out var value) ? value : throw new FormatException($"{name}: a claim of {said["entry"]} has no `-- {word}:`");
    }
}
