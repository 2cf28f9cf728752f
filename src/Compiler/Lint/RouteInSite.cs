using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint;

/// <summary>
/// A route with its site. A class: queries over value tuples can't be compiled ahead of time, and would be compiled at every start.
/// </summary>
internal sealed record RouteInSite(Site Site, Route Route);
