using Sweeper.Core.Errors;

namespace Sweeper.Core.Sweeps.Reading;

/// <summary>A line and column of a source, from 1.</summary>
internal sealed record SourcePlace(SourceText Source, int Line, int Column)
{
    /// <summary>An error of the sweep file or command line at this place.</summary>
    public SweepException Fault(string problem, string? remedy = null) => new(ExitCode.Usage, problem, remedy, ToString());

    /// <summary>How another message refers to this place.</summary>
    public string Brief => Source.IsArgument ? $"{Source.Name} {Source.Text}" : $"line {Line}";

    /// <inheritdoc/>
    public override string ToString() => Source.Show(Line, Column);
}
