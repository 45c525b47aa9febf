namespace Sweeper.Training.Models;

/// <summary>What a parameter is for.</summary>
internal enum ParameterRole
{
    /// <summary>A matrix, or several numbers an entry of one (convolutions): what metrics of weights measure.</summary>
    Weight,
    /// <summary>Added to outputs.</summary>
    Bias,
    /// <summary>Outputs are multiplied by it: the scale of a normalisation.</summary>
    Scale,
    /// <summary>Statistics of the data that passes, such as batch norm's: not trained, changed by the model.</summary>
    Buffer,
    /// <summary>Set at initialisation and never changed (gates).</summary>
    Frozen,
}
