using System.Globalization;
using System.Numerics;
using System.Text;
using Sweeper.Lanes.Functions;
using Sweeper.Lanes.Networks;
using Sweeper.Lanes.Networks.Kernels;
using Sweeper.Lanes.Vectors;

namespace Sweeper.Lanes.Fused;

/// <summary>
/// The source of a kernel that trains networks of one shape: fused.cu, and in front of it the shape, the plan and all constants. It needs
/// no other file.
/// </summary>
internal static class FusedSource
{
    /// <summary>The kernel's name.</summary>
    public const string Kernel = "train";

    /// <summary>How it is compiled: IEEE arithmetic, and nothing fused but what is written so.</summary>
    public static string[] Options { get; } =
        ["--std=c++17", "--fmad=false", "--ftz=false", "--prec-div=true", "--prec-sqrt=true"];

    private static string Body { get; } = Read();

    /// <summary>The whole text.</summary>
    /// <typeparam name="T">float or double: the type of the network's numbers.</typeparam>
    public static string Of<T>(FusedPlan plan)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var training = plan.Training;
        var shape = training.Shape;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"typedef {(typeof(T) == typeof(float) ? "float" : "double")} Number;\n");
        Integers(
            ("DEPTH", shape.Depth), ("SIZE", plan.Size), ("INPUTS", shape.Widths[0]), ("OUTPUTS", shape.Widths[^1]),
            ("TILE", WeightGradient.Tile), ("CHUNK", plan.Chunk), ("QUADS", plan.Quads), ("STRIDE", plan.Stride), ("SLOTS", plan.Slots),
            ("THREADS", plan.Threads),
            ("WEIGHTS_AT", 0), ("INPUTS_AT", plan.Inputs), ("TARGETS_AT", plan.Targets), ("ERRORS_AT", plan.Errors),
            ("OTHER_ERRORS_AT", plan.OtherErrors), ("PARTS_AT", plan.Gradients), ("GRADIENT_AT", plan.Sum));
        var (sgd, adam) = (training.Update as Update.Sgd, training.Update as Update.Adam);
        Flags(
            ("HAS_BIAS", shape.HasBias), ("IS_CLASSES", training.Objective is Objective.CrossEntropy),
            ("IS_MARGINS", training.Objective is Objective.Logistic),
            ("HAS_DECAY", (sgd?.Decay ?? adam?.Decay) is not null), ("HAS_MOMENTUM", sgd?.Momentum is not null),
            ("IS_ADAM", adam is not null), ("IS_DECOUPLED", adam?.IsDecoupled == true), ("IS_OUTSIDE", plan.IsOutside));
        Numbers(
            ("LEAK", T.CreateChecked(shape.Leak)), ("BETA1", T.CreateChecked(adam?.Beta1 ?? 0)),
            ("BETA2", T.CreateChecked(adam?.Beta2 ?? 0)), ("EPSILON", T.CreateChecked(adam?.Epsilon ?? 0)),
            ("EXP_INVERSE", Exponential<OneLane<T>, T>.Inverse),
            ("EXP_SHIFT", Exponential<OneLane<T>, T>.Shift), ("EXP_HIGH", Exponential<OneLane<T>, T>.High),
            ("EXP_LOW", Exponential<OneLane<T>, T>.Low), ("EXP_LEAST", Exponential<OneLane<T>, T>.Least));
        text.Append(
            CultureInfo.InvariantCulture,
            $"#define exp_polynomial(x) {Horner(Exponential<OneLane<T>, T>.Coefficients)}\ntemplate<int> struct Layer;\n");
        var first = 0;
        for (var layer = 0; layer < shape.Depth; layer++)
        {
            int rows = shape.Widths[layer + 1], columns = shape.Widths[layer];
            var units = layer < shape.Depth - 1 ? plan.Units(layer) : plan.OtherErrors;
            var block = plan.GradientBlock(rows, columns);
            text.Append(CultureInfo.InvariantCulture, $$"""
                template<> struct Layer<{{layer}}> {
                    enum {
                        IN = {{columns}}, OUT = {{rows}}, FIRST = {{first}}, UNITS = {{units}},
                        HAS_ACTIVATION = {{(shape.HasActivation(layer) ? 1 : 0)}}, FORWARD_ROWS = {{plan.RowsOf(rows)}},
                        BACK_ROWS = {{plan.RowsOf(columns)}}, GRADIENT_ROWS = {{block.Rows}}, GRADIENT_COLUMNS = {{block.Columns}}
                    };
                };

                """);
            first += rows * (columns + (shape.HasBias ? 1 : 0));
        }

        return text.Append(Body).ToString();

        void Integers(params ReadOnlySpan<(string Name, long Value)> values)
        {
            foreach (var (name, value) in values)
            {
                text.Append(CultureInfo.InvariantCulture, $"constexpr int {name} = {value};\n");
            }
        }

        void Flags(params ReadOnlySpan<(string Name, bool Value)> values)
        {
            foreach (var (name, value) in values)
            {
                text.Append(CultureInfo.InvariantCulture, $"constexpr bool {name} = {(value ? "true" : "false")};\n");
            }
        }

        void Numbers(params ReadOnlySpan<(string Name, T Value)> values)
        {
            foreach (var (name, value) in values)
            {
                text.Append(CultureInfo.InvariantCulture, $"#define {name} {Literal(value)}\n");
            }
        }
    }

    /// <summary>A polynomial, from its highest term on.</summary>
    private static string Horner<T>(IEnumerable<T> coefficients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        coefficients.Select(Literal).Aggregate((sum, term) => $"multiply_add({sum}, x, {term})");

    /// <summary>The number itself: as a double it is written with all digits, and the conversion is exact.</summary>
    private static string Literal<T>(T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        $"((Number){double.CreateChecked(value).ToString("E16", CultureInfo.InvariantCulture)})";

    private static string Read()
    {
        using var stream = typeof(FusedSource).Assembly.GetManifestResourceStream("fused.cu")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
