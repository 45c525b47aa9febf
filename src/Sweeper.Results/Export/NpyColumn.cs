using System.Buffers.Binary;
using System.Collections;
using System.Text;
using Sweeper.Results.Query;

namespace Sweeper.Results.Export;

/// <summary>
/// A column on its way into an array of NumPy's format 1.0, little-endian, C order: whole numbers as int64, or as float64
/// with NaN where some are undefined; doubles as float64 with NaN for undefined; flags as bool; lists of doubles as a
/// float64 matrix, short rows padded with NaN; everything else as unicode, empty for undefined.
/// </summary>
/// <param name="column">Name and type.</param>
internal sealed class NpyColumn(ResultColumn column)
{
    private readonly List<object?> values = [];

    /// <summary>Name of the array.</summary>
    public string Name => column.Name;

    /// <summary>Adds the next value.</summary>
    public void Add(object? value) => values.Add(value);

    /// <summary>Writes header and data.</summary>
    public void Write(Stream stream)
    {
        switch (values.FirstOrDefault(value => value is not null))
        {
            case sbyte or short or int or long or byte or ushort or uint when !values.Contains(null):
                Write(
                    stream, "<i8", "", sizeof(long),
                    (value, bytes) => BinaryPrimitives.WriteInt64LittleEndian(bytes, Convert.ToInt64(value, null)));
                break;
            case bool when !values.Contains(null):
                Write(stream, "|b1", "", 1, (value, bytes) => bytes[0] = (byte)((bool)value! ? 1 : 0));
                break;
            case string or bool:
                WriteWords(stream);
                break;
            case IEnumerable:
                WriteLists(stream);
                break;
            case null when column.Type == typeof(string):
                WriteWords(stream);
                break;
            default:
                Write(stream, "<f8", "", sizeof(double), (value, bytes) => BinaryPrimitives.WriteDoubleLittleEndian(bytes, Real(value)));
                break;
        }
    }

    private static double Real(object? value) => value is null ? double.NaN : Convert.ToDouble(value, null);

    private void WriteWords(Stream stream)
    {
        var width = Math.Max(1, values.Max(value => ResultTable.Text(value).EnumerateRunes().Count()));
        Write(stream, $"<U{width}", "", 4 * width, (value, bytes) => Encoding.UTF32.GetBytes(ResultTable.Text(value), bytes));
    }

    private void WriteLists(Stream stream)
    {
        var width = values.Max(value => ((IEnumerable?)value)?.Cast<object?>().Count() ?? 0);
        Write(stream, "<f8", $"{width}", sizeof(double) * width, (value, bytes) =>
        {
            var numbers = ((IEnumerable?)value ?? Array.Empty<object?>()).Cast<object?>()
                .Select(Real).Concat(Enumerable.Repeat(double.NaN, width)).Take(width);
            foreach (var (number, place) in numbers.Select((number, place) => (number, place)))
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes[(place * sizeof(double))..], number);
            }
        });
    }

    private void Write(Stream stream, string type, string width, int size, Encoder encode)
    {
        // NEP 1: magic, version 1.0, length of the header, the header; all of it a multiple of 64 bytes.
        const int preamble = 10;
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({values.Count},{(width.Length > 0 ? $" {width}" : "")}), }}";
        var padded = text + new string(' ', 63 - (preamble + text.Length) % 64) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)padded.Length, (byte)(padded.Length >> 8), .. Encoding.ASCII.GetBytes(padded)]);
        var bytes = new byte[size];
        foreach (var value in values)
        {
            Array.Clear(bytes);
            encode(value, bytes);
            stream.Write(bytes);
        }
    }

    private delegate void Encoder(object? value, Span<byte> bytes);
}
