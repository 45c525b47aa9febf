using Xunit;

namespace Sweeper.Training.Tests.Seams;

/// <summary>Inputs that are tokens, and outputs with an axis more than examples and classes.</summary>
public sealed class NextTokenTests
{
    private const double Rate = 0.5;

    /// <summary>
    /// From scores of zero, gradient descent moves that of token b after a by rate (count of a b - count of a / tokens) / count of all.
    /// </summary>
    [Fact]
    public void A_step_moves_the_scores_by_how_often_tokens_follow_each_other()
    {
        var measured = SeamSweep.Run(
            new NextToken(), SeamSweep.Of("next-token", $"learning_rate: [{Rate}, 1]", "loss, accuracy, singular_values, weight_norm"));
        for (var trial = 0; trial < 4; trial++)
        {
            Assert.Equal(Math.Log(NextToken.Tokens), measured.Of("loss", 0, trial)[0], 1e-14);
        }

        for (var seed = 0; seed < 2; seed++)
        {
            var pairs = NextToken.Draw(seed).SelectMany(tokens => tokens.Zip(tokens.Skip(1))).ToArray();
            var scores = new double[NextToken.Tokens, NextToken.Tokens];
            foreach (var (first, next) in pairs)
            {
                for (var token = 0; token < NextToken.Tokens; token++)
                {
                    scores[first, token] += Rate * ((token == next ? 1 : 0) - (1.0 / NextToken.Tokens)) / pairs.Length;
                }
            }

            var row = (long first) => Enumerable.Range(0, NextToken.Tokens).Select(token => scores[first, token]).ToArray();
            var loss = pairs.Average(pair => Math.Log(row(pair.First).Sum(Math.Exp)) - row(pair.First)[pair.Second]);
            Assert.Equal(loss, measured.Of("loss", 1, 2 * seed)[0], 1e-14);
            var right = pairs.Average(pair => row(pair.First).Index().MaxBy(score => score.Item).Index == pair.Second ? 1.0 : 0);
            Assert.Equal(right, measured.Of("accuracy", 1, 2 * seed)[0], 1e-14);
            var norm = Math.Sqrt(scores.Cast<double>().Sum(score => score * score));
            Assert.Equal(norm, measured.Of("weight_norm", 1, 2 * seed, "", "E")[0], 1e-14);
        }
    }

    [Fact]
    public void Sequences_are_put_into_batches_whole()
    {
        var measured = SeamSweep.Run(new NextToken(), SeamSweep.Of("next-token", "batch: [2], learning_rate: [1]", "loss"));
        Assert.All(Enumerable.Range(0, 2), trial => Assert.True(measured.Of("loss", 3, trial)[0] < measured.Of("loss", 0, trial)[0]));
    }
}
