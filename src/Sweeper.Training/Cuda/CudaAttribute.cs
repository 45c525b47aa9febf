namespace Sweeper.Training.Cuda;

/// <summary>Numbers that a GPU tells of itself (`CUdevice_attribute`).</summary>
internal enum CudaAttribute
{
    /// <summary>The architecture: 9 of 9.0.</summary>
    MajorCapability = 75,
    /// <summary>0 of 9.0.</summary>
    MinorCapability = 76,
    /// <summary>Bytes of shared memory that a block may have if it asks for them.</summary>
    MostSharedBytes = 97,
}
