using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>The head of a response, interim ones included.</summary>
/// <param name="Status">The status.</param>
/// <param name="Fields">The fields without pseudo-fields and those that concern a connection.</param>
/// <param name="Length">The length of the body where the head tells it.</param>
/// <param name="HasBody">Whether a body follows.</param>
internal readonly record struct Http2ResponseHead(int Status, FieldList Fields, long? Length, bool HasBody);
