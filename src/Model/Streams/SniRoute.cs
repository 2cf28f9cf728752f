using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Streams;

/// <summary>Where a TLS connection goes that names a host.</summary>
/// <param name="Host">The name, or a star for one label.</param>
/// <param name="Upstream">Where it goes.</param>
public sealed record SniRoute(HostPattern Host, Upstream Upstream);
