using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What answers for errors.</summary>
/// <param name="Statuses">The statuses.</param>
/// <param name="Target">A named location, or a path.</param>
/// <param name="TakesStatus">Whether the status becomes <paramref name="Status"/>, or the target's own where that is null.</param>
/// <param name="Status">The status that clients get; or null.</param>
[TemplateView]
internal sealed partial record ErrorPageView(IReadOnlyList<int> Statuses, string Target, bool TakesStatus = false, int? Status = null);
