using System.Net;
using Confgen.Model.Rules;
using Confgen.Model.Units;

namespace Confgen.Model.Differences;

/// <summary>Addresses at the borders of blocks: whatever blocks have in common, or leave over, one of these is in it.</summary>
internal static class AddressBorders
{
    /// <summary>The addresses for several blocks, the plainest first.</summary>
    public static IEnumerable<IPAddress> Of(IEnumerable<Cidr> blocks) =>
        blocks.Distinct().SelectMany(Of).Prepend(EvaluatedRequest.PublicPeer).Append(IPAddress.Any).Append(IPAddress.IPv6Any).Distinct();

    /// <summary>The first and the last address of a block, and those just outside.</summary>
    public static IEnumerable<IPAddress> Of(Cidr block)
    {
        byte[] first = block.Address.GetAddressBytes();
        byte[] last = [.. first];
        for (int bit = block.PrefixLength; bit < first.Length * 8; bit++)
        {
            last[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        yield return new IPAddress(first);
        yield return new IPAddress(last);
        if (Moved(last, 1) is { } after)
        {
            yield return after;
        }

        if (Moved(first, -1) is { } before)
        {
            yield return before;
        }
    }

    private static IPAddress? Moved(byte[] address, int by)
    {
        byte[] moved = [.. address];
        for (int i = moved.Length - 1; i >= 0; i--)
        {
            int value = moved[i] + by;
            moved[i] = (byte)value;
            if (value is >= 0 and <= 255)
            {
                return new IPAddress(moved);
            }
        }

        return null;
    }
}
