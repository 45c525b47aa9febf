namespace Sweeper.Core.Measurements;

/// <summary>Types of numbers in safetensors files. Values are fixed: they travel between machines.</summary>
public enum NumberType : byte
{
    /// <summary>`F32`.</summary>
    Float32 = 0,

    /// <summary>`F64`.</summary>
    Float64 = 1,

    /// <summary>`I64`.</summary>
    Int64 = 2,

    /// <summary>`BOOL`, a byte each.</summary>
    Boolean = 3,
}
