namespace Sweeper.Lanes.Tests.Vectors;

/// <summary>What registers can do.</summary>
public enum LaneOperation
{
    Copy,
    All,
    FusedMultiplyAdd,
    Sqrt,
    Abs,
    Max,
    TimesSign,
    InverseSqrtEstimate,
    Greater,
    Select,
    Both,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
}
