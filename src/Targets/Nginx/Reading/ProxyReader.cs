using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads a location that forwards: where to, with which fields, waits and TLS.</summary>
internal static class ProxyReader
{
    /// <summary>The directive that forwards; null where the location doesn't.</summary>
    public static SourceDirective? Find(Scope scope) => scope.OwnOf("proxy_pass").Concat(scope.OwnOf("grpc_pass")).LastOrDefault();

    /// <summary>Writes the route. False where it isn't known where to, which is settled.</summary>
    public static bool Read(ReadingState reading, SourceDirective pass, Location location, SiteContext site)
    {
        var used = new List<SourceDirective>();
        List<TextPart> parts = reading.Variables.Expand(pass.First, location.Scope, site, used);
        bool hasVariables = pass.First.Contains('$', StringComparison.Ordinal);

        // `http://app$request_uri` is what `http://app` says.
        if (parts is [.., { IsVariable: true, Text: "request_uri" }])
        {
            parts.RemoveAt(parts.Count - 1);
        }

        if (SpecText.Literal(parts) is not { } text || ProxyTarget.Read(text, hasVariables) is not { } target)
        {
            pass.Entry.Lose("the server isn't known before the request: it depends on " + Unknown(parts));
            return false;
        }

        OutputMap route = location.Route;
        OutputText place;
        bool isGrpc = pass.Name == "grpc_pass";
        if (reading.Upstreams.Find(target.Authority) is not null && target.Scheme is "http" or "h2c" && !isGrpc)
        {
            place = reading.Upstreams.UseName(route, target.Authority);
        }
        else
        {
            var settings = new OutputMap();
            UpstreamTlsReader.Read(target, location.Scope, isGrpc, settings);
            place = reading.Upstreams.UseUrl(route, target.Url, settings.Entries.Count == 0 ? null : settings);
        }

        pass.Entry.Say(place);
        reading.Variables.Say(used, place);
        RewriteReader.ReadPath(pass, target, location);
        RewriteReader.ReadBreaks(location);
        RequestHeadersReader.Read(reading, location, site, isGrpc ? "grpc_set_header" : "proxy_set_header", ProxyHost(reading, target));
        if (!isGrpc)
        {
            ResponseAddressReader.Read(reading, pass, target, location, site);
        }

        Timeouts(route, location.Scope, isGrpc ? "grpc_" : "proxy_");
        reading.Retries.Note(target.Authority, location.Scope);
        return true;
    }

    // The name of an upstream block is what its servers see.
    private static OutputText ProxyHost(ReadingState reading, ProxyTarget target) =>
        reading.Upstreams.Find(target.Authority) is null ? new OutputText("upstream", isWord: true) : new OutputText(target.Authority);

    private static string Unknown(List<TextPart> parts) =>
        parts.Find(p => p.IsVariable) is { Text.Length: > 0 } variable ? "$" + variable.Text : "the argument";

    /// <summary>Reads the longest waits.</summary>
    public static void Timeouts(OutputMap route, Scope scope, string prefix)
    {
        foreach (string wait in (string[])["connect", "send", "read"])
        {
            if (scope.Find($"{prefix}{wait}_timeout") is not { } directive)
            {
                continue;
            }

            if (Units.Duration(directive.Words) is { } time)
            {
                directive.Entry.Say(route.Map("timeouts").Word(wait, time));
            }
            else
            {
                directive.Entry.Lose("not a time");
            }
        }
    }
}
