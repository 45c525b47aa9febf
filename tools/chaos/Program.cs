using System.CommandLine;
using Sweeper.Chaos;
using Sweeper.Chaos.Frames;
using Sweeper.Chaos.Hosts;
using Sweeper.Chaos.Rounds;

OwnMounts.Enter(args, needsNetwork: args.Any(argument => argument.StartsWith("--hosts", StringComparison.Ordinal)));
var minutes = new Option<double>("--minutes") { Description = "for how long new rounds begin", DefaultValueFactory = _ => 2 };
var kills = new Option<int>("--kills")
{
    Description = "instead: so many SIGKILLs of one cluster, which may take at most twice as long as a quiet one",
};
var deaths = new Option<double>("--coordinator-kills")
{
    Description = "instead: a SIGKILL of the coordinator every so many seconds, under which a sweep may take at most 1.15 times as long",
};
var frames = new Option<int>("--frames")
{
    Description = "instead: so many frames of a stranger with the cluster's certificate, which must harm nothing",
};
var hosts = new Option<int>("--hosts")
{
    Description = "instead: a cluster on so many hosts (network namespaces), whose network is cut, slow or lossy, and which vanish",
};
var seed = new Option<int>("--seed") { Description = "seed of all that is drawn", DefaultValueFactory = _ => 1 };
var sweep = new Option<string?>("--sweep")
{
    Description = "sweep file for --kills, --coordinator-kills, --hosts and --frames (default: that beside this tool)",
};
var command = new RootCommand("Does harm to the processes that train a sweep, and checks that its results are what they would have been.")
{
    minutes, kills, deaths, frames, hosts, seed, sweep,
};
command.SetAction(async (parsed, _) =>
{
    var root = Directory.CreateTempSubdirectory("sweeper-chaos-").FullName;
    SweepFile File(string usual) => parsed.GetValue(sweep) is { } path ? new SweepFile(Path.GetFullPath(path)) : SweepFile.Of(usual);
    var time = TimeSpan.FromMinutes(parsed.GetValue(minutes));
    var random = new Random(parsed.GetValue(seed));
    var code = (parsed.GetValue(frames), parsed.GetValue(kills), parsed.GetValue(deaths), parsed.GetValue(hosts)) switch
    {
        (> 0 and var number, _, _, _) => await new FrameRun(number, parsed.GetValue(seed), File("frames"), root, Console.Out).RunAsync(),
        (_, > 0 and var number, _, _) =>
            await new KilledRun(KillPlan.Scattered(number, random), random, File("kills"), root, Console.Out).RunAsync(),
        (_, _, > 0 and var seconds, _) =>
            await new KilledRun(KillPlan.OfCoordinator(TimeSpan.FromSeconds(seconds)), random, File("long"), root, Console.Out).RunAsync(),
        (_, _, _, > 0 and var number) =>
            await new HostsCampaign(number, time, parsed.GetValue(seed), File("hosts"), root, Console.Out).RunAsync(),
        _ => await new Campaign(time, parsed.GetValue(seed), root, Console.Out).RunAsync(),
    };
    if (code == 0)
    {
        Directory.Delete(root, recursive: true);
    }
    else
    {
        Console.WriteLine($"what is left is in {root}");
    }

    return code;
});
return await command.Parse(args).InvokeAsync();
