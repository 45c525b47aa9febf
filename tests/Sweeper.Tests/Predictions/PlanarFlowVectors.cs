using Sweeper.Golden;
using Sweeper.Theory.Dynamics;

namespace Sweeper.Tests.Predictions;

/// <summary>Reads the cases of `jd09_directional` that are theory: the flow in the plane, and mean lengths of projections.</summary>
internal static class PlanarFlowVectors
{
    /// <summary>Between the moments at which a smallest norm is looked for.</summary>
    private const double Fine = 0.0025;

    public static void Check(GoldenCase golden)
    {
        var (given, expected) = (golden.Node["inputs"], golden.Node["expected"]);
        var tolerance = GoldenTolerance.Of(golden.Node["tolerance"]);
        if (given["kind"].Text() == "c0")
        {
            golden.Close(expected["c0_sphere"], [.. given["d"].Numbers().Select(d => SphericalLaw.Sphere((int)d).MeanLength)], tolerance);
            golden.Close(expected["c0_gaussian"], SphericalLaw.Gaussian().MeanLength, tolerance);
            return;
        }

        // Inputs on the unit circle, whatever the words say of it.
        given.Skip("data");
        var (map, wanted, times) = (given["w0"].Numbers(), given["v"].Numbers(), given["times"].Numbers());
        var norm = Norm(map);
        var cosine = map.Zip(wanted, (a, b) => a * b).Sum() / (norm * Norm(wanted));
        var flow = new PlanarFlow((int)given["layers"].Integer(), SphericalLaw.Sphere(map.Length));
        PlanarState[] states = [.. flow.At(times, norm, cosine)];
        golden.Close(expected["norm"], [.. states.Select(state => state.Norm)], tolerance);
        golden.Close(expected["cos_theta"], [.. states.Select(state => state.Cosine)], tolerance);
        if (expected.Find("cos_theta_closed_form") is { } closed)
        {
            golden.Close(closed, [.. states.Select(state => state.Cosine)], tolerance);
        }

        var moments = Enumerable.Range(0, (int)(times[^1] / Fine) + 1).Select(place => place * Fine).ToArray();
        var (least, when) = flow.At(moments, norm, cosine).Zip(moments, (state, time) => (state.Norm, time)).MinBy(one => one.Norm);
        golden.Close(expected["min_norm"], least, tolerance);
        golden.Close(expected["time_of_min_norm"], when, new GoldenTolerance(golden.Node["tolerance"]["time_of_min_norm_abs"].Number()));
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(entry => entry * entry));
}
