using System.Text;
using System.Text.RegularExpressions;
using Confgen.Cli.Testing.OnPrograms;
using Confgen.Model;
using Confgen.Model.Routes;

namespace Confgen.Cli.Importing.Proving;

/// <summary>
/// The scripts that are there while an import is proven, and what a FastCGI server makes of a request for one: as PHP does, it takes the
/// nearest file above a script that isn't there, and sends 404 where none is.
/// </summary>
internal sealed partial class ProbeScripts
{
    // What says who asks and with what; that differs with the program, and nothing runs by it.
    private static readonly string[] _skipped =
    [
        "REMOTE_ADDR",
        "REMOTE_PORT",
        "REMOTE_HOST",
        "REMOTE_IDENT",
        "AUTH_TYPE",
        "SERVER_ADDR",
        "SERVER_PORT",
        "SERVER_SOFTWARE",
        "SERVER_PROTOCOL",
        "GATEWAY_INTERFACE",
        "REDIRECT_STATUS",
        "REQUEST_METHOD",
        "REQUEST_URI",
        "REQUEST_SCHEME",
        "DOCUMENT_URI",
        "SCRIPT_NAME",
        "SCRIPT_FILENAME",
        "PATH_INFO",
        "PATH_TRANSLATED",
        "CONTENT_TYPE",
        "CONTENT_LENGTH",
    ];

    private readonly string[] _roots;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public ProbeScripts(Spec spec, IReadOnlyList<Probe> probes)
    {
        FastCgi[] all = [.. spec.Sites.SelectMany(s => s.Routes).Select(r => (r.Action as ProxyAction)?.FastCgi).OfType<FastCgi>()];
        _roots = [.. all.Select(f => f.Root.TrimEnd('/')).OrderByDescending(r => r.Length)];
        foreach (FastCgi fastCgi in all)
        {
            _names.Add("/" + fastCgi.Index);
            _names.UnionWith(
                probes
                    .Select(p => p.Request.Target.Split('?')[0])
                    .Where(p => p.EndsWith(fastCgi.Split, StringComparison.Ordinal) && !p.Contains('%') && !p.Contains("//"))
            );
        }
    }

    /// <summary>Whether there is any.</summary>
    public bool Any => _names.Count > 0;

    /// <summary>Writes them below a folder.</summary>
    public void Fill(string folder)
    {
        foreach (string name in _names)
        {
            string file = folder + name;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "");
        }
    }

    /// <summary>The request as a script sees it, as the head of an HTTP request; null where no script is there for it.</summary>
    /// <param name="parameters">The parameters; of two with one name the last counts.</param>
    /// <param name="toReal">A path of this machine as the path that it stands for.</param>
    public MessageHead? Run(IReadOnlyList<KeyValuePair<string, string>> parameters, Func<string, string> toReal)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in parameters)
        {
            known[name] = toReal(value);
        }

        string file = Of("SCRIPT_FILENAME").Replace("//", "/", StringComparison.Ordinal);
        string root = Array.Find(_roots, r => file.StartsWith(r + "/", StringComparison.Ordinal)) ?? "";
        string script = file[root.Length..];
        while (script.Length > 0 && !_names.Contains(script))
        {
            script = script[..Math.Max(script.LastIndexOf('/'), 0)];
        }

        if (script.Length == 0)
        {
            return null;
        }

        string rest = file[(root.Length + script.Length)..];
        var fields = new List<KeyValuePair<string, string>>
        {
            new("SCRIPT_FILENAME", root + script),
            new("PATH_INFO", rest.Length > 0 ? rest : Of("PATH_INFO")),
            new("Content-Type", Of("CONTENT_LENGTH") is "" or "0" ? "" : Of("CONTENT_TYPE")),
            new("Content-Length", Of("CONTENT_LENGTH")),
        };
        fields.AddRange(
            known
                .Where(p => !_skipped.Contains(p.Key) && !p.Key.StartsWith("SSL_", StringComparison.Ordinal))
                .Select(p => KeyValuePair.Create(FieldOf(p.Key), p.Value))
        );

        // What Caddy says of a body without a type.
        fields.RemoveAll(f => f.Value is "" or "application/x-www-form-urlencoded");
        return new MessageHead($"{Of("REQUEST_METHOD")} {Of("REQUEST_URI")} {Of("SERVER_PROTOCOL")}", fields);

        string Of(string name) => known.GetValueOrDefault(name, "");
    }

    /// <summary>The response of a script, as PHP sends it: texts have a character set.</summary>
    public static byte[] Respond(MessageHead request)
    {
        string response = Encoding.Latin1.GetString(ProbeUpstream.Respond(request));
        return Encoding.Latin1.GetBytes(Text().Replace(response, "$0; charset=UTF-8", 1));
    }

    private static string FieldOf(string parameter) =>
        parameter.StartsWith("HTTP_", StringComparison.Ordinal)
            ? string.Join(
                '-',
                parameter["HTTP_".Length..].Split('_').Where(w => w.Length > 0).Select(w => w[0] + w[1..].ToLowerInvariant())
            )
            : parameter;

    [GeneratedRegex(@"^Content-Type: text/(html|plain)(?=\r$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();
}
