using System.Globalization;
using Sweeper.Core.Measurements;

namespace Sweeper.Training.Tests.Metrics;

/// <summary>
/// A hash of a series of numbers that is nearly the same for nearly the same numbers: what processors change in the last places does
/// not show, another definition, order or sign does.
/// </summary>
/// <param name="Series">Metric, version, split, component and member.</param>
/// <param name="Defined">How many numbers there are, without those that are undefined.</param>
/// <param name="Numbers">How many there are.</param>
/// <param name="Size">Sum of their absolute values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Weighted">The sum of number i times i / n, i from 1 to n.</param>
internal sealed record SeriesSum(string Series, int Defined, int Numbers, double Size, double Sum, double Weighted)
{
    private const double Tolerance = 1e-7;
    private const char Separator = '\t';

    /// <summary>Of all trials of a block.</summary>
    public static SeriesSum Of(MeasurementBlock block, int version)
    {
        var all = block.Values.ToArray();
        var defined = all.Index().Where(entry => !double.IsNaN(entry.Item)).ToList();
        var series = string.Join(
            Separator, block.Series.Metric, version, Word(block.Series.Split), Word(block.Series.Component), $"{block.Series.Member}");
        return new SeriesSum(
            series, defined.Count, all.Length, defined.Sum(entry => Math.Abs(entry.Item)), defined.Sum(entry => entry.Item),
            defined.Sum(entry => entry.Item * (entry.Index + 1) / all.Length));
    }

    /// <summary>A line of a file.</summary>
    public static SeriesSum Parse(string line)
    {
        var words = line.Split(Separator);
        double[] numbers = [.. words[^5..].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return new SeriesSum(string.Join(Separator, words[..^5]), (int)numbers[0], (int)numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /// <summary>The line.</summary>
    public override string ToString()
    {
        double[] numbers = [Defined, Numbers, Size, Sum, Weighted];
        return string.Join(Separator, [Series, .. numbers.Select(number => number.ToString("G10", CultureInfo.InvariantCulture))]);
    }

    /// <summary>Whether it is of the same series and of the same numbers, up to their last places.</summary>
    public bool Agrees(SeriesSum other) =>
        (Series, Defined, Numbers) == (other.Series, other.Defined, other.Numbers)
        && Near(other.Size, Size) && Near(other.Sum, Sum) && Near(other.Weighted, Weighted);

    // A sum of numbers that cancel has the errors of their sizes.
    private bool Near(double one, double two) => Math.Abs(one - two) <= Tolerance * Size + 1e-14 * Numbers;

    private static string Word(string text) => text.Length == 0 ? "-" : text;
}
