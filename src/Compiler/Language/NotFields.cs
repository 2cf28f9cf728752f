using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>match.not</c>.</summary>
public static class NotFields
{
    public static readonly ObjectSchema Schema = new(
        "not",
        "Conditions as those of `match`, which may not all hold: `not: { method: GET, header: { X-A: b } }` leaves out requests that are "
            + "both a GET and have the header. `not: [{ method: GET }, { header: { X-A: b } }]` leaves out those that are either.",
        MatchFields.Method,
        MatchFields.Header,
        MatchFields.Query,
        MatchFields.Cookie,
        MatchFields.Client
    );
}
