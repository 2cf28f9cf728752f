using Confgen.Conformance.Tests.Backends;
using YamlDotNet.RepresentationModel;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>A case: a spec, and requests with what must arrive at the upstream and come back. A folder below <c>cases/</c>.</summary>
internal sealed record ConformanceCase
{
    /// <summary>Its folder below <c>cases/</c>, as <c>routing/segment-prefix</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What of the contract it shows.</summary>
    public required string About { get; init; }

    /// <summary>The backends by name.</summary>
    public required IReadOnlyDictionary<string, BackendKind> Backends { get; init; }

    /// <summary>The programs for which the compiler must refuse the spec, with a piece of what it says.</summary>
    public required IReadOnlyDictionary<string, string> Unsupported { get; init; }

    /// <summary>The target that the upstreams are probed at; such requests are no part of an exchange.</summary>
    public string? Probes { get; init; }

    /// <summary>Symbolic links that are made in the run's folder, with what they point to.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// SRV records that a name server gives, as <c>_api._tcp.test 10 1 8080</c>: the name, its priority, weight and port.
    /// </summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Whether PHP-FPM runs, at the socket <c>${PHP}</c> and at the port <c>${PHP_PORT}</c>.</summary>
    public bool Php { get; init; }

    /// <summary>The exchanges in their order.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Reads a case's folder.</summary>
    /// <param name="root">The folder of all cases.</param>
    /// <param name="folder">The case's.</param>
    /// <param name="variables">The ports and addresses of this run.</param>
    public static ConformanceCase Read(string root, string folder, Func<string, string?> variables)
    {
        string name = Path.GetRelativePath(root, folder).Replace('\\', '/');
        try
        {
            var yaml = new YamlStream();
            using var reader = new StreamReader(Path.Combine(folder, "case.yaml"));
            yaml.Load(reader);
            return Read(name, folder, new CaseMap(yaml.Documents[0].RootNode, variables));
        }
        catch (Exception e) when (e is CaseException or YamlDotNet.Core.YamlException or FormatException or IOException)
        {
            throw new CaseException($"{name}/case.yaml: {e.Message}");
        }
    }

    private static ConformanceCase Read(string name, string folder, CaseMap map)
    {
        string host = map.Text("host") ?? "a.test";
        var result = new ConformanceCase
        {
            Name = name,
            Folder = folder,
            About = map.Text("about") ?? throw new CaseException("'about' is missing"),
            Backends = BackendsOf(map),
            Unsupported = map.Map("unsupported") is { } unsupported
                ? unsupported.Keys.ToDictionary(k => k, k => unsupported.Text(k) ?? "")
                : new Dictionary<string, string>(),
            Probes = map.Text("probes"),
            Links = map.Map("links") is { } links
                ? links.Keys.ToDictionary(k => k, k => links.Text(k) ?? "")
                : new Dictionary<string, string>(),
            Services = map.Texts("services"),
            Php = map.Flag("php"),
            Steps = [.. map.Maps("requests").SelectMany(m => StepReader.Read(m, host))],
        };
        map.Done();
        return result;
    }

    private static Dictionary<string, BackendKind> BackendsOf(CaseMap map) =>
        map.Node("backends") switch
        {
            null => new() { ["APP"] = BackendKind.Tcp },
            YamlMappingNode node when map.Child(node) is var kinds => kinds.Keys.ToDictionary(
                k => k,
                k => Enum.Parse<BackendKind>(kinds.Text(k) ?? "", ignoreCase: true)
            ),
            var list => CaseMap.Items(list).ToDictionary(map.Scalar, _ => BackendKind.Tcp),
        };
}
