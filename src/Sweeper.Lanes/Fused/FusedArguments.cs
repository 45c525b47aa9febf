using System.Runtime.InteropServices;

namespace Sweeper.Lanes.Fused;

/// <summary>What a kernel is given: `Training` of fused.cu, where every number is explained. Pointers are the device's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FusedArguments
{
    public nint Numbers, First, Second, Mask, Inputs, Targets;
    public long InputsOfLane, TargetsOfLane;
    public nint Lanes, Rates, Decays, Momenta, Settings, Counts, Orders, OrderOf, Gradients;
    public int OrderCount, Batch, Steps, IsStill;
}
