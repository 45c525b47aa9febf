using System.Buffers.Binary;
using System.Text;

namespace Sweeper.Training.Libtorch;

/// <summary>Edits the symbol versions that an ELF library needs (Linux Standard Base, "Symbol Versioning").</summary>
internal static class SymbolVersions
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>
    /// Sets the weak flag on one needed version of a 64-bit little-endian library, in place: the dynamic linker then
    /// loads it where the version is missing. Throws <see cref="InvalidDataException"/> when there is no such entry.
    /// </summary>
    public static void Weaken(Span<byte> library, string version)
    {
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (library.Length < 64 || !library[..6].SequenceEqual(identity))
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF library");
        }

        var sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(library[40..]);
        int size = U16(library, 58), count = U16(library, 60);
        for (var index = 0; index < count; index++)
        {
            var section = library[(sections + index * size)..];
            if (U32(section, 4) == VersionNeedSection)
            {
                var strings = library[(sections + (int)U32(section, 40) * size)..];
                Weaken(library, Offset(section), (int)U32(section, 44), Offset(strings), version);
                return;
            }
        }

        throw new InvalidDataException("the library needs no symbol versions");
    }

    private static void Weaken(Span<byte> library, int file, int files, int strings, string version)
    {
        for (var i = 0; i < files; i++)
        {
            var entry = file + (int)U32(library, file + 8);
            for (int j = 0, entries = U16(library, file + 2); j < entries; j++)
            {
                if (TextAt(library, strings + (int)U32(library, entry + 8)) == version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(library[(entry + 4)..], (ushort)(U16(library, entry + 4) | Weak));
                    return;
                }

                entry += (int)U32(library, entry + 12);
            }

            file += (int)U32(library, file + 12);
        }

        throw new InvalidDataException($"the library does not need {version}");
    }

    private static int Offset(ReadOnlySpan<byte> section) => (int)BinaryPrimitives.ReadUInt64LittleEndian(section[24..]);

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static string TextAt(ReadOnlySpan<byte> bytes, int at) =>
        Encoding.ASCII.GetString(bytes[at..(at + bytes[at..].IndexOf((byte)0))]);
}
