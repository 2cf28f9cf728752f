using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Binding.Guards;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Routes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>What a route takes from its site, and a site from the defaults, unless it says otherwise itself.</summary>
internal sealed record Inherited
{
    private static readonly (string, WebSocketMode)[] _modes =
    [
        ("auto", WebSocketMode.Auto),
        ("true", WebSocketMode.Always),
        ("false", WebSocketMode.Never),
    ];

    private static readonly string[] _names = [.. RouteFields.OfSite.Select(f => f.Name)];

    public Timeouts Timeouts { get; init; } = new();

    public long MaxBody { get; init; } = Route.DefaultMaxBody;

    public WebSocketMode WebSocket { get; init; } = WebSocketMode.Auto;

    public ErrorRules Errors { get; init; } = new();

    public RouteGuards Guards { get; init; } = new();

    /// <summary>Where the values were written, at whichever level.</summary>
    public Source At { get; init; } = Source.None;

    /// <summary>
    /// Where those fields were written that the next level inherits: not a site's <c>host</c>, which a route has in another sense.
    /// </summary>
    public Source Passed => At.Only(_names);

    /// <summary>The values at a level: its own where it wrote them, else these.</summary>
    public Inherited Bind(BindingContext c, ObjectReader o, bool guards)
    {
        Inherited result = this with
        {
            Timeouts = TimeoutsBinder.Bind(c, o.Get(RouteFields.Timeouts), Timeouts),
            MaxBody = o.Find(RouteFields.MaxBody) ?? MaxBody,
            WebSocket = BindWebSocket(o, WebSocket),
            At = o.Source.Over(Passed),
        };
        return !guards
            ? result
            : result with
            {
                Errors = o.Get(RouteFields.Errors) is { } errors ? ErrorsBinder.Bind(c, errors) : Errors,
                Guards = GuardBinder.Bind(c, o, Guards),
            };
    }

    // The spellings of true and false that every other field takes; messages name the plain ones.
    private static WebSocketMode BindWebSocket(ObjectReader o, WebSocketMode outer) =>
        o.Get(RouteFields.WebSocket) switch
        {
            ScalarSyntax { Value: "yes" or "on" } => WebSocketMode.Always,
            ScalarSyntax { Value: "no" or "off" } => WebSocketMode.Never,
            _ => o.Word(RouteFields.WebSocket, outer, _modes, ValueSuggestions.Boolean),
        };
}
