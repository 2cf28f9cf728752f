using Confgen.Compiler.Schema;
using Confgen.Model;

namespace Confgen.Compiler.Rendering;

/// <summary>
/// What a target does with a field, or with some values of it. The generic check applies an entry to each node that wrote the field, if its
/// version and its predicate hold; an entry with a <see cref="Condition"/> and no <see cref="When"/> is reported by the target itself,
/// through <see cref="RenderContext.Apply"/>.
/// </summary>
/// <param name="Field">The field's name in the catalogue, as <c>upstream.health.active</c>.</param>
/// <param name="Support">How far.</param>
/// <param name="Note">What differs, for <see cref="Support.Approximate"/>; the nearest thing that can be done, for
/// <see cref="Support.Unsupported"/>; else how it is done, or empty.</param>
public sealed record Capability(string Field, Support Support, string Note = "")
{
    /// <summary>Makes an entry for a field by its declaration.</summary>
    public Capability(Field field, Support support, string note = "")
        : this(field.Id, support, note) { }

    /// <summary>The versions that it is about.</summary>
    public VersionRange Versions { get; init; }

    /// <summary>The values that it is about, in words for the table, as <c>with `backup: true`</c>; null for all.</summary>
    public string? Condition { get; init; }

    /// <summary>
    /// The values that it is about; null for all, or, where there is a <see cref="Condition"/>, for those that the target finds itself.
    /// </summary>
    public Func<SpecNode, bool>? When { get; init; }

    /// <summary>Makes an entry for the values that a predicate on the owner of the field picks.</summary>
    public static Capability For<T>(Field field, Support support, string condition, Func<T, bool> when, string note)
        where T : SpecNode => For(field.Id, support, condition, when, note);

    /// <inheritdoc cref="For{T}(Field, Support, string, Func{T, bool}, string)"/>
    public static Capability For<T>(string field, Support support, string condition, Func<T, bool> when, string note)
        where T : SpecNode => new(field, support, note) { Condition = condition, When = node => node is T owner && when(owner) };

    /// <summary>Fields that a program honours as the contract says.</summary>
    public static IEnumerable<Capability> Exact(params IReadOnlyList<Field> fields) =>
        fields.Select(static field => new Capability(field, Support.Exact));

    /// <summary>Fields that a program that wasn't run honours as the contract says, by its source and documentation.</summary>
    public static IEnumerable<Capability> Read(params IReadOnlyList<Field> fields) =>
        fields.Select(static field => new Capability(field, Support.Read));

    /// <summary>Fields that a program can't honour, with the nearest thing that it can.</summary>
    public static IEnumerable<Capability> Unsupported(string nearest, params IReadOnlyList<Field> fields) =>
        fields.Select(field => new Capability(field, Support.Unsupported, nearest));

    /// <summary>Fields that a program has no part in.</summary>
    public static IEnumerable<Capability> Elsewhere(params IReadOnlyList<Field> fields) =>
        fields.Select(static field => new Capability(field, Support.Elsewhere));
}
