using System.Text.RegularExpressions;

namespace Confgen.Targets.Yaml;

/// <summary>
/// The plain scalars of YAML 1.1 (its types bool, float, int, merge, null, timestamp and value), as PyYAML resolves them: there <c>no</c>
/// is a boolean, <c>1_000</c> and <c>1:30</c> are numbers and <c>2024-01-01</c> is a date.
/// </summary>
internal static class Yaml11
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly (Yaml11Kind Kind, Regex Form)[] Forms =
    [
        (Yaml11Kind.Null, new Regex(@"\A(?:~|null|Null|NULL|)\z", Options)),
        (Yaml11Kind.Boolean, new Regex(@"\A(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)\z", Options)),
        (
            Yaml11Kind.Integer,
            new Regex(
                @"\A(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z",
                Options
            )
        ),
        (
            Yaml11Kind.Float,
            new Regex(
                @"\A(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z",
                Options
            )
        ),
        (
            Yaml11Kind.Other,
            new Regex(
                @"\A(?:<<|=|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)\z",
                Options
            )
        ),
    ];

    /// <summary>What a plain scalar is.</summary>
    public static Yaml11Kind KindOf(string plain)
    {
        foreach ((Yaml11Kind kind, Regex form) in Forms)
        {
            if (form.IsMatch(plain))
            {
                return kind;
            }
        }

        return Yaml11Kind.Text;
    }
}
