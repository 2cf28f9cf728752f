using Confgen.Compiler.Schema;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>fastcgi</c>.</summary>
public static class FastCgiFields
{
    private static readonly FastCgi _default = new() { Root = "" };

    public static readonly Field Server = new(
        "server",
        TypeSchema.FastCgiServer,
        "The FastCGI server: an address with its port, `unix:` and a socket's path, or the name of an upstream whose servers are "
            + "`fastcgi://host:port` or sockets."
    )
    {
        Required = true,
        Example = "unix:/run/php/php-fpm.sock",
    };

    public static readonly Field Root = new(
        "root",
        TypeSchema.Path,
        "The folder of the scripts, as the FastCGI server sees it: DOCUMENT_ROOT, and the start of SCRIPT_FILENAME."
    )
    {
        Required = true,
        Example = "/var/www/html",
    };

    public static readonly Field LocalRoot = new(
        "local_root",
        TypeSchema.Path,
        "The same folder as the proxy sees it, where that is another path; in it scripts are looked for."
    )
    {
        Example = "/srv/app/public",
    };

    public static readonly Field Index = new(
        "index",
        TypeSchema.Text,
        "The script of a directory, and of all that no script is there for; `index` and what `split` says unless written."
    )
    {
        Default = _default.Index,
    };

    public static readonly TextField Split = new(
        "split",
        "What the name of a script ends with, in any case. What follows it in the path, after a slash, is PATH_INFO.",
        _default.Split
    );

    public static readonly BooleanField FrontController = new(
        "front_controller",
        "Whether `index` of the root takes what no script is there for. `false`: that is 404.",
        _default.FrontController
    );

    public static readonly Field Params = new(
        "params",
        new TypeSchema.MapOf("parameter", TypeSchema.Text),
        "Further parameters, as they are: placeholders are not replaced. They replace those that are sent by themselves, as HTTPS."
    )
    {
        Example = "{ front_controller_active: \"true\" }",
    };

    public static readonly ObjectSchema Schema = new(
        "fastcgi",
        "A FastCGI server, as PHP-FPM, runs the script that the path names and that is there; else the `index` of the directory; else the "
            + "`index` of the root. A directory without its slash that has an index redirects (308). Files are sent with `files_first` "
            + "alone, and never one whose name has `split` in it.",
        Server,
        Root,
        LocalRoot,
        Index,
        Split,
        FrontController,
        Params
    );
}
