namespace Confgen.Runtime.Messages;

/// <summary>Where a field stands in the bytes of its list.</summary>
internal readonly record struct Field(int NameStart, int NameLength, int ValueStart, int ValueLength, FieldKind Kind);
