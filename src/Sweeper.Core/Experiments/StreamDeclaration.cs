namespace Sweeper.Core.Experiments;

/// <summary>
/// A named stream of random numbers of an experiment. Its seed is the trial's own, or a fixed number held in a
/// hyperparameter, so that one paper's "runs" redraw everything and another's only the initialisation.
/// </summary>
/// <param name="Name">teacher, data, noise, init, order, perturbation.</param>
/// <param name="SeedHyperparameter">
/// Integer hyperparameter that fixes the seed when it is zero or greater; -1 follows the trial's seed.
/// </param>
/// <param name="Doc">What is drawn from it.</param>
public sealed record StreamDeclaration(string Name, string SeedHyperparameter, string Doc);
