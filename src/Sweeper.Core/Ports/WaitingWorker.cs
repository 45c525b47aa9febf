namespace Sweeper.Core.Ports;

/// <summary>A worker that asks for work and may not have any of a sweep, although there is some.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Reason">Why, and what to do about it.</param>
/// <param name="Since">When it was first told so.</param>
public sealed record WaitingWorker(string Worker, string Reason, DateTimeOffset Since);
