using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Training.Experiments;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Training.Tests.Seams;

/// <summary>The laws of branching, on packs of 2 seeds x 2 learning rates trained five steps; epochs have three.</summary>
public sealed class BranchingTests
{
    private const int Steps = 5, Trials = 4;

    [Theory, InlineData("sgd"), InlineData("adam")]
    public void Branches_with_eta_0_and_the_trunks_order_are_bitwise_each_other_and_the_plain_run(string optimizer)
    {
        var branched = Run($"optimizer: [{optimizer}], branches: [3], split_step: [2], branch_order: [trunk]");
        var plain = Run($"optimizer: [{optimizer}]");
        Everywhere((step, trial) =>
        {
            for (var member = 0; member < 3; member++)
            {
                Assert.Equal(State(plain, step, trial), State(branched, step, trial, member));
            }

            Assert.Equal(0, branched.Of("barrier", step, trial, "train", "same trunk")[0], 1e-15);
            Assert.All(branched.Of("branch_agreement", step, trial, "", "same trunk"), agreement => Assert.Equal(1, agreement, 1e-12));
        });
    }

    [Theory, InlineData("sgd"), InlineData("adam")]
    public void Branches_with_orders_of_their_own_leave_the_trunk_untouched_and_part_right_behind_the_split(string optimizer)
    {
        var branched = Run($"optimizer: [{optimizer}], branches: [2], split_step: [2]");
        var plain = Run($"optimizer: [{optimizer}]");
        Everywhere((step, trial) =>
        {
            Assert.Equal(step <= 2, State(plain, step, trial).SequenceEqual(State(branched, step, trial, 0)));
            Assert.Equal(step <= 2, State(branched, step, trial, 0).SequenceEqual(State(branched, step, trial, 1)));
        });
    }

    /// <summary>A branch with the trunk's seed goes on with the trunk's first epoch, whatever epoch the trunk was in.</summary>
    [Fact]
    public void The_order_of_a_branch_begins_afresh_at_the_split()
    {
        var plain = Run("seed_of_all: [7]");
        var fromStart = Run("seed_of_all: [7], first_branch_seed: [7], split_step: [0]");
        var fromSecondEpoch = Run("seed_of_all: [7], first_branch_seed: [7], split_step: [3]");
        for (var step = 0L; step <= Steps; step++)
        {
            Assert.Equal(State(plain, step, 0), State(fromStart, step, 0));
            Assert.Equal(step <= 3, State(plain, step, 0).SequenceEqual(State(fromSecondEpoch, step, 0)));
        }
    }

    [Fact]
    public void A_shared_direction_gives_one_starting_point_and_own_directions_give_several()
    {
        const string Perturbed = "branches: [2], split_step: [2], perturbation: [0.5], learning_rate: [0.05, 0.1]";
        var shared = Run(Perturbed + ", perturbation_shared: [true]", rates: "");
        var own = Run(Perturbed, rates: "");
        for (var trial = 0; trial < Trials; trial++)
        {
            Assert.Equal(State(shared, 2, trial, 0), State(shared, 2, trial, 1));
            Assert.Equal(State(shared, 2, trial, 0), State(own, 2, trial, 0));
            Assert.NotEqual(State(own, 2, trial, 0), State(own, 2, trial, 1));
            Assert.NotEqual(State(shared, 3, trial, 0), State(shared, 3, trial, 1));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_perturbation_turns_all_matrices_but_the_last_and_restores_their_norm_where_it_is_asked_to(bool keeps)
    {
        var perturbed = Run(
            $"branches: [2], split_step: [0], perturbation: [0, 0.75], perturbation_keeps_norm: [{(keeps ? "true" : "false")}]", rates: "");
        var plain = Run("", rates: "learning_rate: [0.05]");
        for (var seed = 0; seed < 2; seed++)
        {
            double before = Norm(plain, seed, "W1"), after = Norm(perturbed, 2 * seed + 1, "W1");
            Assert.Equal(Norm(plain, seed, "W2"), Norm(perturbed, 2 * seed + 1, "W2"));
            Assert.Equal(State(plain, 0, seed), State(perturbed, 0, 2 * seed));
            Assert.NotEqual(State(plain, 0, seed), State(perturbed, 0, 2 * seed + 1));
            if (keeps)
            {
                Assert.Equal(before, after, 1e-14 * before);
            }
            else
            {
                // |W + d| with |d| = 0.75 |W|.
                Assert.InRange(after, 0.25 * before, 1.75 * before);
                Assert.NotEqual(before, after, 1e-6);
            }
        }

        static double Norm(Measured measured, int trial, string matrix) => measured.Of("weight_norm", 0, trial, "", matrix)[0];
    }

    [Fact]
    public void The_line_between_two_members_begins_and_ends_at_them_and_groups_are_means_over_their_pairs()
    {
        var measured = Run("trunks: [2], branches: [2], split_step: [1]");
        for (var trial = 0; trial < Trials; trial++)
        {
            foreach (var split in new[] { "train", "validation" })
            {
                for (var first = 0; first < 4; first++)
                {
                    for (var second = first + 1; second < 4; second++)
                    {
                        var path = measured.Of("path_loss", Steps, trial, split, $"{first}-{second}");
                        Assert.Equal(measured.Of("loss", Steps, trial, split, member: first)[0], path[0], 1e-14);
                        Assert.Equal(measured.Of("loss", Steps, trial, split, member: second)[0], path[10], 1e-14);
                        var rise = Enumerable.Range(0, 11)
                            .Select(point => path[point] - ((1 - point / 10.0) * path[0] + point / 10.0 * path[10])).ToArray();
                        Assert.Equal(rise.Max(), Barrier("barrier", $"{first}-{second}"), 1e-14);
                        Assert.Equal(rise[1..^1].Max(), Barrier("barrier_interior", $"{first}-{second}"), 1e-14);
                    }
                }

                Assert.Equal((Barrier("barrier", "0-1") + Barrier("barrier", "2-3")) / 2, Barrier("barrier", "same trunk"), 1e-14);
                Assert.Equal((Barrier("barrier", "0-2") + Barrier("barrier", "1-3")) / 2, Barrier("barrier", "different trunks"), 1e-14);

                double Barrier(string metric, string component) => measured.Of(metric, Steps, trial, split, component)[0];
            }
        }
    }

    /// <summary>Trunk 1 of seed s is trunk 0 of seed s + 1, except for the data, whose seed is the trial's.</summary>
    [Fact]
    public void Trunks_begin_with_the_weights_of_the_following_seeds()
    {
        var measured = Run("trunks: [2], seed_of_all: [3, 4]", rates: "");
        Assert.Equal(measured.Of("weight_norm", 0, 1, "", "W1", member: 0), measured.Of("weight_norm", 0, 0, "", "W1", member: 1));
        Assert.NotEqual(measured.Of("weight_norm", 0, 0, "", "W1", member: 0), measured.Of("weight_norm", 0, 0, "", "W1", member: 1));
    }

    [Fact]
    public void A_barrier_is_refused_where_no_trial_has_two_networks() =>
        Assert.Contains(
            "needs at least two networks", Assert.Throws<SweepException>(() => SweepPlan.Parse(Sweep("", Pairs), Catalog)).Message);

    [Fact]
    public void One_network_beside_trials_of_two_has_no_barrier()
    {
        var plan = SweepPlan.Parse(Sweep("branches: [1, 2], split_step: [2]", Pairs), Catalog);
        var measured = new Measured();
        new PackRunner("cpu", Catalog)
            .Run(plan.WorkFor(plan.Packs[0], static (_, _) => true), measured, TestContext.Current.CancellationToken);
        Assert.All(measured.Of("barrier", Steps, 0, "train", "same trunk"), value => Assert.True(double.IsNaN(value)));
    }

    private const string Pairs = ", path_loss, barrier, barrier_interior, branch_agreement, branch_agreement_mean";

    private static ExperimentCatalog Catalog { get; } = new([new BranchedRegression()]);

    private static Measured Run(string axes, string rates = "learning_rate: [0.05, 0.1]") => SeamSweep.Run(
        new BranchedRegression(),
        Sweep(
            axes, axes.Contains("branches", StringComparison.Ordinal) || axes.Contains("trunks", StringComparison.Ordinal) ? Pairs : "",
            rates));

    private static string Sweep(string axes, string pairs, string rates = "learning_rate: [0.05, 0.1]") => SeamSweep.Of(
        "branched-regression", string.Join(", ", new[] { axes, rates, "steps: [5]" }.Where(part => part.Length > 0)),
        "loss, weight_norm" + pairs);

    private static void Everywhere(Action<long, int> check)
    {
        for (var step = 0L; step <= Steps; step++)
        {
            for (var trial = 0; trial < Trials; trial++)
            {
                check(step, trial);
            }
        }
    }

    /// <summary>Numbers that tell two networks apart.</summary>
    private static double[] State(Measured measured, long step, int trial, int member = 0) =>
    [
        .. measured.Of("loss", step, trial, "train", member: member), .. measured.Of("loss", step, trial, "validation", member: member),
        .. measured.Of("weight_norm", step, trial, "", "W1", member), .. measured.Of("weight_norm", step, trial, "", "W2", member),
    ];
}
