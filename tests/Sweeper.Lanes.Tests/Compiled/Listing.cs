using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sweeper.Lanes.Tests.Compiled;

/// <summary>A method as the JIT compiled it (DOTNET_JitDisasm), for x64 and Arm64.</summary>
/// <param name="Method">Its full name.</param>
/// <param name="Lines">Everything up to the next method.</param>
internal sealed partial record Listing(string Method, ImmutableArray<string> Lines)
{
    private const string Start = "; Assembly listing for method ";

    /// <summary>All methods of a file that the JIT wrote.</summary>
    public static ImmutableArray<Listing> All(string text) =>
    [
        .. text.Split(Start).Skip(1).Select(part => part.Split('\n'))
            .Select(lines => new Listing(lines[0].Trim(), [.. lines[1..].Select(line => line.Trim())])),
    ];

    /// <summary>The loops that have none inside, each from its label to the jump back to it.</summary>
    public ImmutableArray<InnerLoop> InnerLoops()
    {
        var labels = Lines.Index().Where(line => Label().IsMatch(line.Item))
            .ToDictionary(line => Label().Match(line.Item).Groups[1].Value, line => line.Index);
        var loops = Lines.Index()
            .Where(line => Jump().IsMatch(line.Item))
            .Select(line => (First: labels.GetValueOrDefault(Jump().Match(line.Item).Groups[1].Value, int.MaxValue), Last: line.Index))
            .Where(loop => loop.First < loop.Last)
            .ToList();
        return
        [
            .. loops.Where(loop => !loops.Any(other => other != loop && other.First >= loop.First && other.Last <= loop.Last))
                .Select(loop => new InnerLoop(
                    Lines[loop.First..(loop.Last + 1)].Count(IsMultiplyAdd), Lines[loop.First..(loop.Last + 1)].Count(IsOnStack))),
        ];
    }

    private static bool IsMultiplyAdd(string line) => MultiplyAdd().IsMatch(line);

    /// <summary>Where frames are counted from the stack's end, the other register is an ordinary one.</summary>
    private bool IsOnStack(string line) =>
        StackEnd().IsMatch(line) || (FrameBegin().IsMatch(line) && Lines.Any(remark => FrameBased().IsMatch(remark)));

    [GeneratedRegex(@"^(G_M\w+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(?:j[a-z]+|b[.a-z]*|cbn?z|tbn?z)\s+.*?(G_M\w+)\s*$")]
    private static partial Regex Jump();

    [GeneratedRegex(@"^(vfmadd\w+|fmla)\s")]
    private static partial Regex MultiplyAdd();

    [GeneratedRegex(@"\[r?sp\b")]
    private static partial Regex StackEnd();

    [GeneratedRegex(@"\[(rbp|fp)\b")]
    private static partial Regex FrameBegin();

    [GeneratedRegex("^; (rbp|fp) based frame")]
    private static partial Regex FrameBased();
}

/// <summary>What is in a loop.</summary>
/// <param name="MultiplyAdds">Fused multiply-adds.</param>
/// <param name="OnStack">Instructions that read or write the stack.</param>
internal sealed record InnerLoop(int MultiplyAdds, int OnStack);
