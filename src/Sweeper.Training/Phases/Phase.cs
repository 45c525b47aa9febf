namespace Sweeper.Training.Phases;

/// <summary>One stretch of a program: pure data, so that a resumed or rewound run knows where it stands.</summary>
internal abstract record Phase
{
    private Phase()
    {
    }

    /// <summary>Trains until so many steps were done since the beginning.</summary>
    public sealed record Train(long Until) : Phase;

    /// <summary>Changes the networks between two steps; a snapshot at that step shows them after it.</summary>
    public sealed record Edit(IEdit Change) : Phase;
}

/// <summary>A change of all lanes' parameters between two steps.</summary>
internal interface IEdit
{
    /// <summary>Changes the parameters in place.</summary>
    void Apply(Models.ParameterSet parameters);
}
