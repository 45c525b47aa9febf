using System.Collections.Immutable;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Tests.Fakes;

/// <summary>What is to be run, in memory.</summary>
internal sealed class MemorySubmissions : ISubmissionStore
{
    private ImmutableArray<Submission> saved = [];

    public ImmutableArray<Submission> Load() => saved;

    public void Save(ImmutableArray<Submission> submissions) => saved = submissions;
}
