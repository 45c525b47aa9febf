using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Errors;
using Sweeper.Core.Journal;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;
using Sweeper.Core.Sweeps;
using Sweeper.Inspecting;
using Sweeper.Results.Claims;
using Sweeper.Results.Figures;
using Sweeper.Results.Folders;
using Sweeper.Theory;
using Sweeper.Training.Data.Files;
using Sweeper.Training.Experiments;
using Sweeper.Training.Libtorch;
using Sweeper.Training.Running;

namespace Sweeper.Composition;

/// <summary>The one place where the parts meet: which experiments, figures, stores and devices this program is made of.</summary>
internal static class CompositionRoot
{
    /// <summary>The device that every machine has.</summary>
    public const string Cpu = "cpu";

    private static string Version { get; } = typeof(CompositionRoot).Assembly.GetName().Version!.ToString(3);

    /// <summary>Every experiment.</summary>
    public static IExperimentCatalog Experiments { get; } = new ExperimentCatalog();

    /// <summary>Predictions that stand beside what was trained.</summary>
    public static ITheory Theory { get; } =
        new Theories(new AlignedModes(), new AlignedErrors(), new ChanceAlignment(), new NoisySpectra(), new TransferCurves(),
            new FiniteWidths(), new SpectralWidths(),
            new ProductSpectra(), new BalancedModes(), new SharpnessBound(), new DirectionalFlow(), new NoisyCopies());

    /// <summary>The workers of this process: one for every GPU, or else one for every core.</summary>
    public static ImmutableArray<WorkerDefinition> Workers()
    {
        var torch = TorchRuntime.Describe();
        var devices = Gpus(torch).DefaultIfEmpty(Cpu).ToList();
        var copies = devices is [Cpu] ? Math.Max(1, Environment.ProcessorCount / torch.Threads) : 1;
        return [.. devices.SelectMany(device => Enumerable.Range(0, copies)
            .Select(copy => Worker(device, copies == 1 ? device : $"{device}/{copy}")))];
    }

    /// <summary>How many workers this process would have on the CPU; loads nothing. Null where a GPU may train instead.</summary>
    public static int? CpuWorkers => File.Exists("/dev/nvidia0") ? null : Math.Max(1, Environment.ProcessorCount / TorchRuntime.Threads());

    /// <summary>One worker; loads libtorch. Throws <see cref="SweepException"/> (preflight) for a device that is not here.</summary>
    public static WorkerDefinition Worker(string device, string name) => TorchRuntime.Describe().Devices.Contains(device)
        ? new WorkerDefinition(
            name, device, TorchRuntime.Numerics(device), () => new PackRunner(device)) { CheckpointEvery = CheckpointEvery() }
        : throw new SweepException(ExitCode.Preflight, $"there is no device '{device}' here", Remedy(TorchRuntime.Describe()));

    private static string Remedy(TorchDescription torch) => Gpus(torch).Any()
        ? $"devices of this machine: {string.Join(", ", torch.Devices)}"
        : $"libtorch {torch.LibtorchVersion} finds no GPU here, and trains on `{Cpu}`; for GPUs build Sweeper with `-p:Torch=cuda`, or "
            + "point SWEEPER_LIBTORCH at the torch/lib folder of a PyTorch with CUDA";

    /// <summary>The GPUs of this machine; loads libtorch.</summary>
    public static ImmutableArray<string> Gpus() => [.. Gpus(TorchRuntime.Describe())];

    /// <summary>How long a pack trains before it is saved in a checkpoint: SWEEPER_CHECKPOINT_SECONDS, or a minute.</summary>
    private static TimeSpan CheckpointEvery()
    {
        var asked = Environment.GetEnvironmentVariable("SWEEPER_CHECKPOINT_SECONDS");
        return string.IsNullOrEmpty(asked) ? TimeSpan.FromMinutes(1)
            : double.TryParse(asked, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e6
                ? TimeSpan.FromSeconds(seconds)
            : throw new SweepException(
                ExitCode.Preflight, $"SWEEPER_CHECKPOINT_SECONDS is '{asked}', not a number of seconds",
                "set it to a number from 0 to a million, or unset it");
    }

    private static IEnumerable<string> Gpus(TorchDescription torch) => torch.Devices.Where(device => device != Cpu);

    /// <summary>Results folders on disk; <paramref name="note"/> is told what was found amiss and repaired.</summary>
    /// <param name="note">For people.</param>
    /// <param name="roots">Where folders may lie that come in messages; null where this process itself names them.</param>
    public static ISweepFolders Folders(Action<string> note, ResultRoots? roots = null) =>
        new SweepFolders(Version, note: note, theory: Theory, roots: roots);

    /// <summary>The plan of a sweep file. Throws <see cref="SweepException"/> (usage) for all of its faults together.</summary>
    public static SweepPlan Plan(SweepFile file)
    {
        var plan = SweepPlan.Create(file, Experiments, FigureCatalog.CheckKind);
        ClaimCheck.Check(plan);
        return plan;
    }

    /// <summary>Refuses, before anything is trained, a plan that asks for what could not be drawn.</summary>
    public static void Check(SweepPlan plan) => FigureCatalog.Check(plan);

    /// <summary>The same, and an engine that could train nothing of it.</summary>
    public static void Check(SweepPlan plan, EngineKind? engine)
    {
        Check(plan);
        if (engine is EngineKind.Lanes or EngineKind.Fused && plan.Engine != EngineKind.Lanes)
        {
            throw new SweepException(
                ExitCode.Usage,
                $"--engine {NumericsRefusal.Word(engine.Value)}: it can train nothing of {plan.Name}, whose networks are no perceptrons",
                "Leave the option out: torch trains any network.");
        }
    }

    /// <summary>Refuses an engine that is not the one that began the folder, while there is something to train.</summary>
    public static void CheckBegun(PlanStatus planStatus, RunRules rules)
    {
        if (!planStatus.IsDone && NumericsRefusal.OfEngine(planStatus.Numerics, rules.Engine, rules.Mixed) is { } refusal)
        {
            throw new SweepException(ExitCode.Preflight, refusal.Problem, refusal.Remedy, planStatus.Folder);
        }
    }

    /// <summary>None of the devices of this machine has an engine.</summary>
    public static SweepException HasNot(EngineKind engine, IEnumerable<WorkerDefinition> workers) => new(
        ExitCode.Preflight,
        $"--engine {NumericsRefusal.Word(engine)}: here it would be trained with "
        + string.Join(" and ", workers.Select(worker => worker.Numerics).Distinct()),
        engine == EngineKind.Fused
            ? "The fused engine needs an NVIDIA GPU that libtorch finds, its driver, and libnvrtc, which every PyTorch with CUDA has; "
                + "`sweeper doctor` says what is here. Leave the option out to train with that."
            : "Lanes train on the CPU: hide the GPUs with CUDA_VISIBLE_DEVICES=, or leave the option out.");

    /// <summary>Refuses, before anything is trained, a plan whose data are not on this machine.</summary>
    public static void CheckMachine(SweepPlan plan)
    {
        foreach (var pack in plan.Packs)
        {
            plan.Experiment.CheckMachine(plan.TrialAt(pack.First).Point);
        }
    }

    /// <summary>The data sets that a plan learns from files.</summary>
    public static ImmutableArray<Dataset> Datasets(SweepPlan plan) =>
    [
        .. plan.Packs.Select(pack => plan.Experiment.DatasetHash(plan.TrialAt(pack.First).Point)).OfType<string>().Distinct()
            .Select(hash => Training.Data.Files.Datasets.All.First(dataset => dataset.ContentHash == hash)),
    ];

    /// <summary>Records something that a person asked for, while no coordinator holds the folder.</summary>
    public static void Record(SweepPlan plan, string folder, JournalEntry entry, Action<string> note)
    {
        using var opened = Folders(note).OpenForWriting(plan, folder);
        opened.Journal.Append(entry);
    }

    /// <summary>Brings what is derived from the rows of a folder up to date with a plan.</summary>
    public static void Derive(SweepPlan plan, string folder, Action<string> note)
    {
        using var opened = Folders(note).OpenForWriting(plan, folder);
        opened.Derive(plan, SweepHistory.Fold(opened.Journal.History));
    }
}
