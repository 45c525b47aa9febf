using Sweeper.Golden;
using Sweeper.Training.Optimizers;

namespace Sweeper.Training.Tests.Optimizers;

/// <summary>Reads the block `schedules` of the topic `optim`.</summary>
internal static class ScheduleVectors
{
    public static void Check(GoldenCase golden, GoldenNode schedules)
    {
        foreach (var (name, schedule) in schedules.Fields)
        {
            var times = (schedule.Find("steps") ?? schedule["epochs"]).Numbers();
            golden.Close(schedule["factor"], [.. times.Select(time => Factor(name, schedule, (long)time))]);
        }
    }

    private static double Factor(string name, GoldenNode schedule, long time) => name switch
    {
        "multistep_paper" or "multistep_code" => LearningRateSchedule.Multistep(
            time, [.. schedule["milestones"].Numbers().Select(milestone => (long)milestone)], schedule["gamma"].Number()),
        "linear_warmup10" => LearningRateSchedule.LinearWarmup(time, 10),
        "cosine_T50" => LearningRateSchedule.Cosine(time, 50),
        "lm_warmup_cosine_fixed" => LearningRateSchedule.WarmupCosine(time, 200, 6660, 0.1),
        // Strict inequalities on both sides of the joint: for one step the released code falls through to the floor.
        "lm_warmup_cosine_code" => time == 200 ? 0.1 : LearningRateSchedule.WarmupCosine(time, 200, 6660, 0.1),
        _ => throw new GoldenMismatchException($"unknown schedule '{name}'"),
    };
}
