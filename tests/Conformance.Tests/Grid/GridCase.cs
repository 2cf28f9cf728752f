using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>One combination of the axes.</summary>
internal sealed record GridCase
{
    /// <summary>Its number among those of its seed.</summary>
    public required int Number { get; init; }

    public required GridClient Client { get; init; }

    public required GridUpstream Upstream { get; init; }

    public required GridRoute Route { get; init; }

    public required GridRequest Request { get; init; }

    /// <summary>How the origin tells the end of its body.</summary>
    public required Framing Framing { get; init; }

    /// <summary>The length in bytes of the origin's (or the file's) body.</summary>
    public required long Size { get; init; }

    public required GridReader Reader { get; init; }

    public required GridEnding Ending { get; init; }

    public required GridExtra Extra { get; init; }

    public bool Tls => Client is GridClient.Http2 || Client.ToString().EndsWith("Tls", StringComparison.Ordinal);

    public bool IsHttp10 => Client is GridClient.Http10 or GridClient.Http10Kept or GridClient.Http10Tls or GridClient.Http10KeptTls;

    public bool IsKept =>
        Client is GridClient.Http10Kept or GridClient.Http10KeptTls or GridClient.Http11 or GridClient.Http11Tls or GridClient.Http2;

    /// <summary>Whether an origin answers the request itself, on the usual way.</summary>
    public bool IsForwarded => Route is not (GridRoute.Files or GridRoute.ErrorPage or GridRoute.Refused or GridRoute.Unauthorized);

    /// <summary>Whether the client is sent the origin's own body.</summary>
    public bool IsRelayed => IsForwarded && Route != GridRoute.Intercepted;

    public bool HasUpload => Request.Framing != Framing.None;

    public bool ClientLeaves => Ending is GridEnding.ClientCloses or GridEnding.ClientResets || Reader == GridReader.Stops;

    /// <summary>Whether the client leaves before its request is whole.</summary>
    public bool LeavesUploading => Ending is GridEnding.ClientCloses or GridEnding.ClientResets && Request.Length >= 2;

    public bool OriginCuts => Ending is GridEnding.OriginCloses or GridEnding.OriginResets;

    public bool Operates => Ending is GridEnding.Terminate or GridEnding.Reload;

    public string Value(string axis) =>
        axis switch
        {
            "client" => Client.ToString(),
            "upstream" => Upstream.ToString(),
            "route" => Route.ToString(),
            "request" => Request.ToString(),
            "method" => Request.Method,
            "upload" => Request.Framing.ToString(),
            "framing" => Framing.ToString(),
            "size" => Size.ToString(),
            "reader" => Reader.ToString(),
            "ending" => Ending.ToString(),
            "extra" => Extra.ToString(),
            _ => throw new FormatException($"no axis is named '{axis}'"),
        };

    public override string ToString() =>
        $"client={Client} upstream={Upstream} route={Route} request={Request} framing={Framing} size={Size} reader={Reader} "
        + $"ending={Ending} extra={Extra}";
}
