using System.Text;

namespace Confgen.Fuzz.Tests;

/// <summary>Makes inputs of a corpus by small changes, a few at a time; the same ones for the same seed.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> dictionary)
{
    private static readonly byte[] _interesting =
    [
        0,
        1,
        9,
        10,
        13,
        32,
        34,
        35,
        44,
        45,
        47,
        48,
        58,
        59,
        61,
        63,
        64,
        91,
        92,
        96,
        123,
        127,
        128,
        192,
        255,
    ];

    private readonly Random _random = new(seed);

    /// <summary>A changed copy of an entry.</summary>
    public byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        List<byte> made = [.. corpus[_random.Next(corpus.Count)]];
        for (int changes = 1 + _random.Next(4); changes > 0; changes--)
        {
            Change(made, corpus);
        }

        return [.. made];
    }

    private void Change(List<byte> made, IReadOnlyList<byte[]> corpus)
    {
        int at = _random.Next(made.Count + 1);
        int length = Math.Min(_random.Next(1, 16), made.Count - at);
        switch (_random.Next(9))
        {
            case 0 when at < made.Count:
                made[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < made.Count:
                made[at] = _interesting[_random.Next(_interesting.Length)];
                break;
            case 2:
                made.Insert(at, _interesting[_random.Next(_interesting.Length)]);
                break;
            case 3:
                made.RemoveRange(at, length);
                break;
            case 4:
                made.InsertRange(_random.Next(made.Count + 1), made.GetRange(at, length));
                break;
            case 5 when dictionary.Count > 0:
                made.InsertRange(at, dictionary[_random.Next(dictionary.Count)]);
                break;
            case 6:
                byte[] other = corpus[_random.Next(corpus.Count)];
                int from = _random.Next(other.Length + 1);
                made.RemoveRange(at, made.Count - at);
                made.AddRange(other.AsSpan(from));
                break;
            case 7:
                Number(made, at);
                break;
            case 8 when length > 0:
                made.InsertRange(at, Enumerable.Repeat(made.GetRange(at, length), 1 << _random.Next(1, 9)).SelectMany(b => b));
                break;
            default:
                break;
        }
    }

    // A run of digits becomes another number, mostly one at the border of a type.
    private void Number(List<byte> made, int at)
    {
        int start = made.FindIndex(Math.Min(at, made.Count), b => char.IsAsciiDigit((char)b));
        if (start < 0)
        {
            return;
        }

        int end = start;
        while (end < made.Count && char.IsAsciiDigit((char)made[end]))
        {
            end++;
        }

        string[] numbers =
        [
            "0",
            "00",
            "1",
            "-1",
            "+1",
            "127",
            "255",
            "256",
            "65535",
            "65536",
            "2147483647",
            "2147483648",
            "4294967295",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999",
        ];
        made.RemoveRange(start, end - start);
        made.InsertRange(start, Encoding.ASCII.GetBytes(numbers[_random.Next(numbers.Length)]));
    }
}
