using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Text.RegularExpressions;
using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Cases;

namespace Confgen.Conformance.Tests.Running;

/// <summary>What a case plays on with one program: a folder with the case's files, its backends, and the ports to listen at.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _ports = new();
    private readonly Certificates _certificates;
    private readonly Lazy<int> _phpPort = new(FreePort.Next);

    public Stage(ConformanceCase told, Certificates certificates)
    {
        _certificates = certificates;
        Folder = Directory.CreateTempSubdirectory("confgen-conformance-").FullName;
        Copy(told.Folder, Folder);
        foreach ((string link, string target) in told.Links)
        {
            File.CreateSymbolicLink(Path.Combine(Folder, link), target);
        }

        foreach ((string name, BackendKind kind) in told.Backends)
        {
            var tls = new SslServerAuthenticationOptions
            {
                ServerCertificate = certificates["upstream"],
                ClientCertificateRequired = kind == BackendKind.MutualTls,
                RemoteCertificateValidationCallback = (_, client, _, _) =>
                    kind != BackendKind.MutualTls || client?.GetCertHashString() == certificates["client"].GetCertHashString(),
            };
            Backends[name] = new RecordingBackend(name, kind, Path.Combine(Folder, name + ".sock"), tls);
        }
    }

    public string Folder { get; }

    public Dictionary<string, RecordingBackend> Backends { get; } = [];

    /// <summary>
    /// The ports that the spec names, in the order of their variables' names: <c>HTTP</c>, which serves without TLS, is the first.
    /// </summary>
    public IReadOnlyCollection<int> Listening => [.. _ports.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => p.Value)];

    /// <summary>The spec.</summary>
    public string Spec => Path.Combine(Folder, "spec.yaml");

    /// <summary>The variables that were given a value by now, for a program that reads the spec itself.</summary>
    public IReadOnlyDictionary<string, string> Variables =>
        Backends
            .Keys.Concat(_ports.Keys)
            .Concat(["DIR", "CERTS", "PHP", "PHP_PORT"])
            .ToDictionary(name => name, name => Variable(name) ?? "");

    /// <summary>The unix socket of PHP-FPM.</summary>
    public string PhpSocket => Path.Combine(Folder, "php.sock");

    /// <summary>The port of PHP-FPM.</summary>
    public int PhpPort => _phpPort.Value;

    /// <summary>Certificates of this run.</summary>
    public Certificates Certificates => _certificates;

    /// <summary>
    /// The value of <c>${NAME}</c>: a backend's port (or <c>unix:</c> and its path), a free port for each name that starts with HTTP,
    /// <c>DIR</c> for the case's files, <c>CERTS</c> for the certificates, <c>PHP</c> and <c>PHP_PORT</c> for PHP-FPM.
    /// </summary>
    public string? Variable(string name) =>
        name switch
        {
            "DIR" => Folder,
            "CERTS" => _certificates.Folder,
            "PHP" => "unix:" + PhpSocket,
            "PHP_PORT" => PhpPort.ToString(CultureInfo.InvariantCulture),
            _ when Backends.TryGetValue(name, out RecordingBackend? backend) => backend.Address,
            _ when name.StartsWith("HTTP", StringComparison.Ordinal) => _ports.GetOrAdd(name, static _ => FreePort.Next()).ToString(),
            _ => null,
        };

    /// <summary>A text in which what differs from run to run bears its variable's name again.</summary>
    public string Neutral(string text)
    {
        foreach (
            (string name, string value) in _ports
                .Select(p => (p.Key, p.Value.ToString()))
                .Concat(Backends.Values.Select(b => (b.Name, b.Address)))
                .OrderByDescending(p => p.Item2.Length)
        )
        {
            // A port's digits may stand within a longer number, as a max-age.
            text = Regex.Replace(text, $"(?<![0-9]){Regex.Escape(value)}(?![0-9])", "$${" + name + "}");
        }

        return text.Replace(Folder, "${DIR}", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RecordingBackend backend in Backends.Values)
        {
            await backend.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (string folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
