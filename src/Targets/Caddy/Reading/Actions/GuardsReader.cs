using System.Text;
using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads <c>basic_auth</c> and <c>forward_auth</c>. Where one can't be said the route refuses every request.</summary>
internal static class GuardsReader
{
    public static void BasicAuth(Directive directive, RouteDraft draft)
    {
        string[] words = [.. directive.Words.Where(w => w != "bcrypt")];
        if (directive.Words.Any(w => w is "argon2id" or "scrypt") || directive.Line.Block.Exists(l => Hash(l.First) is null))
        {
            directive.Line.LoseAll("passwords are hashed by bcrypt; the route responds with 501");
            draft.Refuse("basic_auth");
            return;
        }

        OutputMap auth = draft.Route.Map("basic_auth");
        if (words.Length > 0)
        {
            auth.Set("realm", words[^1]);
        }

        foreach (SourceLine line in directive.Line.Block)
        {
            line.Entry.Say(auth.Map("users").Set(line.Name, Hash(line.First)!));
        }

        directive.Line.Entry.Say(auth);
    }

    public static void ForwardAuth(Directive directive, RouteDraft draft)
    {
        SourceLine line = directive.Line;
        SourceLine? uri = line.Block.Find(l => l.Name == "uri");
        string[] servers = [.. directive.Words, .. line.Block.Where(l => l.Name == "to").SelectMany(l => l.Arguments)];
        if (servers.Length != 1 || ServerUrl.Of(servers[0], out _) is not [{ } url] || url.StartsWith("unix:", StringComparison.Ordinal))
        {
            line.LoseAll("the auth server is one URL; the route responds with 501");
            draft.Refuse("forward_auth");
            return;
        }

        OutputMap auth = draft.Route.Map("forward_auth");
        SourceLine? transport = line.Block.Find(l => l is { Name: "transport", First: "http" });
        bool speaksTls = transport?.Block.Exists(l => l.Name.StartsWith("tls", StringComparison.Ordinal)) == true;
        OutputText place = auth.Set(
            "url",
            (speaksTls && url.StartsWith("http://", StringComparison.Ordinal) ? "https" + url[4..] : url) + (uri?.First ?? "/")
        );
        line.Entry.Say(place);
        foreach (SourceLine inner in line.Block)
        {
            switch (inner.Name)
            {
                case "uri" or "to":
                    inner.Entry.Say(place);
                    break;
                case "transport" when inner == transport:
                    inner.Entry.Say(place);
                    TransportReader.ReadOfAuthServer(inner, auth);
                    break;
                case "copy_headers":
                    Copy(inner, auth);
                    break;
                case "header_up":
                    HeaderUp(inner);
                    break;
                default:
                    inner.LoseAll("'forward_auth' has a URL and fields alone");
                    break;
            }
        }
    }

    private static void HeaderUp(SourceLine line)
    {
        if (
            line.First.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
            || string.Equals(line.First, "X-Real-IP", StringComparison.OrdinalIgnoreCase)
        )
        {
            line.Entry.Imply("the auth server gets X-Forwarded-Method, -Uri, -Host, -Proto and -For");
        }
        else
        {
            line.Entry.Lose("the auth server gets the client's fields");
        }
    }

    private static void Copy(SourceLine line, OutputMap auth)
    {
        foreach (
            (SourceLine at, string[] names) in line
                .Block.Select(l => (l, l.Words.Select(w => w.Text).ToArray()))
                .Prepend((line, [.. line.Arguments]))
        )
        {
            foreach (string name in names)
            {
                if (name.Contains('>', StringComparison.Ordinal) || (at != line && names.Length > 1))
                {
                    at.Entry.Lose("a field is copied under its own name");
                    break;
                }

                at.Entry.Say(auth.List("copy_headers").Add(new OutputText(name)));
            }
        }

        if (line.Arguments.Count == 0)
        {
            line.Entry.Imply("what is in it is read");
        }
    }

    // Old releases have the hash in base64.
    private static string? Hash(string text)
    {
        if (text.StartsWith("$2", StringComparison.Ordinal) || EnvironmentMarks.IsIn(text))
        {
            return text;
        }

        byte[] bytes = new byte[text.Length];
        return
            Convert.TryFromBase64String(text, bytes, out int length) && Encoding.Latin1.GetString(bytes, 0, length) is ['$', '2', ..] hash
            ? hash
            : null;
    }
}
