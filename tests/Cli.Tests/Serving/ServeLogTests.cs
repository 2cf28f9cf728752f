using System.Text.Json;
using Confgen.Cli.Serving;

namespace Confgen.Cli.Tests.Serving;

public sealed class ServeLogTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("a \"quote\", a \\ and \u00e9")]
    [InlineData("a line\nbreak and \u001b[31mcolour")]
    public void A_message_is_one_line_with_its_time_and_level(string message)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using var json = new StringWriter { NewLine = "\n" };

        new ServeLog(text, isJson: false, TimeProvider.System).Warn(message);
        new ServeLog(json, isJson: true, TimeProvider.System).Warn(message);

        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning confgen: [^\n\x1b]+\n$", text.ToString());
        JsonElement line = JsonDocument
            .Parse(Assert.Single(json.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)))
            .RootElement;
        Assert.Equal(["time", "level", "message"], line.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("warning", message), (line.GetProperty("level").GetString(), line.GetProperty("message").GetString()));
    }
}
