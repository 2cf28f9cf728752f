using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>The parameters of <c>listen</c> and of an upstream's <c>server</c>, by version.</summary>
internal static class NginxParameters
{
    private static readonly TargetVersion Quic = new(1, 25, 0);
    private static readonly TargetVersion Http2Directive = new(1, 25, 1);
    private static readonly TargetVersion Resolve = new(1, 27, 3);
    private static readonly TargetVersion Sticky = new(1, 29, 6);
    private static readonly TargetVersion Multipath = new(1, 29, 7);

    private static readonly (string Name, TargetVersion? Since)[] Listen =
    [
        ("default_server", null),
        ("default", null),
        ("ssl", null),
        ("http2", null),
        ("quic", Quic),
        ("proxy_protocol", null),
        ("bind", null),
        ("deferred", null),
        ("reuseport", null),
        ("multipath", Multipath),
        ("setfib=", null),
        ("fastopen=", null),
        ("backlog=", null),
        ("rcvbuf=", null),
        ("sndbuf=", null),
        ("accept_filter=", null),
        ("ipv6only=", null),
        ("so_keepalive=", null),
    ];

    private static readonly (string Name, TargetVersion? Since)[] UpstreamServer =
    [
        ("weight=", null),
        ("max_conns=", null),
        ("max_fails=", null),
        ("fail_timeout=", null),
        ("backup", null),
        ("down", null),
        ("resolve", Resolve),
        ("service=", Resolve),
        ("route=", Sticky),
        ("drain", Sticky),
    ];

    /// <summary>Checks the words behind the address.</summary>
    public static void CheckListen(NginxDirective directive, TargetVersion version, Action<NginxToken, string, bool> report)
    {
        foreach (NginxToken word in directive.Arguments.Skip(1))
        {
            Check(word, Listen, version, report);
            if (version >= Http2Directive && word.Is("http2"))
            {
                report(word, "the \"listen ... http2\" directive is deprecated, use the \"http2\" directive instead", true);
            }
        }
    }

    /// <summary>Checks the words behind the address.</summary>
    public static void CheckUpstreamServer(NginxDirective directive, TargetVersion version, Action<NginxToken, string, bool> report)
    {
        foreach (NginxToken word in directive.Arguments.Skip(1))
        {
            Check(word, UpstreamServer, version, report);
        }
    }

    private static void Check(
        NginxToken word,
        (string Name, TargetVersion? Since)[] known,
        TargetVersion version,
        Action<NginxToken, string, bool> report
    )
    {
        string value = word.Value;
        foreach ((string name, TargetVersion? since) in known)
        {
            if (name.EndsWith('=') ? value.StartsWith(name, StringComparison.Ordinal) : value == name)
            {
                if (version < since)
                {
                    report(word, $"invalid parameter \"{value}\": nginx has it from {since} on, this is for {version}", false);
                }

                return;
            }
        }

        report(word, $"invalid parameter \"{value}\"", false);
    }
}
