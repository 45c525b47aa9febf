using Xunit;

namespace Sweeper.Tests.Architecture;

/// <summary>The twenty-one tests that other tools would have needed: each promise, and who keeps it.</summary>
public sealed class PromisesTests
{
    private static readonly string Sources = string.Concat(
        Repository.Files("tests", "*.cs").Where(path => !path.EndsWith("PromisesTests.cs", StringComparison.Ordinal))
            .Select(path => File.ReadAllText(Path.Combine(Repository.Root, path))));

    /// <summary>A keeper is a test, or a file of a tool where only processes and signals can tell.</summary>
    public static TheoryData<int, string, string[]> Promises => new()
    {
        { 1, "a value inserted into an axis changes no old id, of a refined linspace neither",
            [
                "Values_inserted_into_an_axis_and_added_seeds_leave_old_ids_unchanged",
                "A_refined_linspace_keeps_the_old_values_bit_for_bit", "Added_seeds_and_a_refined_axis_train_only_what_is_new",
            ] },
        { 2, "in a reformatted file nothing is new",
            ["Reformatting_and_reordering_keys_changes_neither_hash_nor_packs_nor_text", "A_reformatted_file_has_nothing_to_do"] },
        { 3, "1e-3 is 0.001", ["One_thousandth_is_one_value_however_it_is_written"] },
        { 4, "a new hyperparameter with a default changes no id, and no default changes without a new version",
            ["A_new_hyperparameter_with_a_default_keeps_all_ids", "Defaults_of_a_version_never_change"] },
        { 5, "a zip that does not match names both lengths", ["A_zip_of_unequal_lengths_names_both_lengths"] },
        { 6, "points of overlapping grids are counted",
            ["Grids_inherit_replace_and_add_and_points_of_an_earlier_one_are_counted_and_left_out"] },
        { 7, "killed at any failpoint, the bytes are the same",
            [
                "tools/chaos/Campaign.cs", "Killed_at_every_failpoint_one_after_the_other_a_run_ends_with_the_same_bytes",
                "What_was_granted_but_not_renamed_is_published_when_the_folder_is_opened",
            ] },
        { 8, "a second coordinator is refused", ["A_second_coordinator_is_refused", "A_second_writer_is_refused_and_told_who_writes"] },
        { 9, "a clock that is set loses nothing",
            ["A_clock_that_leaps_a_day_loses_no_lease", "The_coordinators_clock_leaps_a_day_ahead_and_two_back_and_no_lease_is_lost"] },
        { 10, "a pack that comes late never replaces what is committed",
            [
                "A_pack_that_comes_late_is_refused_while_its_trials_wait_while_they_are_trained_again_and_when_they_are_committed",
                "A_silent_worker_loses_its_pack_and_whatever_it_says_later_is_refused",
                "Whatever_happens_every_trial_ends_in_one_committed_pack_or_failed_with_a_cause",
            ] },
        { 11, "more than half of the workers vanish and the coordinator lives",
            [
                "Three_of_five_worker_processes_are_killed_at_once_and_the_coordinator_lives_and_the_sweep_ends",
                "More_than_half_of_the_workers_vanish_at_once_and_the_coordinator_gives_their_packs_to_the_others",
            ] },
        { 12, "looking changes nothing",
            [
                "Looking_changes_no_byte", "Plotting_changes_no_byte", "A_query_changes_no_byte",
                "Opening_and_deriving_again_changes_no_byte", "Running_again_does_nothing_and_changes_no_byte",
            ] },
        { 13, "budgets hold, as counts", ["A_plan_of_ten_million_trials_with_its_hash_and_its_cut_allocates_less_than_fifty_megabytes",
            "Resuming_computes_no_id_that_the_journal_names", "Of_a_thousand_busy_workers_only_the_one_that_has_nothing_is_looked_at"] },
        { 14, "a lane that diverges leaves its neighbours as they were", ["A_lane_that_diverges_leaves_its_neighbours_bitwise_unchanged"] },
        { 15, "what is too large completes smaller",
            ["Packs_too_large_for_the_device_complete_in_smaller_ones_and_those_of_the_same_shape_are_not_tried_first"] },
        { 16, "where all fail alike it stops early and can be resumed",
            ["When_all_packs_fail_alike_the_sweep_pauses_with_exit_code_6_and_can_be_resumed"] },
        { 17, "a disk that fills up in a segment loses nothing",
            [
                "A_disk_that_fills_up_loses_nothing_and_the_sweep_goes_on_once_there_is_space",
                "A_full_disk_pauses_the_sweep_with_exit_code_5_and_cleans_its_staging",
            ] },
        { 18, "other readers read every file",
            ["Every_value_is_read_back_by_DuckDB_bit_for_bit", "Two_independent_readers_agree_on_types_counts_and_sums"] },
        { 19, "without a terminal ten thousand trials stay short",
            ["Ten_thousand_trials_stay_under_two_hundred_lines_however_long_they_take"] },
        { 20, "two users sweep on one machine",
            [
                "Two_users_with_a_coordinator_each_sweep_on_one_machine_at_once", "Two_users_run_sweeps_on_one_machine_at_the_same_time",
                "Two_sweeps_are_trained_side_by_side",
            ] },
        { 21, "without aggregator or coordinator a run stalls, and recovers",
            [
                "Without_the_aggregator_a_run_stalls_and_with_a_new_one_it_finishes",
                "Without_the_coordinator_a_run_stalls_and_with_a_new_one_it_finishes",
            ] },
    };

    [Theory, MemberData(nameof(Promises))]
    public void Every_promise_is_kept_by_somebody(int number, string promise, string[] keepers)
    {
        foreach (var keeper in keepers)
        {
            Assert.True(
                keeper.Contains('/')
                    ? File.Exists(Path.Combine(Repository.Root, keeper))
                    : Sources.Contains($" {keeper}(", StringComparison.Ordinal),
                $"promise {number} ({promise}): there is no {keeper}");
        }
    }
}
