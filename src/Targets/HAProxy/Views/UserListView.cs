using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>Users with the hashes of their passwords.</summary>
/// <param name="Name">The list's name.</param>
/// <param name="Users">A name, the word <c>password</c> and a hash each.</param>
[TemplateView]
internal sealed partial record UserListView(string Name, IReadOnlyList<string> Users);
