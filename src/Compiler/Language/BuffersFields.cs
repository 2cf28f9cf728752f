using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>buffers</c>.</summary>
public static class BuffersFields
{
    public static readonly SizeField Read = new("read", "For reading from a server.", null, 1024) { Example = "64KiB" };

    public static readonly SizeField Write = new("write", "For writing to a server.", null, 1024) { Example = "64KiB" };

    public static readonly ObjectSchema Schema = new(
        "buffers",
        "Sizes of the buffers to and from the servers; streaming doesn't need bigger ones.",
        Read,
        Write
    );
}
