namespace Sweeper.Lanes.Algebra;

/// <summary>Scalar products of singular vectors with others, taken where they are found: the vectors themselves need not be kept.</summary>
/// <param name="With">As many columns as there are vectors; where all are one, the way to the next is 0.</param>
/// <param name="Into">Takes the products, as matrices of one row.</param>
internal readonly record struct VectorProduct(Matrices With, Matrices Into);
