using System.Collections.Immutable;
using System.Text.Json;
using Sweeper.Core.Errors;
using Sweeper.Core.Ports;
using Sweeper.Results.Files;

namespace Sweeper.Composition;

/// <summary>What a coordinator has to run, in a file beside its address: the next one goes on with it.</summary>
internal sealed class SubmissionFile(string path) : ISubmissionStore
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <inheritdoc/>
    /// <exception cref="SweepException">Preflight: the file is damaged.</exception>
    public ImmutableArray<Submission> Load()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<ImmutableArray<Submission>>(File.ReadAllText(path), Json) : [];
        }
        catch (JsonException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, "this is no list of submitted sweeps", "move it away and submit again what had not ended: what is committed is kept", path, fault);
        }
    }

    /// <inheritdoc/>
    public void Save(ImmutableArray<Submission> submissions) =>
        DurableFile.ReplaceText(path, path + ".new", JsonSerializer.Serialize(submissions, Json) + "\n");
}
