using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of an <c>include</c> that fences its files in.</summary>
public static class IncludeFields
{
    public static readonly Field Files = new(
        "files",
        new TypeSchema.ListOf(TypeSchema.Path, AllowSingle: true) { NotEmpty = true },
        "The files, from this file's folder; `*` is a wildcard."
    )
    {
        Required = true,
        Example = "teams/a/*.yaml",
    };

    public static readonly Field Hosts = new(
        "hosts",
        new TypeSchema.ListOf(TypeSchema.HostPattern, AllowSingle: true) { NotEmpty = true },
        "The hosts that their sites may have. `*.example.com` is one label, so that `*.a.example.com` has to be listed itself."
    )
    {
        Required = true,
        Example = "[\"*.a.example.com\"]",
    };

    public static readonly Field Roots = new(
        "roots",
        new TypeSchema.ListOf(TypeSchema.Path, AllowSingle: true),
        "The folders below which each file, folder and unix socket must lie that they name; links are followed."
    )
    {
        Default = "[]",
        Example = "[/srv/a]",
    };

    public static readonly ObjectSchema Schema = new(
        "include",
        "Files of somebody who may not change what belongs to others: they have `sites`, `upstreams` and `tests` alone, no `raw`, and no "
            + "variables of the environment. What these files include is fenced in as well.",
        Files,
        Hosts,
        Roots
    );
}
