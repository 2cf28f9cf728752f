using System.Globalization;

namespace Confgen.Targets.Traefik.Building;

/// <summary>Compares numbers by regexes, which is all that a rule can ask of a field.</summary>
internal static class Numbers
{
    /// <summary>The branches of a regex for decimal numbers without leading zeros that are greater than another.</summary>
    public static string Above(long number)
    {
        string digits = number.ToString(CultureInfo.InvariantCulture);
        var branches = new List<string> { string.Create(null, $"[1-9][0-9]{{{digits.Length},}}") };
        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] == '9')
            {
                continue;
            }

            int rest = digits.Length - i - 1;
            string first = digits[i] == '8' ? "9" : $"[{(char)(digits[i] + 1)}-9]";
            branches.Add(
                digits[..i]
                    + first
                    + rest switch
                    {
                        0 => "",
                        1 => "[0-9]",
                        _ => string.Create(null, $"[0-9]{{{rest}}}"),
                    }
            );
        }

        return string.Join('|', branches);
    }
}
