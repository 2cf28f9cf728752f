using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Hpack;

/// <summary>
/// How large a field section is to the one who limits it: names and values before they are encoded, and 32 bytes for each field (RFC 9113,
/// section 6.5.2; RFC 9114, section 4.2.2).
/// </summary>
internal static class FieldSectionSize
{
    /// <summary>What each field counts beside its name and its value.</summary>
    public const int Overhead = 32;

    /// <summary>The size of a field.</summary>
    public static int Of(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => name.Length + value.Length + Overhead;

    /// <summary>The size of the fields that are written (<see cref="StreamHead.IsWritten"/>).</summary>
    public static long Of(FieldList fields)
    {
        long size = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            if (StreamHead.IsWritten(fields[i].Kind))
            {
                size += fields[i].NameLength + fields[i].ValueLength + Overhead;
            }
        }

        return size;
    }
}
