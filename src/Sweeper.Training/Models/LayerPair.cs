namespace Sweeper.Training.Models;

/// <summary>Two neighbouring layers: what the first puts out, the next takes in.</summary>
/// <param name="First">Whose left singular vectors are compared.</param>
/// <param name="Next">Whose right ones are; its left ones, where the two meet in scalar products.</param>
/// <param name="Link">How they follow each other.</param>
internal sealed record LayerPair(WeightMatrix First, WeightMatrix Next, Predecessor Link)
{
    /// <summary>`W1-W2`: the component of its measurements.</summary>
    public string Name => $"{First.Name}-{Next.Name}";

    /// <summary>Whether outputs of both meet.</summary>
    public bool MeetsOutputs => Link.Meets is not null;

    /// <summary>How many pairs of equally ranked vectors there are.</summary>
    public long Rank => Link switch
    {
        { Heads: > 1 and var heads } => Math.Min(First.Rows / heads, Math.Min(First.Columns, MeetsOutputs ? Next.Columns : Next.Rows)),
        { FirstInput: not null } => Math.Min(First.Rank, Math.Min(Next.Rows, First.Rows * Next.Weight.Taps)),
        _ => Math.Min(First.Rank, Next.Rank),
    };

    /// <summary>Why its sizes cannot be; null where they fit.</summary>
    public string? Contradiction
    {
        get
        {
            var (from, inputs) = (Link.FirstInput ?? 0, MeetsOutputs ? Next.Rows : Next.Weight.Inputs);
            return from < 0 || from + First.Rows > inputs || (Link.FirstInput is null && First.Rows != inputs)
                ? $"{First.Name} has {First.Rows} outputs, and {Next.Name} takes in {inputs}"
                : First.Rows % Link.Heads != 0 || (Link.Heads > 1 && (Next.Weight.Taps > 1 || Link.FirstInput is not null))
                ? $"{Link.Heads} heads do not divide what lies between {First.Name} and {Next.Name}"
                : null;
        }
    }
}
