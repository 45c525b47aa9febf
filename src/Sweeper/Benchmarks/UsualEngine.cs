using Sweeper.Composition;
using Sweeper.Core.Packing;

namespace Sweeper.Benchmarks;

/// <summary>The engine that trains a pack where a device has a certain one.</summary>
internal static class UsualEngine
{
    /// <summary>The engine of a sweep that names none.</summary>
    /// <param name="device">`cpu`, `cuda:0`, ...</param>
    public static EngineKind Of(string device) => device == CompositionRoot.Cpu ? EngineKind.Lanes : EngineKind.Torch;

    /// <summary>A pack, to be trained by it if its program is made for that, and else by torch.</summary>
    /// <param name="work">The pack.</param>
    /// <param name="engine">What the device has.</param>
    public static PackWork By(this PackWork work, EngineKind engine) =>
        work with { Engine = work.Experiment.Engine(work.Statics) == EngineKind.Torch ? EngineKind.Torch : engine };

    /// <summary>A pack, to be trained on the CPU by the engine of a sweep that names none.</summary>
    public static PackWork ByUsualEngine(this PackWork work) => work.By(Of(CompositionRoot.Cpu));
}
