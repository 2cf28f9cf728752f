using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Buffers of a proxied request.</summary>
/// <param name="Each">The size of each of the eight buffers that a response is read into; null where the common one holds.</param>
/// <param name="Head">The size of the buffer for a response's head, where it differs from the common one.</param>
/// <param name="Busy">How much of them may be on its way to the client, where nginx's default doesn't fit.</param>
/// <param name="Request">The size of the buffer that the request's body is read into; null for nginx's own.</param>
[TemplateView]
internal sealed partial record BuffersView(string? Each, string? Head, string? Busy, string? Request)
{
    /// <summary>How many buffers a response is read into.</summary>
    public const int Count = 8;
}
