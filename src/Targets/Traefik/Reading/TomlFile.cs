using Confgen.Targets.Importing;
using Tomlyn;
using Tomlyn.Parsing;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads a TOML file into the tree.</summary>
internal static class TomlFile
{
    /// <summary>Adds what is in the file. Gives why it can't be read, or null.</summary>
    public static string? Read(string file, string text, SourceKey root, ImportLedger ledger)
    {
        var parser = TomlParser.Create(text, new TomlSerializerOptions { SourceName = file });
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current.Kind == TomlParseEventKind.StartTable)
                {
                    Table(parser, root, file, ledger);
                }
            }

            return null;
        }
        catch (TomlException e)
        {
            return string.Create(null, $"{file}:{e.Line}:{e.Column}: {e.Message}");
        }
    }

    private static void Table(TomlParser parser, SourceKey to, string file, ImportLedger ledger)
    {
        while (parser.MoveNext() && parser.Current.Kind == TomlParseEventKind.PropertyName)
        {
            (int line, int column) = (parser.Current.Line, parser.Current.Column);
            SourceKey key = to.Make(parser.GetPropertyName());
            parser.MoveNext();
            Value(parser, key, file, ledger);
            string shown = key.Value is { Length: > 0 } value ? $"{key.Name} = {value}" : $"{key.Name} =";
            key.Stands(ledger.Enter(file, line, column, shown));
        }
    }

    private static void Value(TomlParser parser, SourceKey key, string file, ImportLedger ledger)
    {
        switch (parser.Current.Kind)
        {
            case TomlParseEventKind.StartTable:
                Table(parser, key, file, ledger);
                break;
            case TomlParseEventKind.StartArray:
                var items = new List<string>();
                while (parser.MoveNext() && parser.Current.Kind != TomlParseEventKind.EndArray)
                {
                    if (parser.Current.Kind == TomlParseEventKind.StartTable)
                    {
                        Table(parser, key.Make(string.Create(null, $"{key.Keys.Count}")), file, ledger);
                    }
                    else
                    {
                        items.Add(Scalar(parser));
                    }
                }

                key.List = items;
                key.Value = items.Count > 0 ? string.Join(", ", items) : null;
                break;
            default:
                key.Value = Scalar(parser);
                break;
        }
    }

    private static string Scalar(TomlParser parser) =>
        parser.Current.Kind switch
        {
            TomlParseEventKind.Boolean => parser.Current.GetBoolean() ? "true" : "false",
            TomlParseEventKind.Integer => string.Create(null, $"{parser.Current.GetInt64()}"),
            TomlParseEventKind.Float => string.Create(null, $"{parser.Current.GetDouble()}"),
            _ => parser.GetString(),
        };
}
