using Confgen.Model.Units;
using Confgen.Targets.Yaml;

namespace Confgen.Targets.Compose;

/// <summary>
/// Collects what services get. Within a project of compose a service is reached by its name, so that a server's host names its service.
/// </summary>
internal sealed class ComposeServices
{
    private readonly Dictionary<string, (List<string> Command, List<ComposeLabelView> Labels)> _services = new(StringComparer.Ordinal);

    /// <summary>Whether a host can be a service's name.</summary>
    public static bool IsName(string host) =>
        host.Length > 0
        && !IpAddresses.TryParse(host, out _)
        && host != "localhost"
        && char.IsAsciiLetterOrDigit(host[0])
        && host.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Adds a label.</summary>
    public void Label(string service, string name, string value) => Of(service).Labels.Add(new(YamlQuoting.Single(name), Text(value)));

    /// <summary>Adds an argument of the program.</summary>
    public void Argument(string service, string argument) => Of(service).Command.Add(Text(argument));

    /// <summary>The services, in the order of their names.</summary>
    public IReadOnlyList<ComposeServiceView> All() =>
        [
            .. _services
                .OrderBy(static each => each.Key, StringComparer.Ordinal)
                .Select(static each => new ComposeServiceView(YamlQuoting.Quote(each.Key), each.Value.Command, each.Value.Labels)),
        ];

    private (List<string> Command, List<ComposeLabelView> Labels) Of(string service)
    {
        if (!_services.TryGetValue(service, out (List<string> Command, List<ComposeLabelView> Labels) added))
        {
            _services[service] = added = ([], []);
        }

        return added;
    }

    // A dollar would start a variable of compose, in values alone.
    private static string Text(string value) => YamlQuoting.Single(value.Replace("$", "$$", StringComparison.Ordinal));
}
