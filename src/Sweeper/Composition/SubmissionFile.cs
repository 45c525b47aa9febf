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
    public ImmutableArray<Submission> Load()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<ImmutableArray<Submission>?>(File.ReadAllText(path), Json) is { IsDefault: false } all ? all : throw new JsonException("there is no list");
        }
        catch (JsonException fault)
        {
            throw new SweepException(
                ExitCode.Preflight, "the file of submitted sweeps is damaged",
                "Move it away and submit again what was open: what is committed is in the results folders, and goes on from there.", path, fault);
        }
    }

    /// <inheritdoc/>
    public void Save(ImmutableArray<Submission> submissions) =>
        DurableFile.ReplaceText(path, path + ".new", JsonSerializer.Serialize(submissions, Json) + "\n");
}
