using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Files;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Serves files. Everything goes through <c>try_files</c>: nginx's own index and redirect would choose a location anew, redirect a
/// directory that has no index, and with 301.
/// </summary>
internal sealed class FilesBuilder(NginxBuild build, ServerScope server)
{
    public LocationView Build(Route route, FilesAction files, LocationView location, string name)
    {
        build.ServesFiles = true;
        string path = PathOf(route);
        string directory = "$" + Directory(build, path);
        string root = build.Text(files.Root, files.At.Of(FilesFields.Root));
        var tries = new List<string>();
        if (files.Try.Count == 0)
        {
            AddOwn(tries, path, directory, files);
        }

        foreach (TextTemplate template in files.Try)
        {
            if (template.Parts is [{ Literal: null, Placeholder: Placeholder.Path }])
            {
                AddOwn(tries, path, directory, files);
            }
            else
            {
                tries.Add(Template(template, path, files));
            }
        }

        string last = "=404";
        if (files.Try.Count == 0 && files.Index.Count > 0)
        {
            last = "@" + server.Names.New("slash", name);
            server.Locations.Add(Slash(last, location, root, path, files));
        }

        // One slash says that a directory is meant, and goes; the other one stays, or nginx would redirect to it.
        string listing = files.Browse ? $" {directory}//" : "";
        return location with
        {
            Files = Served(files) with { Try = string.Join(' ', tries) + listing + " " + last, Browse = files.Browse, IsServed = true },
        };
    }

    /// <summary>The files that are looked for before the location hands the request on.</summary>
    public LocationView BuildFirst(Route route, FilesAction files, LocationView location)
    {
        build.ServesFiles = true;
        string gate = route.Proxy?.FastCgi is { } fastCgi
            ? FastCgiBuilder.Gate(build, fastCgi)
            : build.Map(
                "files_first",
                new MapView
                {
                    Purpose = "files_first",
                    Source = "$request_method",
                    Variable = "",
                    Lines = [new MapLineView("default", "/.none"), new MapLineView("~^(?:GET|HEAD)$", "\"\"")],
                }
            );
        string path = PathOf(route);
        IEnumerable<string> tries = files.Try.Select(template => Template(template, path, files, gate));
        return location with
        {
            Dispatch = null,
            Files = Served(files) with { IsFirst = true, Try = string.Join(' ', tries) + " " + location.Dispatch },
        };
    }

    private FilesView Served(FilesAction files) =>
        new()
        {
            Path = build.Text(files.Root, files.At.Of(FilesFields.Root)),
            Type = MediaTypes.Default,
            Precompressed = files.Precompressed.Count > 0,
            GzipStatic = files.Precompressed.Contains(ContentCoding.Gzip),
            BrotliStatic = files.Precompressed.Contains(ContentCoding.Brotli),
            ZstdStatic = files.Precompressed.Contains(ContentCoding.Zstd),
        };

    private string PathOf(Route route) => route.Rewrite is { Kind: PathRewriteKind.StripPrefix } ? "$" + Stripped(route.Path) : "$uri";

    /// <summary>The path itself, and the indexes where it is a directory's.</summary>
    private void AddOwn(List<string> tries, string path, string directory, FilesAction files)
    {
        tries.Add(path);
        foreach (string index in files.Index)
        {
            tries.Add(build.Use(new NginxText().Variable(directory[1..]).Literal("/" + index).ToQuoted(), files.At.Of(FilesFields.Index)));
        }
    }

    /// <summary>The name of a directory without its slash: only one that has an index redirects.</summary>
    private LocationView Slash(string name, LocationView location, string root, string path, FilesAction files)
    {
        return new LocationView
        {
            Purpose = "slash",
            Matcher = name,
            HiddenHeaders = location.HiddenHeaders,
            ErrorPages = location.ErrorPages,
            RepeatsErrors = location.RepeatsErrors,
            ServerHeader = location.ServerHeader,
            RelativeRedirects = true,
            Files = new FilesView { Path = root, NoLinks = true },
            Refusals =
            [
                .. files.Index.Select(index => new RefusalView(
                    "index",
                    build.Use(
                        new NginxText().Variable("document_root").Variable(path[1..]).Literal("/" + index).ToQuoted(),
                        files.At.Of(FilesFields.Index)
                    )
                )),
            ],
            Return = new ReturnView(404),
        };
    }

    /// <summary>The variable that holds the path of a directory without its slash; of anything else a name that no file has.</summary>
    public static string Directory(NginxBuild build, string path) =>
        build.Map(
            "directory",
            new MapView
            {
                Purpose = "directory",
                Source = path,
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "/.none"),
                    new MapLineView($"~^(?<{build.Capture("path_before")}>.*)/$", "$" + build.Capture("path_before")),
                ],
            }
        );

    private string Stripped(PathMatcher prefix)
    {
        string rest = build.Capture("path_behind");
        return build.Map(
            NginxNames.Join("path", "without", prefix.Text),
            new MapView
            {
                Source = "$uri",
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "/"),
                    new MapLineView(
                        build.Use(NginxQuoting.RegexKey($"^{NginxQuoting.EscapeRegex(prefix.Text)}(?<{rest}>/.*)$"), prefix.At.Span),
                        "$" + rest
                    ),
                ],
            }
        );
    }

    private string Template(TextTemplate template, string path, FilesAction files, string? gate = null)
    {
        NginxText text = gate is null ? new NginxText() : new NginxText().Variable(gate);
        foreach (TemplatePart part in template.Parts)
        {
            text = part.Literal is { } literal
                ? text.Literal(literal)
                : text.Variable(part.Placeholder == Placeholder.Path ? path[1..] : "uri");
        }

        return build.Use(text.ToQuoted(), files.At.Of(FilesFields.Try));
    }
}
