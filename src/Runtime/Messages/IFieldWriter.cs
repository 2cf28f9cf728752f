namespace Confgen.Runtime.Messages;

/// <summary>Takes the fields of a message, one after the other.</summary>
internal interface IFieldWriter
{
    /// <summary>Adds a field.</summary>
    void AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);

    /// <summary>Adds a field whose value has a character for each byte (Latin-1).</summary>
    void AddField(ReadOnlySpan<byte> name, string value);
}
