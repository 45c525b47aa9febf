using System.CommandLine;
using Sweeper.Bench;
using Sweeper.Bench.Kernels;
using Sweeper.Bench.Rows;

var name = new Argument<string>("name") { Description = "one of the rows" };
name.AcceptOnlyFromAmong([.. RowList.All.Select(row => row.Name)]);
var here = new Option<bool>("--here") { Description = "in this process, on the cores that it has", Hidden = true };
var row = new Command(
    "row", $"Measures one row and keeps it in {KeptRows.Words}: {string.Join(", ", RowList.All.Select(one => one.Name))}.") { name, here };
row.SetAction(parsed => RowRun.Execute(RowList.All.Single(one => one.Name == parsed.GetValue(name)), parsed.GetValue(here)));

var kept = new Option<bool>("--kept") { Description = "take the rows that are kept, and measure only those that are not" };
var bars = new Command("bars", "Says which bars are met; exit code 1 when one is missed.") { kept };
bars.SetAction(parsed => Verdicts.Write(RowRun.All(parsed.GetValue(kept))));

var page = new Command("page", "Writes docs/measured/performance.md.") { kept };
page.SetAction(parsed => Page.Write(RowRun.All(parsed.GetValue(kept))));

var filter = new Argument<string?>("filter") { Description = "a part of their names", Arity = ArgumentArity.ZeroOrOne };
var kernels = new Command("kernels", "Measures kernels alone, by BenchmarkDotNet.") { filter };
kernels.SetAction(parsed => KernelRun.Execute(parsed.GetValue(filter)));

return await new RootCommand("Measures how fast Sweeper trains and measures, against PyTorch and against what this machine can do.")
{
    row, bars, page, kernels,
}.Parse(args).InvokeAsync();
