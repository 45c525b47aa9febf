using System.CommandLine;
using Sweeper.Chaos;

var sweep = new Option<string>("--sweep") { Description = "sweep file to run", DefaultValueFactory = _ => Path.Combine(Repository.Root, "tools/chaos/chaos.yaml") };
var kills = new Option<int>("--kills") { Description = "how many SIGKILLs in all, those at failpoints included", DefaultValueFactory = _ => 20 };
var seed = new Option<int>("--seed") { Description = "seed of the random kill times", DefaultValueFactory = _ => 1 };
var command = new RootCommand("Kills `sweeper run` again and again and checks that its results do not change.") { sweep, kills, seed };
command.SetAction(parsed => new Campaign(parsed.GetValue(sweep)!, parsed.GetValue(kills), parsed.GetValue(seed)).Run());
return command.Parse(args).Invoke();
