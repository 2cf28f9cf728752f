using Confgen.Model.Files;

namespace Confgen.Model.Tests.Files;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("/a/index.html", "text/html; charset=utf-8")]
    [InlineData("app.JS", "text/javascript; charset=utf-8")]
    [InlineData("a.tar.gz", "application/gzip")]
    [InlineData("/a.css/README", "application/octet-stream")]
    [InlineData("a.unknown", "application/octet-stream")]
    [InlineData("a.", "application/octet-stream")]
    public void The_last_suffix_decides(string name, string type) => Assert.Equal(type, MediaTypes.Of(name));

    [Fact]
    public void An_event_stream_is_never_compressed() => Assert.DoesNotContain("text/event-stream", MediaTypes.Compressible);

    [Fact]
    public void Texts_of_the_table_are_compressible() =>
        Assert.All(
            MediaTypes.All.Where(row => row.Type.StartsWith("text/", StringComparison.Ordinal)),
            row => Assert.Contains(row.Type.Split(';')[0], MediaTypes.Compressible)
        );
}
