using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding;

/// <summary>The rules about single keys and values that every binder shares.</summary>
internal static class ValueRules
{
    public static readonly Rule UnknownKey = new("CFG0100", "unknown-key", Severity.Error, "A key that this map doesn't have")
    {
        Why =
            "An unknown key is an error, because a misspelled one would otherwise change nothing, silently. The message names the nearest "
            + "key there is.",
        Bad = "sites:\n  - host: a.example.com\n    proxxy: http://127.0.0.1:3000\n    respond: ok\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n",
    };

    public static readonly Rule WrongType = new("CFG0101", "wrong-type", Severity.Error, "A value of the wrong kind")
    {
        Why = "The field takes a value of another kind: a list, a map, a number, a text or a boolean.",
        Bad = "sites:\n  - host: a.example.com\n    routes: http://127.0.0.1:3000\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule MissingKey = new("CFG0102", "missing-key", Severity.Error, "A key that must be written is missing")
    {
        Why = "The map means nothing without this key.",
        Bad = "sites:\n  - proxy: http://127.0.0.1:3000\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n",
    };

    public static readonly Rule BadValue = new(
        "CFG0103",
        "bad-value",
        Severity.Error,
        "A value out of range, or not one of the allowed words"
    )
    {
        Why = "The field takes one of a few words, or a number within limits; the message lists them.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    websocket: maybe\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    websocket: auto\n",
    };
}
