using System.Buffers;
using System.Net;
using System.Text;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Routing;

/// <summary>A site made ready to be served.</summary>
internal sealed class SiteModel
{
    private const int SmallTarget = 1024;

    private readonly RouteTable _routes;
    private readonly Dictionary<Route, RouteModel> _models = new(ReferenceEqualityComparer.Instance);
    private readonly bool _hasConditions;
    private readonly bool _hasGuards;
    private string? _name;

    public SiteModel(Site config, Func<Model.Upstreams.Upstream, UpstreamState> upstreams, string? altSvc, Func<Route, IRouteGuards> guards)
    {
        Config = config;
        _routes = new RouteTable(config.Routes);
        _hasConditions = config.Routes.Any(r => r.Match.Count > 0);
        _hasGuards = config.Routes.Any(r => r.IsGuarded);
        AsksClient = config.Routes.Any(r => r.Match.AsksClient);
        foreach (Route route in config.Routes)
        {
            _models.Add(route, new RouteModel(config, route, upstreams, altSvc, guards));
        }

        NoRoute = new RouteModel(config, RouteTable.NoRoute, upstreams, altSvc, guards);
    }

    /// <summary>Whether the client's address may decide on the route.</summary>
    public bool AsksClient { get; }

    /// <summary>The site as the spec says it.</summary>
    public Site Config { get; }

    /// <summary>The name in logs: the first host.</summary>
    public string Name => _name ??= Config.Hosts.Count > 0 ? Config.Hosts[0].ToString() : "_";

    /// <summary>Its routes.</summary>
    public IEnumerable<RouteModel> Routes => _models.Values;

    /// <summary>What answers where no route does.</summary>
    public RouteModel NoRoute { get; }

    /// <summary>The route that responds; where none does, the site's own 404.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Its target, which was not refused.</param>
    /// <param name="client">The client's address, where <see cref="AsksClient"/>; null for none.</param>
    /// <param name="path">The normalised path.</param>
    /// <param name="isAmbiguous">Whether an upstream could read the path as one of another route, and either has a guard.</param>
    public RouteModel Choose(Request request, TargetInspection target, IPAddress? client, out string path, out bool isAmbiguous)
    {
        ReadOnlySpan<char> raw = request.Target.AsSpan(0, target.PathLength);
        byte[]? rented = null;
        Span<byte> bytes =
            request.Target.Length * 2 <= SmallTarget
                ? stackalloc byte[SmallTarget]
                : rented = ArrayPool<byte>.Shared.Rent(request.Target.Length * 2);
        try
        {
            // 1. The path as the rules want it.
            int length = target.IsNormal ? Encoding.Latin1.GetBytes(raw, bytes) : NormalizedPath.Write(raw, bytes);
            path =
                target.IsNormal && target.PathLength == request.Target.Length ? request.Target : Encoding.Latin1.GetString(bytes[..length]);

            // 2. Query and method, where any route asks for them.
            Span<byte> method = stackalloc byte[_hasConditions ? Math.Min(request.Method.Length, 64) : 0];
            int query = 0;
            if (_hasConditions)
            {
                Encoding.Latin1.GetBytes(request.Method.AsSpan(0, method.Length), method);
                query =
                    target.PathLength < request.Target.Length
                        ? Encoding.Latin1.GetBytes(request.Target.AsSpan(target.PathLength + 1), bytes[length..])
                        : 0;
            }

            // 3. The rules.
            var head = new RouteHead(request, bytes[..length], bytes.Slice(length, query), method, client);
            Route? route = _routes.Choose(ref head);
            isAmbiguous = _hasGuards && LenientPath.IsSuspect(raw) && IsAmbiguous(route, raw, in head);
            return route is not null ? _models[route] : NoRoute;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private bool IsAmbiguous(Route? chosen, ReadOnlySpan<char> raw, ref readonly RouteHead head)
    {
        if (LenientPath.Readings(raw) is not { } readings)
        {
            return true;
        }

        foreach (byte[] reading in readings)
        {
            RouteHead other = head.At(reading);
            if (_routes.IsAmbiguous(chosen, ref other))
            {
                return true;
            }
        }

        return false;
    }
}
