namespace Sweeper.Reproduction;

/// <summary>Something a paper says, and the question to the results that decides it.</summary>
/// <param name="Entry">Panel or table it belongs to: `R-1F`, `S3`.</param>
/// <param name="Statement">What is said, in a sentence.</param>
/// <param name="Expected">Numbers of the paper, or of an independent implementation.</param>
/// <param name="Cause">Why it is missed, where it is: explained, not tuned away.</param>
/// <param name="Sql">One SELECT with one row and the columns `measured` and `holds`.</param>
internal sealed record Claim(string Entry, string Statement, string Expected, string? Cause, string Sql);
