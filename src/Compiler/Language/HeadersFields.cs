using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>headers</c>.</summary>
public static class HeadersFields
{
    public static readonly Field Request = new(
        "request",
        new TypeSchema.Fields(() => HeaderRulesFields.Schema),
        "On the request, before it goes to the upstream."
    );

    public static readonly Field Response = new(
        "response",
        new TypeSchema.Fields(() => HeaderRulesFields.Schema),
        "On every response, the proxy's own errors included, unless `on` says otherwise."
    );

    public static readonly ObjectSchema Schema = new("headers", "Header rules. A site's apply before its routes'.", Request, Response)
    {
        HasNoOwnKeys = true,

        // Host has a field of its own, and a request no status that a rule could depend on.
        Refuses =
        [
            new Shape.With("request", HeaderRulesFields.Names(["host"])),
            new Shape.With("request", new Shape.With("on", Shape.Anything)),
        ],
    };
}
