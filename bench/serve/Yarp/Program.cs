// YARP as a peer in bench/serve/cost: one route to one server, with Kestrel's and YARP's defaults, and no log.
// Usage: yarp PLAIN_PORT TLS_PORT UPSTREAM_PORT UPLOADS_PORT CERTIFICATE KEY
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Configuration;

int plain = int.Parse(args[0], CultureInfo.InvariantCulture),
    tls = int.Parse(args[1], CultureInfo.InvariantCulture);
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxRequestBodySize = null;
    kestrel.Limits.MinRequestBodyDataRate = null;
    kestrel.Limits.MinResponseDataRate = null;
    kestrel.Listen(IPAddress.Loopback, plain, listen => listen.Protocols = HttpProtocols.Http1);
    kestrel.Listen(
        IPAddress.Loopback,
        tls,
        listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(X509Certificate2.CreateFromPemFile(args[4], args[5]));
        }
    );
});
builder
    .Services.AddReverseProxy()
    .LoadFromMemory([RouteTo("small", "{**path}"), RouteTo("up", "/up")], [ClusterAt("small", args[2]), ClusterAt("up", args[3])]);
WebApplication app = builder.Build();
app.MapReverseProxy();
app.Run();

static RouteConfig RouteTo(string cluster, string path) =>
    new()
    {
        RouteId = cluster,
        ClusterId = cluster,
        Match = new RouteMatch { Path = path },
    };

static ClusterConfig ClusterAt(string name, string port) =>
    new()
    {
        ClusterId = name,
        Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = $"http://127.0.0.1:{port}" } },
    };
