using System.CommandLine;
using Sweeper.Core.Errors;
using Sweeper.Reproduction;

var results = new Option<string>("--results") { Description = "where the sweeps were run", DefaultValueFactory = _ => "results" };
var profile = new Option<string?>("--profile") { Description = "the profile they were run with" };
var page = new Option<string?>("--page") { Description = "Markdown page to write; pictures go beside it, into images/reproduction" };
var names = new Argument<string[]>("sweeps") { Description = "sweep files; all that have claims when none is named", Arity = ArgumentArity.ZeroOrMore };
var command = new RootCommand("Asks results whether what the papers claim holds; exit 7 when a claim without a stated cause fails.") { names, results, profile, page };
command.SetAction(parsed =>
{
    try
    {
        return new Report(parsed.GetValue(results)!, parsed.GetValue(profile), parsed.GetValue(page)).Run(parsed.GetValue(names)!);
    }
    catch (SweepException fault)
    {
        Console.Error.WriteLine($"error: {fault.Message}\n  {fault.Place}\n  {fault.Remedy}");
        return (int)fault.ExitCode;
    }
});
return command.Parse(args).Invoke();
