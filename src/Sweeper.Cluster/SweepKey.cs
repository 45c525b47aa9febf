using System.Security.Cryptography;
using System.Text;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster;

/// <summary>Short name of (plan, folder): what leases, chunks and cached plans are told apart by.</summary>
internal static class SweepKey
{
    public static string Of(SweepPlan plan, string folder) => Of(plan.Hash, folder);

    /// <summary>The same, of a plan's hash.</summary>
    public static string Of(string planHash, string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{planHash}\n{folder}")))[..16];
}
