using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>Reads PyServe's <c>config.yaml</c>: each of its keys has a fate.</summary>
public sealed class PyServeImporter : IImporter
{
    /// <inheritdoc/>
    public string Name => "pyserve";

    /// <inheritdoc/>
    public bool Recognizes(string name, string text) =>
        YamlText.Read(new SourceText(name, text), new DiagnosticBag()) is MapSyntax root && PyServeReader.Recognizes(root);

    /// <inheritdoc/>
    public ImportResult Import(ImportRequest request)
    {
        (string name, string text) = request.Files[0];
        var found = new DiagnosticBag();
        if (request.Files.Count > 1)
        {
            return new ImportResult { Error = $"{request.Files[1].Name}: PyServe's configuration is one file" };
        }

        if (
            YamlText.Read(new SourceText(name, text), found) is not MapSyntax root
            || PyServeReader.Convert(root, request.FileSystem, found) is not { } converted
        )
        {
            Diagnostic? error = found.Items.FirstOrDefault(d => d.Severity == Severity.Error);
            return new ImportResult { Error = error is null ? $"{name}: not a map" : $"{error.Span}: {error.Message}" };
        }

        var spec = new OutputMap { IsRoot = true };
        var places = new List<(SyntaxNode From, OutputNode To)>();
        foreach (EntrySyntax entry in converted.Entries)
        {
            spec.Set(entry.Key.Value, OutputNodes.Of(entry.Value, places));
        }

        var ledger = new ImportLedger();
        foreach (EntrySyntax entry in root.Entries)
        {
            Settle(ledger, entry, places, found);
        }

        SpecTidying.Tidy(spec, new UpstreamTable());
        return new ImportResult { Spec = OutputWriter.Write(spec), Directives = ledger.Close() };
    }

    // Whether the spec says something of it.
    private static bool Settle(ImportLedger ledger, EntrySyntax key, List<(SyntaxNode From, OutputNode To)> places, DiagnosticBag found)
    {
        SourceSpan at = key.Key.Span;
        bool isBlock = key.Value is not ScalarSyntax;
        LedgerEntry entry = ledger.Enter(
            at.File,
            at.Line,
            at.Column,
            key.Key.Value + (key.Value is ScalarSyntax text ? ": " + text.Value : ":")
        );
        bool isInner = false;
        foreach (EntrySyntax inner in Inner(key.Value))
        {
            isInner |= Settle(ledger, inner, places, found);
        }

        OutputNode? place = places.Find(p => p.From.Span == key.Value.Span || p.From.Span == at).To;
        Diagnostic? note = found.Items.FirstOrDefault(d => d.Span == at || d.Span == key.Value.Span);
        if (place is not null)
        {
            entry.Say(place, note?.Message);
        }
        else if (note is not null)
        {
            entry.Lose(note.Message);
        }
        else if (isInner || isBlock)
        {
            entry.Imply("what is in it is read");
        }
        else
        {
            entry.Tune("a spec needs no word for it");
        }

        return place is not null || isInner;
    }

    private static IEnumerable<EntrySyntax> Inner(SyntaxNode value) =>
        value switch
        {
            MapSyntax map => map.Entries,
            ListSyntax list => list.Items.SelectMany(Inner),
            _ => [],
        };
}
