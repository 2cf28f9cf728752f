using System.Globalization;
using System.Text;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Routing;

namespace Confgen.Runtime.Files;

/// <summary>The page of a directory, where the spec says <c>browse</c>.</summary>
internal static class DirectoryListing
{
    // Anybody may ask for one, and a folder may have millions.
    private const int MostEntries = 10_000;

    /// <summary>Lists a directory. 0 when a response was begun, else the status of the error.</summary>
    public static async ValueTask<int> SendAsync(RoutedRequest request, FileRoot root, string path)
    {
        if (root.List(path, MostEntries + 1) is not { } names)
        {
            return 404;
        }

        var html = new StringBuilder("<!doctype html>\n<meta charset=\"utf-8\">\n<title>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"{System.Net.WebUtility.HtmlEncode(path)}</title>\n<h1>{System.Net.WebUtility.HtmlEncode(path)}</h1>\n<ul>\n"
        );
        foreach (string name in names.Take(MostEntries))
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<li><a href=\"./{Uri.EscapeDataString(name.TrimEnd('/'))}{(name.EndsWith('/') ? "/" : "")}\">{System.Net.WebUtility.HtmlEncode(name)}</a>\n"
            );
        }

        html.Append("</ul>\n").Append(names.Count > MostEntries ? "<p>More entries are not listed.\n" : "");
        byte[] body = Encoding.UTF8.GetBytes(html.ToString());
        Exchange exchange = request.Exchange;
        exchange.Response.Reset(200);
        exchange.Response.Fields.Add("Content-Type"u8, "text/html; charset=utf-8"u8);
        (exchange.Response.Length, exchange.Response.HasBody) = (body.Length, !exchange.Request.IsHead);
        ResponseRules.Apply(request);
        exchange.Begin();
        await exchange.WriteAsync(body);
        await exchange.EndAsync(null);
        return 0;
    }
}
