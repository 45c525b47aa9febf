namespace Sweeper.Core.Packing;
/// <summary>placeholder</summary>
public static class LaneBuckets { }
