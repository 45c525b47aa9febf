using System.Collections.Immutable;
using Sweeper.Benchmarks;

namespace Sweeper.Bench.Rows;

/// <summary>The rows that train and do nothing else.</summary>
internal static class TrainingRows
{
    /// <summary>In the order of the page.</summary>
    public static ImmutableArray<TrainingRow> All { get; } =
    [
        new("student-12", TrainingShape.Student(12, examples: 256, lanes: 64, steps: 500), TimesEager: 30, ShareOfRate: 0.7),
        new("student-12-few", TrainingShape.Student(12, examples: 24, lanes: 64, steps: 1000), TimesEager: 120, ShareOfRate: null),
        new("student-16", TrainingShape.Student(16, examples: 256, lanes: 64, steps: 300), TimesEager: null, ShareOfRate: 0.6),
        new("student-32", TrainingShape.Student(32, examples: 256, lanes: 64, steps: 100), TimesEager: null, ShareOfRate: 0.6),
        new("student-64", TrainingShape.Student(64, examples: 256, lanes: 16, steps: 100), TimesEager: null, ShareOfRate: 0.6),
        new("student-128", TrainingShape.Student(128, examples: 256, lanes: 16, steps: 40), TimesEager: null, ShareOfRate: 0.6),
        new("classifier-64-96", TrainingShape.Classifier(64, width: 96, depth: 4, lanes: 16, steps: 120), TimesEager: 5, ShareOfRate: null),
        new("classifier-784-64", TrainingShape.Classifier(784, width: 64, depth: 3, lanes: 16, steps: 100), TimesEager: 2,
            ShareOfRate: null),
        new("classifier-784-256", TrainingShape.Classifier(784, width: 256, depth: 3, lanes: 16, steps: 40), TimesEager: 1.5,
            ShareOfRate: null),
        new("encoder", TrainingShape.Encoder(examples: 512, lanes: 8, steps: 20), TimesEager: 1, ShareOfRate: null) { Scripts = ["eager"] },
    ];
}
