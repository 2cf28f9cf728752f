using Confgen.Model;

namespace Confgen.Compiler.Binding;

/// <summary>
/// The fields of an object that the model has no node for, so that what a target can't do of them is reported all the same.
/// </summary>
internal sealed record WrittenFields : SpecNode;
