using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace Confgen.Model.Regexes;

/// <summary>
/// A regex ready to match bytes, as nginx matches them, in linear time, so that no request can keep it busy: .NET's engine without
/// backtracking tells whether it matches, <see cref="RegexProgram"/> what. Safe for several threads.
/// <para>That engine's automaton takes milliseconds to make, a hundred thousand of its matches; a compiler asks a few times and is done. So
/// the first responses come from <see cref="RegexProgram"/>, too.</para>
/// </summary>
public sealed class RegexMatcher
{
    // Beyond ASCII each byte becomes a character for private use, which is in none of .NET's classes: \b stays that of ASCII.
    private const char BeyondAscii = '\uE000';
    private const int OnStack = 512;

    /// <summary>The number of responses after which .NET's automaton is made.</summary>
    public const int ResponsesWithoutAutomaton = 50;

    private readonly Lazy<RegexProgram> _program;
    private readonly Lazy<Regex> _automaton;
    private int _answers;

    /// <summary>Prepares the regex.</summary>
    public RegexMatcher(RegexPattern pattern)
    {
        Pattern = pattern;
        _program = new Lazy<RegexProgram>(() => new RegexProgram(pattern));
        _automaton = new Lazy<Regex>(() =>
            new Regex(pattern.Write(RegexDialect.DotNet), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
        );
    }

    /// <summary>What it matches.</summary>
    public RegexPattern Pattern { get; }

    /// <summary>Whether the regex matches somewhere in the text.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        // A lost count of two threads delays the automaton by a response.
        if (_answers < ResponsesWithoutAutomaton)
        {
            _answers++;
            return RegexSearch.Find(_program.Value, text) is not null;
        }

        char[]? rented = null;
        Span<char> chars = text.Length <= OnStack ? stackalloc char[OnStack] : (rented = ArrayPool<char>.Shared.Rent(text.Length));
        try
        {
            chars = chars[..text.Length];
            Widen(text, chars);
            return _automaton.Value.IsMatch(chars);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }

    /// <summary>What a group of the first match took; empty where there is no match or the group took no part.</summary>
    public ReadOnlySpan<byte> FindGroup(ReadOnlySpan<byte> text, int group) =>
        RegexSearch.Find(_program.Value, text) is { } slots && slots[2 * group] >= 0 ? text[slots[2 * group]..slots[(2 * group) + 1]] : [];

    /// <summary>The text with the first match replaced; false where there is none.</summary>
    public bool TryReplaceFirst(ReadOnlySpan<byte> text, RegexReplacement replacement, [NotNullWhen(true)] out byte[]? result)
    {
        result = null;
        if (RegexSearch.Find(_program.Value, text) is not { } slots)
        {
            return false;
        }

        var bytes = new ArrayBufferWriter<byte>(text.Length + 64);
        bytes.Write(text[..slots[0]]);
        foreach (RegexReplacementPart part in replacement.Parts)
        {
            if (part.Literal is { } literal)
            {
                Encoding.UTF8.GetBytes(literal, bytes);
            }
            else if (slots[2 * part.Group] >= 0)
            {
                bytes.Write(text[slots[2 * part.Group]..slots[(2 * part.Group) + 1]]);
            }
        }

        bytes.Write(text[slots[1]..]);
        result = bytes.WrittenSpan.ToArray();
        return true;
    }

    /// <summary>The character that stands for a byte.</summary>
    internal static char CharOf(byte b) => b < 0x80 ? (char)b : (char)(BeyondAscii + b);

    private static void Widen(ReadOnlySpan<byte> text, Span<char> chars)
    {
        if (Ascii.ToUtf16(text, chars, out int done) == OperationStatus.Done)
        {
            return;
        }

        for (int i = done; i < text.Length; i++)
        {
            chars[i] = CharOf(text[i]);
        }
    }
}
