namespace Sweeper.Core.Packing;
/// <summary>placeholder: cuts a canonical plan into packs; pure.</summary>
public static class PackPlanner { }
