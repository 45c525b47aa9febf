namespace Sweeper.Golden;

/// <summary>One case of a topic: what a check reads from and compares with.</summary>
/// <param name="id">Its name in messages.</param>
/// <param name="node">Its fields.</param>
/// <param name="block">The topic that holds it, for what its cases share.</param>
internal sealed class GoldenCase(string id, GoldenNode node, GoldenNode block)
{
    public string Id => id;

    public GoldenNode Node => node;

    public GoldenNode Block => block;

    /// <summary>`tolerance` or `tol` of the case, else of the file, with its fields `abs` and `rel`; exact where there is none.</summary>
    public GoldenTolerance Tolerance { get; } =
        GoldenTolerance.Of((node.IsObject ? node.Find("tolerance") : null) ?? block.Find("tolerance") ?? block.Find("tol"));

    /// <summary>Largest error over its tolerance so far.</summary>
    public double Worst { get; private set; }

    /// <summary>Number of values compared so far.</summary>
    public long Compared { get; private set; }

    /// <summary>Compares a number.</summary>
    public void Close(GoldenNode expected, double actual, GoldenTolerance? tolerance = null) => Close(expected, [actual], tolerance);

    /// <summary>Compares all numbers of a vector, a matrix, ... in row-major order.</summary>
    public void Close(GoldenNode expected, ReadOnlySpan<double> actual, GoldenTolerance? tolerance = null)
    {
        var numbers = expected.Numbers();
        if (numbers.Length != actual.Length)
        {
            throw new GoldenMismatchException($"{expected.Path}: {numbers.Length} numbers expected, {actual.Length} computed");
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            var ratio = (tolerance ?? Tolerance).Ratio(numbers[i], actual[i]);
            Judge(expected, ratio, FormattableString.Invariant($"number {i}: {numbers[i]:R} expected, {actual[i]:R} computed"));
        }
    }

    /// <summary>Takes an error, in units of its tolerance, that a check finds in its own way.</summary>
    public void Judge(GoldenNode expected, double ratio, string difference)
    {
        Worst = Math.Max(Worst, ratio);
        Compared++;
        if (!(ratio <= 1))
        {
            throw new GoldenMismatchException($"{expected.Path}, {difference}, error {ratio:G3} times the tolerance");
        }
    }

    /// <summary>Compares something that has no tolerance.</summary>
    public void Same<T>(GoldenNode expected, T wanted, T actual)
    {
        Compared++;
        if (!EqualityComparer<T>.Default.Equals(wanted, actual))
        {
            throw new GoldenMismatchException($"{expected.Path}: {wanted} expected, {actual} computed");
        }
    }
}

/// <summary>An error of at most <paramref name="Absolute"/> + <paramref name="Relative"/> * |expected| is agreement.</summary>
internal sealed record GoldenTolerance(double Absolute = 0, double Relative = 0)
{
    public static GoldenTolerance Of(GoldenNode? node) => node is null
        ? new GoldenTolerance()
        : new GoldenTolerance(node.Find("abs")?.Number() ?? 0, node.Find("rel")?.Number() ?? 0);

    /// <summary>Error over tolerance; 0 for equal values (infinities and undefined ones too).</summary>
    public double Ratio(double expected, double actual) => expected.Equals(actual)
        ? 0
        : Math.Abs(expected - actual) / (Absolute + Relative * Math.Abs(expected)) is var ratio && double.IsNaN(ratio)
            ? double.PositiveInfinity : ratio;
}

/// <summary>A computed value does not agree with a vector.</summary>
internal sealed class GoldenMismatchException(string message) : Exception(message);
