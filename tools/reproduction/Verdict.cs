using Sweeper.Core.Errors;
using Sweeper.Results.Query;

namespace Sweeper.Reproduction;

/// <summary>What the results say of a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Measured">The number, or numbers, that decide.</param>
/// <param name="Holds">Whether it holds.</param>
internal sealed record Verdict(Claim Claim, string Measured, bool Holds)
{
    /// <summary>Asks a results folder. Throws <see cref="FormatException"/> where the SQL gives more than one row, or others than `measured` and `holds`.</summary>
    public static Verdict Of(Claim claim, string folder)
    {
        ResultTable table;
        try
        {
            table = ResultQuery.Run(folder, claim.Sql);
        }
        catch (SweepException fault)
        {
            throw new SweepException(fault.ExitCode, $"{claim.Entry}, `{claim.Statement}`: {fault.Message}", fault.Remedy, fault.Place, fault);
        }

        return table is { Columns: ["measured", "holds"], Rows.Count: 0 } ? new Verdict(claim, "nothing", false)
            : table is { Columns: ["measured", "holds"], Rows: [var row] } ? new Verdict(claim, ResultTable.Text(row[0]), row[1] is true)
            : throw new FormatException($"{claim.Entry}, `{claim.Statement}`: its SQL gives {table.Rows.Count} rows of {string.Join(", ", table.Columns)}, not one of measured, holds");
    }
}
