using Confgen.Model.Routes;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>fastcgi_param</c>: what scripts are told anyway is implied, fields of the request are header rules.</summary>
internal static class FastCgiParamsReader
{
    private const string ByItself = "scripts are told it by themselves";

    // The values that confgen gives them, too, as nginx writes these.
    private static readonly Dictionary<string, string[]> _usual = new(StringComparer.Ordinal)
    {
        ["QUERY_STRING"] = ["$query_string", "$args"],
        ["REQUEST_METHOD"] = ["$request_method"],
        ["CONTENT_TYPE"] = ["$content_type"],
        ["CONTENT_LENGTH"] = ["$content_length"],
        ["SCRIPT_NAME"] = ["$fastcgi_script_name", "$uri", "$document_uri"],
        ["REQUEST_URI"] = ["$request_uri"],
        ["DOCUMENT_URI"] = ["$document_uri", "$uri"],
        ["DOCUMENT_ROOT"] = ["$document_root", "$realpath_root"],
        ["SERVER_PROTOCOL"] = ["$server_protocol"],
        ["REQUEST_SCHEME"] = ["$scheme"],
        ["GATEWAY_INTERFACE"] = ["CGI/1.1"],
        ["REMOTE_ADDR"] = ["$remote_addr"],
        ["REMOTE_PORT"] = ["$remote_port"],
        ["REMOTE_USER"] = ["$remote_user"],
        ["SERVER_ADDR"] = ["$server_addr"],
        ["SERVER_PORT"] = ["$server_port"],
        ["SERVER_NAME"] = ["$server_name", "$host", "$http_host"],
        ["REDIRECT_STATUS"] = ["200"],
        ["PATH_INFO"] = ["$fastcgi_path_info", ""],
    };

    public static void Read(ReadingState reading, Location location, SiteContext site, ScriptFile file, OutputMap fastCgi)
    {
        SourceDirective[] written = [.. location.Scope.Effective("fastcgi_param").Where(d => d.Arguments.Count > 1)];
        foreach (SourceDirective directive in written.Where(d => d != file.Parameter))
        {
            if (Array.FindLast(written, d => d.First == directive.First) != directive)
            {
                directive.Entry.Imply($"'{directive.First}' is as it is written last");
                continue;
            }

            var used = new List<SourceDirective>();
            List<TextPart> value = reading.Variables.Expand(directive.Arguments[1], location.Scope, site, used);
            if (directive.First.StartsWith("HTTP_", StringComparison.Ordinal))
            {
                Field(reading, directive, value, used, location.Route, site);
            }
            else if (IsUsual(directive.First, value, site, file))
            {
                directive.Entry.Imply(ByItself);
                Variables.Imply(used, ByItself);
            }
            else
            {
                Parameter(reading, directive, value, used, file, fastCgi);
            }
        }
    }

    private static bool IsUsual(string name, List<TextPart> value, SiteContext site, ScriptFile file)
    {
        string text = string.Concat(value.Select(p => p.IsVariable ? "$" + p.Text : p.Text));
        return name switch
        {
            "HTTPS" => text is "$https" || (text == "on" && site.HasTls) || (text.Length == 0 && !site.HasTls),
            "REQUEST_SCHEME" when text == (site.HasTls ? "https" : "http") => true,
            "SERVER_PORT" when text == site.Port => true,
            "SERVER_NAME" when site.Hosts is [var host] && text == host => true,
            "SERVER_SOFTWARE" => text.Contains("$nginx_version", StringComparison.Ordinal),
            "DOCUMENT_ROOT" when text.TrimEnd('/') == file.Root => true,
            "SCRIPT_NAME" or "DOCUMENT_URI" when file.Fixed is { } script && text == "/" + script => true,
            _ => _usual.TryGetValue(name, out string[]? usual) && usual.Contains(text),
        };
    }

    // HTTP_X_TOOL is the field X-Tool.
    private static void Field(
        ReadingState reading,
        SourceDirective directive,
        List<TextPart> value,
        List<SourceDirective> used,
        OutputMap route,
        SiteContext site
    )
    {
        string name = SpecText.HeaderName(directive.First["HTTP_".Length..].ToLowerInvariant().Replace('_', '-'));
        if (RequestHeadersReader.Implied(name.ToLowerInvariant(), value, site) is { } implied)
        {
            directive.Entry.Imply(implied);
            Variables.Imply(used, implied);
        }
        else
        {
            RequestHeadersReader.Rule(reading, directive, name, value, used, route, site);
        }
    }

    private static void Parameter(
        ReadingState reading,
        SourceDirective directive,
        List<TextPart> value,
        List<SourceDirective> used,
        ScriptFile file,
        OutputMap fastCgi
    )
    {
        string name = directive.First;
        if (FastCgiParam.Reserved.Contains(name))
        {
            directive.Entry.Lose($"{name} comes from the request");
            return;
        }

        IEnumerable<TextPart> known = value.Select(p =>
            p is { IsVariable: true, Text: "document_root" or "realpath_root" } ? new TextPart(file.Root, false) : p
        );
        if (SpecText.Literal([.. known]) is not { } literal)
        {
            directive.Entry.Lose("parameters are sent as they are written, without variables");
            return;
        }

        OutputText place = fastCgi.Map("params").Set(name, literal);
        directive.Entry.Say(place);
        reading.Variables.Say(used, place);
    }
}
