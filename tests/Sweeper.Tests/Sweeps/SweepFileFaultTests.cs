using System.Text;
using Sweeper.Core.Errors;
using Sweeper.Core.Sweeps;
using Sweeper.Tests.Fakes;
using Xunit;

namespace Sweeper.Tests.Sweeps;

/// <summary>Every kind of bad sweep file is one message: what, `file:line:column` with the line and a caret, and a remedy.</summary>
public sealed class SweepFileFaultTests
{
    private const string Head = "sweep: a\nexperiment: toy\n";

    [Theory]
    [InlineData("girds: { depth: [2] }", "3:1", "unknown key 'girds'", "did you mean 'grids'?")]
    [InlineData("gird: { depth: [2] }", "3:1", "unknown key 'gird'", "did you mean 'grid'?")]
    [InlineData("exclude: [ \"dept == 8\" ]", "3:13", "no hyperparameter 'dept'", "did you mean 'depth'?")]
    [InlineData("exclude: [ \"depth == 8 and lr > hihg\" ]", "3:33", "no hyperparameter 'hihg'", "known are")]
    [InlineData("exclude: [ 'optimizer == adm' ]", "3:26", "'optimizer' is never 'adm'", "did you mean 'adam'?")]
    [InlineData("exclude:\n  - depth = 2", "4:11", "'=' compares nothing", "'=='")]
    [InlineData("exclude: depth == 2", "3:10", "'exclude' must be a list of conditions", "[ \"depth == 8")]
    [InlineData("exclude: [ [depth] ]", "3:12", "an entry of 'exclude' must be a condition, but a list", "depth == 8")]
    [InlineData("exclude: [ \"depth >= 1\" ]", "2:13", "every point of the sweep is excluded", "remove one")]
    [InlineData("when: [ a ]", "3:7", "'when' must be a table", "name: value")]
    [InlineData("when: { nois: depth == 2 }", "3:9", "no hyperparameter 'nois'", "did you mean 'noise'?")]
    [InlineData("when: { noise: depth }", "3:16", "a number is neither true nor false", "depth == 8")]
    [InlineData("when: { noise: \"seed > 2\" }", "3:16", "'when' cannot depend on the seed", "'exclude'")]
    [InlineData("when: { noise: \"noise > 2\" }", "3:16", "depends on 'noise' itself", "decide")]
    [InlineData("grids: { depth: [2] }", "3:8", "'grids' must be a list of grids", "`- `")]
    [InlineData("grids: []", "3:8", "the list of grids is empty", "remove it")]
    [InlineData("grids: [ { gird: { depth: [2] } } ]", "3:12", "unknown key 'gird' in an entry of 'grids'", "did you mean 'grid'?")]
    [InlineData("grids: [ { seeds: 2 } ]", "3:12", "unknown key 'seeds' in an entry of 'grids'", "known are: name, fixed, grid, zip")]
    [InlineData("grids: [ { name: [a] } ]", "3:18", "the name of a grid must be a word", "name: deep")]
    [InlineData("grids: [ { name: a }, { name: a } ]", "3:31", "two grids have the name 'a'", "rename")]
    [InlineData(
        "grids: [ { fixed: { depth: 2 }, grid: { depth: [2] } } ]", "3:41", "'depth' stands in 'grid' and in 'fixed' (line 3)",
        "one place only")]
    [InlineData("keep: all", "3:7", "'keep' must be a table, but 'all'", "none | final | snapshots")]
    [InlineData("keep: { weights: finl }", "3:18", "'weights' of 'keep' cannot be 'finl'", "did you mean 'final'?")]
    [InlineData("keep: { wieghts: final }", "3:9", "unknown key 'wieghts' in 'keep'", "did you mean 'weights'?")]
    [InlineData("aggregate: { diverged: drop }", "3:24", "'diverged' of 'aggregate' cannot be 'drop'", "known are: drop_step, drop_trial")]
    [InlineData("aggregate: {}", "3:12", "'aggregate' is empty", "diverged: drop_step | drop_trial")]
    [InlineData("fixed: { dept: 2 }", "3:10", "no hyperparameter 'dept'", "did you mean 'depth'?")]
    [InlineData("fixed: { zzzzzzzz: 2 }", "3:10", "no hyperparameter 'zzzzzzzz'", "known are: width, depth")]
    [InlineData("fixed: { depth: two }", "3:17", "'depth' must be a whole number, but 'two' stands here", "for example 2")]
    [InlineData("fixed: { depth: }", "3:17", "'depth' must be a whole number, but nothing stands here", "for example 2")]
    [InlineData("fixed: { depth: [2, 4] }", "3:17", "'depth' must be a whole number, but a list", "--set depth=a,b")]
    [InlineData("fixed: { depth: -1 }", "3:17", "'depth' cannot be -1", "from 1 to 64")]
    [InlineData("fixed: { lr: 1e999 }", "3:14", "'lr' must be a finite number, but '1e999'", "for example 0.01")]
    [InlineData("fixed: { lr: .nan }", "3:14", "'lr' must be a finite number, but '.nan'", "for example 0.01")]
    [InlineData("fixed: { spectrum: [1, -2] }", "3:24", "'spectrum' cannot be -2", "at least 0")]
    [InlineData("fixed: { bias: yes }", "3:16", "'bias' must be true or false, but 'yes'", "for example false")]
    [InlineData("fixed: { optimizer: adm }", "3:21", "'optimizer' cannot be 'adm'", "did you mean 'adam'?")]
    [InlineData("grid: { depth: 2 }", "3:16", "'depth' must be a list or a generator, but '2'", "'fixed'")]
    [InlineData("grid: { noise: [0.1, 1e-1] }", "3:22", "the axis of 'noise' has the value 0.1 twice", "keep one")]
    [InlineData(
        "fixed: { depth: 2 }\ngrid: { depth: [2, 4] }", "4:9", "'depth' stands in 'grid' and in 'fixed' (line 3)", "one place only")]
    [InlineData("seeds: 0", "3:8", "the number of seeds (or a range `0..19`, or a list) is 0", "from 1 to")]
    [InlineData("seeds: 5..2", "3:8", "'5..2' is no range of seeds", "0..19")]
    [InlineData("seeds: [1, 1]", "3:12", "the seed 1 stands twice", "keep one")]
    [InlineData("seeds: [-1]", "3:9", "a seed is -1", "at least 0")]
    [InlineData("lanes: 0", "3:8", "'lanes' is 0", "from 1 to")]
    [InlineData("allow_failed: some", "3:15", "'allow_failed' must be a whole number", "such as")]
    [InlineData("figures: curves", "3:10", "'figures' must be a list of names, but 'curves'", "[ name")]
    [InlineData("measure: { at: end }", "3:10", "'measure' must be a list", "at: { log: 100 }")]
    [InlineData("measure: [ { at: end } ]", "3:12", "lacks 'metrics'", "metrics: [loss]")]
    [InlineData("measure: [ { at: end, metric: [loss] } ]", "3:23", "unknown key 'metric'", "did you mean 'metrics'?")]
    [InlineData("measure: [ { at: { evry: 2 }, metrics: [loss] } ]", "3:20", "'at' does not know 'evry'", "did you mean 'every'?")]
    [InlineData("measure: [ { at: end, metrics: [los] } ]", "3:33", "experiment 'toy' has no metric 'los'", "did you mean 'loss'?")]
    [InlineData(
        "measure: [ { at: [5000], metrics: [loss] } ]", "3:18", "step 5000 is never reached: training ends at step 1000", "train longer")]
    [InlineData("fixed: { depth: 2 }\nfixed: { width: 2 }", "4:1", "the key 'fixed' stands twice (first on line 3)", "keep one")]
    [InlineData("fixed: { depth: 2, depth: 3 }", "3:20", "the key 'depth' stands twice (first on line 3)", "keep one")]
    [InlineData("fixed: { depth: 2", "4:1", "this is not valid YAML", "brackets")]
    [InlineData("fixed: { depth: *two }", "3:17", "anchors, aliases and tags", "write the value out")]
    [InlineData("fixed: { depth: !!int 2 }", "3:17", "anchors, aliases and tags", "write the value out")]
    [InlineData("---\nsweep: b", "3:1", "a second YAML document", "one sweep")]
    [InlineData("fixed: { students: 5000 }", "2:13", "one trial needs 5000 networks at once", "4096 lanes")]
    [InlineData("fixed: { lr: 1e-400 }", "3:14", "1e-400 is too near to 0 for a double", "write 0")]
    [InlineData("fixed: { depth: -0x10 }", "3:17", "'depth' must be a whole number, but '-0x10' stands here", "for example 2")]
    [InlineData("fixed: { spectrum: [] }", "3:20", "'spectrum' is an empty list", "for example [3, 2, 1]")]
    [InlineData("when: { noise: lr > 0, lr: noise > 0 }", "3:9", "'when' decides of 'noise' and 'lr' by one another", "other names only")]
    [InlineData(
        "when: { depth: width > 2, width: lr > 0, lr: depth > 2 }", "3:9",
        "'when' decides of 'depth', 'width' and 'lr' by one another", "'exclude'")]
    [InlineData("profiles: { quick: { fixd: {} } }", "3:22", "unknown key 'fixd'", "did you mean 'fixed'?")]
    [InlineData("profile: quick\nprofiles: { quick: { seeds: 2 } }", "3:10", "still to choose from", "--profile quick")]
    public void A_fault_names_place_problem_and_remedy(string body, string place, string problem, string remedy)
    {
        SweepFault.Check(() => FakeCatalog.Plan(Head + body), $"toy.yaml:{place}\n", problem, remedy);
    }

    [Theory]
    [InlineData("", "1:1", "the sweep file is empty")]
    [InlineData("# nothing\n", "1:1", "the sweep file is empty")]
    [InlineData("- a", "1:1", "a sweep file must be a table")]
    [InlineData("sweep: a", "1:1", "the key 'experiment' is missing")]
    [InlineData("experiment: toy", "1:1", "the key 'sweep' is missing")]
    [InlineData("sweep: a\nexperiment: [toy]", "2:13", "'experiment' must be a name, but a list")]
    [InlineData("sweep: A b\nexperiment: toy", "1:8", "'A b' cannot be part of a folder's name")]
    [InlineData("sweep: ../a\nexperiment: toy", "1:8", "cannot be part of a folder's name")]
    [InlineData("sweep: a\nexperiment: toi", "2:13", "there is no experiment 'toi'")]
    public void A_file_without_its_first_two_keys_says_so(string text, string place, string problem)
    {
        SweepFault.Check(() => FakeCatalog.Plan(text), $"toy.yaml:{place}\n", problem, "");
    }

    [Theory]
    [InlineData("depht=2", "  --set depht=2\n        ^", "no hyperparameter 'depht'")]
    [InlineData("depth=2,x", "  --set depth=2,x\n                ^", "'depth' must be a whole number, but 'x'")]
    [InlineData("noise=lin(0,1,3)", "  --set noise=lin(0,1,3)\n              ^", "'lin' generates no axis")]
    [InlineData("noise=linspace(0,-1,3)", "  --set noise=linspace(0,-1,3)\n                      ^", "'noise' cannot be -0.5")]
    [InlineData("depth", "  --set depth\n        ^", "a value is set as name=value")]
    [InlineData("depth=", "  --set depth=\n              ^", "'depth' is given no value")]
    [InlineData("depth=[2", "  --set depth=[2\n", "this is not valid YAML")]
    [InlineData("seeds=3", "  --set seeds=3\n        ^", "'seeds' is no hyperparameter")]
    public void A_fault_on_the_command_line_shows_the_argument(string argument, string place, string problem)
    {
        SweepFault.Check(() => FakeCatalog.Plan(Head, new SweepOverrides(null, [argument], null)), place, problem, "");
    }

    [Fact]
    public void Seeds_and_profiles_of_the_command_line_show_their_argument()
    {
        SweepFault.Check(
            () => FakeCatalog.Plan(Head, new SweepOverrides(null, [], "0..x")), "  --seeds 0..x\n          ^", "no range of seeds", "");
        SweepFault.Check(
            () => FakeCatalog.Plan(Head + "profiles: { quick: { seeds: 1 } }", new SweepOverrides("quik", [], null)),
            "  --profile quik\n            ^", "no profile 'quik'", "did you mean 'quick'?");
    }

    [Fact]
    public void The_line_and_a_caret_stand_beneath_the_place()
    {
        var fault = Assert.Throws<SweepException>(() => FakeCatalog.Plan(Head + "grid: { depth: [2, four] }"));
        Assert.Equal("toy.yaml:3:20\n  grid: { depth: [2, four] }\n                     ^", fault.Place);
    }

    [Fact]
    public void A_file_that_is_not_utf8_or_not_there_is_told_so()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "sweep.yaml");
            File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes("sweep: a\n# caf"), 0xE9, (byte)'\n']);
            SweepFault.Check(
                () => SweepFile.Load(path, SweepOverrides.None), $"{path}:2:6\n", "not UTF-8: byte 0xE9 at offset 14", "save it as UTF-8");
            SweepFault.Check(
                () => SweepFile.Load(Path.Combine(folder.FullName, "sweeep.yml"), SweepOverrides.None), "sweeep.yml", "no such sweep file",
                $"did you mean '{path}'?");
            SweepFault.Check(() => SweepFile.Load(folder.FullName, SweepOverrides.None), folder.FullName, "this is a folder", "");
            File.WriteAllBytes(path, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Head)]);
            Assert.Equal("a", SweepFile.Load(path, SweepOverrides.None).Name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
