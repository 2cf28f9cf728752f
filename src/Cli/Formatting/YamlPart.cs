namespace Confgen.Cli.Formatting;

/// <summary>A piece of a YAML text by its offsets, so that it can be written again as it was, elsewhere.</summary>
/// <param name="Start">The first character, its anchor or tag included.</param>
/// <param name="End">The one behind the last; of a block collection that of its last piece.</param>
/// <param name="Properties">Its anchor and tag as written; empty where there is none.</param>
internal abstract record YamlPart(int Start, int End, string Properties)
{
    /// <summary>A scalar outside of blocks, or an alias.</summary>
    public sealed record Scalar(int Start, int End, string Properties) : YamlPart(Start, End, Properties)
    {
        /// <summary>Where it begins behind its properties.</summary>
        public required int ContentStart { get; init; }

        /// <summary>Whether it stands without quotes.</summary>
        public bool IsPlain { get; init; }

        public bool IsEmpty => ContentStart == End;
    }

    /// <summary>A scalar that begins with <c>|</c> or <c>&gt;</c>.</summary>
    public sealed record Block(int Start, int End, string Properties) : YamlPart(Start, End, Properties)
    {
        /// <summary>The first line as written, as <c>|-</c>.</summary>
        public required string Header { get; init; }

        /// <summary>The offset behind the header.</summary>
        public required int HeaderEnd { get; init; }

        /// <summary>The indentation that the header gives, or 0.</summary>
        public int Explicit { get; init; }

        /// <summary>The lines without their indentation.</summary>
        public required IReadOnlyList<string> Lines { get; init; }
    }

    /// <summary>A map.</summary>
    public sealed record Map(int Start, int End, string Properties) : YamlPart(Start, End, Properties)
    {
        /// <summary>Whether it is written with braces, or is a single pair in a list with brackets.</summary>
        public bool IsFlow { get; init; }

        /// <summary>The column of its keys, from 0; only of blocks.</summary>
        public int Column { get; init; }

        /// <summary>The offset of its brace; negative where there is none.</summary>
        public int Open { get; init; }

        public required IReadOnlyList<(Scalar Key, YamlPart Value)> Entries { get; init; }
    }

    /// <summary>A list.</summary>
    public sealed record List(int Start, int End, string Properties) : YamlPart(Start, End, Properties)
    {
        /// <summary>Whether it is written with brackets.</summary>
        public bool IsFlow { get; init; }

        /// <summary>The column of its dashes, from 0; only of blocks.</summary>
        public int Column { get; init; }

        /// <summary>The offset of its bracket; negative where there is none.</summary>
        public int Open { get; init; }

        public required IReadOnlyList<YamlPart> Items { get; init; }
    }
}
