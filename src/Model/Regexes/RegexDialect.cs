namespace Confgen.Model.Regexes;

/// <summary>A regex engine to write for.</summary>
public enum RegexDialect
{
    /// <summary>PCRE and PCRE2 on bytes, as nginx, HAProxy and Apache use it.</summary>
    Pcre,

    /// <summary>RE2 as Go's <c>regexp</c> has it, for Caddy and Traefik. It holds no brace but those of counted repetitions.</summary>
    Re2,

    /// <summary>.NET, on a text with one character for each byte; see <see cref="RegexMatcher"/>.</summary>
    DotNet,
}
