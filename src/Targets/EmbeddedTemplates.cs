using System.Reflection;
using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets;

/// <summary>The built-in templates, which are embedded in this assembly under their names below <c>templates/</c>.</summary>
public static class EmbeddedTemplates
{
    private static readonly Assembly _assembly = typeof(EmbeddedTemplates).Assembly;

    /// <summary>The names of all templates, as <c>nginx/nginx.conf.scriban</c>.</summary>
    public static IReadOnlyList<string> Names =>
        [
            .. _assembly
                .GetManifestResourceNames()
                .Where(n => n.EndsWith(ScribanTemplates.Extension, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>A template's text by its name, or null.</summary>
    public static string? Find(string name)
    {
        using Stream? stream = _assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
