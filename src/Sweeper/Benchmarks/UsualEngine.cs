using Sweeper.Core.Packing;

namespace Sweeper.Benchmarks;

/// <summary>The engine of a sweep that names none.</summary>
internal static class UsualEngine
{
    /// <summary>A pack, to be trained by it.</summary>
    /// <param name="work">The pack.</param>
    /// <param name="onProcessor">Whether it is trained on the CPU; elsewhere there is one engine only.</param>
    public static PackWork ByUsualEngine(this PackWork work, bool onProcessor = true) =>
        work with { Engine = onProcessor ? work.Experiment.Engine(work.Statics) : EngineKind.Torch };
}
