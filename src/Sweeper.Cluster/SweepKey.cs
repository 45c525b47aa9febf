using System.Security.Cryptography;
using System.Text;
using Sweeper.Core.Sweeps;

namespace Sweeper.Cluster;

/// <summary>Short name of (plan, folder): what leases, chunks and cached plans are told apart by.</summary>
internal static class SweepKey
{
    public static string Of(SweepPlan plan, string folder) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{plan.Hash}\n{folder}")))[..16];
}
