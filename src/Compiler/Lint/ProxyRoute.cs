using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint;

/// <summary>A route that forwards, with its site.</summary>
internal sealed record ProxyRoute(Site Site, Route Route, ProxyAction Proxy);
