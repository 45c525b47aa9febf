using System.CommandLine;
using Sweeper.Simulation;
using Sweeper.Simulation.Pressure;
using Sweeper.Simulation.Scale;

var trials = new Option<long>("--trials") { Description = "trials of the simulated sweep", DefaultValueFactory = _ => 1_000_000 };
var workers = new Option<int>("--workers") { Description = "simulated workers", DefaultValueFactory = _ => 1000 };
var lanes = new Option<int>("--lanes") { Description = "lanes of a pack", DefaultValueFactory = _ => ScaleCase.UsualLanes };
var json = new Option<bool>("--json") { Description = "as one line, for the program that writes the page" };
var rows = new Option<long>("--rows") { Description = "rows that the runners offer in all", DefaultValueFactory = _ => 24_576_000 };
var runners = new Option<int>("--runners") { Description = "runners that offer them", DefaultValueFactory = _ => 1 };
var delay =
    new Option<double>("--delay") { Description = "milliseconds that the store takes longer for a block", DefaultValueFactory = _ => 0 };

var oneCore = new Option<bool>("--one-core") { Description = "let the process use one core only" };

var command = new RootCommand(
    "Runs sweeps without training: measures what coordinator, folder and stream cost by themselves.") { trials, workers, lanes, json };
command.SetAction(parsed => ScaleRun.MeasureAsync(
    new ScaleCase(parsed.GetValue(trials), parsed.GetValue(workers), parsed.GetValue(lanes)), parsed.GetValue(json)));

var pressure = new Command(
    "pressure",
    "Offers rows as fast as the store takes them, or faster; says what is "
    + "committed and how memory goes.") { rows, runners, delay, oneCore, json };
pressure.SetAction(parsed => PressureRun.MeasureAsync(
    new PressureCase(parsed.GetValue(rows), parsed.GetValue(runners), parsed.GetValue(delay), parsed.GetValue(oneCore)),
    parsed.GetValue(json)));
command.Add(pressure);

var largest = new Option<long>("--largest") { Description = "trials of the largest case", DefaultValueFactory = _ => 1_000_000 };
var page = new Command("page", "Measures everything, each case in a process of its own, and writes docs/measured/scale.md.") { largest };
page.SetAction(parsed => Page.Write(parsed.GetValue(largest)));
command.Add(page);
return await command.Parse(args).InvokeAsync();
