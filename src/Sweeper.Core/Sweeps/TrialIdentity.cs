namespace Sweeper.Core.Sweeps;
/// <summary>placeholder</summary>
public static class TrialIdentity { }
