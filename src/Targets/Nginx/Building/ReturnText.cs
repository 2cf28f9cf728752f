using Confgen.Model.Sources;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Writes a fixed response.</summary>
internal static class ReturnText
{
    /// <summary>A piece of a text, in characters: with its escapes and at four bytes a character it is still one word for nginx.</summary>
    private const int PieceLength = 900;

    public static ReturnView Of(NginxBuild build, int status, string body, string contentType, SourceSpan at, bool mayHaveSuffix)
    {
        if (body.Length == 0)
        {
            // Below 400 an empty text is no body; from there on nginx would send its own page for one, unless a variable is empty.
            return new ReturnView(status, status < 400 ? "\"\"" : "$" + SharedVariables.Empty, "\"\"");
        }

        string type = build.Argument(contentType, at);
        if (NginxQuoting.Text(body) is { Refusal: null } whole)
        {
            return new ReturnView(status, build.Use(whole, at), type) { DropsTypes = mayHaveSuffix };
        }

        var pieces = new List<HeaderView>();
        var text = new NginxText();
        for (int start = 0; start < body.Length; )
        {
            int end = Math.Min(start + PieceLength, body.Length);
            end += end < body.Length && char.IsLowSurrogate(body[end]) ? 1 : 0;
            string name = build.Variables.New("body");
            pieces.Add(new HeaderView("$" + name, build.Text(body[start..end], at)));
            text.Variable(name);
            start = end;
        }

        return new ReturnView(status, build.Use(text.ToQuoted(), at), type) { DropsTypes = mayHaveSuffix, Pieces = pieces };
    }
}
