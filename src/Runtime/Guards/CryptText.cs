using System.Text;

namespace Confgen.Runtime.Guards;

/// <summary>The base 64 of crypt(3): least significant bits first.</summary>
internal static class CryptText
{
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Adds bytes, the last one in the lowest bits, as so many characters.</summary>
    public static void Append(StringBuilder text, int high, int middle, int low, int characters)
    {
        int value = (high << 16) | (middle << 8) | low;
        for (int i = 0; i < characters; i++)
        {
            text.Append(Alphabet[value & 63]);
            value >>= 6;
        }
    }
}
