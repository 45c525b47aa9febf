using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Sweeper.Training.Libtorch;

namespace Sweeper.Training.Tests.Addresses;

/// <summary>Members of TorchSharp that the program uses, by name: `torch.Tensor.bmm`.</summary>
internal static class UsedOperations
{
    /// <summary>Those that round nothing: they make, move, compare or order numbers, or are no operations on them.</summary>
    public static ImmutableSortedSet<string> Exact { get; } =
    [
        "torch.CPU", "torch.Device..ctor", "torch.Device.get_index", "torch.Device.get_type", "torch.NewDisposeScope", "torch.arange",
        "torch.cat", "torch.backends.cuda.matmul.set_allow_tf32", "torch.backends.cudnn.set_allow_tf32", "torch.cuda.is_available",
        "torch.empty", "torch.enable_grad", "torch.eye", "torch.full", "torch.full_like", "torch.get_num_threads", "torch.linspace",
        "torch.nn.functional.max_pool2d", "torch.nn.functional.one_hot", "torch.no_grad", "torch.ones", "torch.ones_like",
        "torch.set_num_threads", "torch.stack", "torch.tensor", "torch.TensorIndex.Tensor", "torch.empty_like", "torch.where",
        "torch.zeros", "torch.zeros_like", "DisposeScope.Contains", "Scalar.op_Implicit",
        .. ((string[])
        [
            "DetachFromDisposeScope", "Dispose", "MoveToOtherDisposeScope", "MoveToOuterDisposeScope", "all", "argmax", "chunk",
            "clamp", "clone",
            "contiguous", "copy_", "cpu", "data", "detach", "diagonal", "dim", "element_size", "eq", "expand", "flatten", "flip",
            "gather", "get_TensorItems", "set_TensorItems", "gt_", "get_Handle", "get_bytes", "set_bytes", "get_device",
            "get_device_type", "get_dtype", "get_mT", "get_shape",
            "index", "index_select", "is_contiguous", "is_floating_point", "isfinite", "isnan", "le", "logical_not", "lt", "masked_fill",
            "masked_fill_", "narrow", "ne", "new_full", "numel", "permute", "relu_", "requires_grad_", "reshape", "scatter_", "select",
            "size", "slice", "sort", "split", "squeeze", "stride", "to", "transpose", "triu", "unbind", "unsqueeze", "view", "zero_",
        ]).Select(member => $"torch.Tensor.{member}"),
    ];

    /// <summary>All, as the compiled program refers to them.</summary>
    public static ImmutableSortedSet<string> All { get; } = Read();

    private static ImmutableSortedSet<string> Read()
    {
        using var file = new PEReader(File.OpenRead(typeof(TorchRuntime).Assembly.Location));
        var reader = file.GetMetadataReader();
        return
        [
            .. reader.MemberReferences.Select(reader.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => (Type: TypeName(reader, (TypeReferenceHandle)member.Parent), Name: reader.GetString(member.Name)))
                .Where(member => member.Type is not null)
                .Select(member => $"{member.Type}.{member.Name}"),
        ];
    }

    /// <summary>Null where it is not a type of TorchSharp.</summary>
    private static string? TypeName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference when TypeName(reader, (TypeReferenceHandle)type.ResolutionScope) is { } outer => $"{outer}.{name}",
            HandleKind.AssemblyReference when IsTorchSharp(reader, (AssemblyReferenceHandle)type.ResolutionScope) => name,
            _ => null,
        };
    }

    private static bool IsTorchSharp(MetadataReader reader, AssemblyReferenceHandle handle) =>
        reader.GetString(reader.GetAssemblyReference(handle).Name) == "TorchSharp";
}
