using System.Globalization;
using Confgen.Model.Regexes;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>The variables that hold what placeholders stand for, without a dollar sign.</summary>
internal static class RequestVariables
{
    /// <summary>The variable of a placeholder.</summary>
    public static string Of(NginxBuild build, TemplatePart part, SourceSpan at) =>
        part.Placeholder switch
        {
            Placeholder.RequestId => "request_id",
            Placeholder.ClientIp => SharedVariables.ClientAddress,
            Placeholder.Host => "host",
            Placeholder.Port => "server_port",
            Placeholder.Scheme => "scheme",
            Placeholder.Method => "request_method",
            Placeholder.Path => SharedVariables.SafePath,
            Placeholder.Query => "args",
            Placeholder.Header => "http_" + NginxNames.HeaderVariable(part.Name),
            Placeholder.Cookie => Cookie(build, part.Name, at),
            Placeholder.QueryValue => QueryValue(build, part.Name, at),
            Placeholder.Group => Group(build, part, at),
            _ => "request_uri",
        };

    // nginx's own $cookie_NAME and $arg_NAME take names in any case, and can't be written for names with other characters.
    private static string Cookie(NginxBuild build, string name, SourceSpan at)
    {
        string value = build.Capture("cookie_value");
        return Map(
            build,
            "cookie",
            name,
            "$http_cookie",
            $"(?:^|;)[ \t]*{NginxQuoting.EscapeRegex(name)}=(?<{value}>[^;]*?)[ \t]*(?:;|$)",
            value,
            at
        );
    }

    private static string QueryValue(NginxBuild build, string name, SourceSpan at)
    {
        string value = build.Capture("query_value");
        return Map(build, "parameter", name, "$args", $"(?:^|&){NginxQuoting.EscapeRegex(name)}=(?<{value}>[^&]*)", value, at);
    }

    // By the route's own regex once more: a named group holds until another regex has matched.
    private static string Group(NginxBuild build, TemplatePart part, SourceSpan at)
    {
        string groups = build.Capture("path_group_");
        string regex = part.Regex?.Write(RegexDialect.Pcre, groups) ?? "";
        return Map(
            build,
            "path",
            part.Name,
            "$" + SharedVariables.SafePath,
            part.GroupNumber == 0 ? $"(?<{groups}0>{regex})" : regex,
            groups + part.GroupNumber.ToString(CultureInfo.InvariantCulture),
            at
        );
    }

    private static string Map(NginxBuild build, string kind, string name, string source, string regex, string value, SourceSpan at) =>
        build.Map(
            NginxNames.Join("sent", kind, name),
            new MapView
            {
                Source = source,
                Variable = "",
                Lines = [new MapLineView("default", "\"\""), new MapLineView(build.Use(NginxQuoting.RegexKey(regex), at), "$" + value)],
            }
        );
}
