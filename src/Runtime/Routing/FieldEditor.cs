using System.Text;
using Confgen.Model.Rules;
using Confgen.Model.Templates;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Routing;

/// <summary>Header rules made ready: what is constant is bytes already.</summary>
internal sealed class FieldEditor
{
    private readonly List<Edit> _edits;

    /// <summary>Edits nothing yet.</summary>
    public FieldEditor() => _edits = [];

    /// <summary>Edits what the other one does, and then more.</summary>
    public FieldEditor(FieldEditor other) => _edits = [.. other._edits];

    /// <summary>Whether nothing is edited.</summary>
    public bool IsEmpty => _edits.Count == 0;

    /// <summary>The placeholders in its values.</summary>
    public IEnumerable<TemplatePart> Placeholders =>
        _edits.SelectMany(edit => edit.Template?.Parts ?? []).Where(part => part.Literal is null);

    /// <summary>The rules of the spec for one direction, already composed.</summary>
    public static FieldEditor Of(IReadOnlyList<HeaderEdit> edits) => new FieldEditor().Then(edits);

    /// <summary>Adds rules behind those that are here.</summary>
    public FieldEditor Then(IReadOnlyList<HeaderEdit> edits)
    {
        foreach (HeaderEdit edit in edits)
        {
            if (edit.Drops)
            {
                Remove(edit.Name);
            }

            // A value that comes out empty is not sent, one that is written so as little.
            foreach (TextTemplate value in edit.Values.Where(v => v.AsLiteral is not ""))
            {
                _edits.Add(new Edit(Bytes(edit.Name), false, Constant(value), value));
            }
        }

        return this;
    }

    /// <summary>Adds a removal.</summary>
    public FieldEditor Remove(string name)
    {
        _edits.Add(new Edit(Bytes(name), true, null, null));
        return this;
    }

    /// <summary>Adds a field that replaces every line of its name.</summary>
    public FieldEditor Set(string name, string value)
    {
        _edits.Add(new Edit(Bytes(name), true, Encoding.Latin1.GetBytes(value), null));
        return this;
    }

    /// <summary>Adds a further line.</summary>
    public FieldEditor Add(string name, string value)
    {
        _edits.Add(new Edit(Bytes(name), false, Encoding.Latin1.GetBytes(value), null));
        return this;
    }

    /// <summary>Edits the fields.</summary>
    public void Apply(FieldList fields, RoutedRequest request)
    {
        foreach (Edit edit in _edits)
        {
            if (edit.Replaces)
            {
                fields.Remove(edit.Name);
            }

            if (edit.Constant is { } constant)
            {
                fields.Add(edit.Name, constant);
            }
            else if (edit.Template is { } template)
            {
                string value = Expand(template, request);
                if (value.Length > 0)
                {
                    fields.Add(edit.Name, Encoding.Latin1.GetBytes(value));
                }
            }
        }
    }

    /// <summary>A template's text, a character for each byte. A placeholder's value can't end the line that it stands in.</summary>
    public static string Expand(TextTemplate template, RoutedRequest request)
    {
        var text = new StringBuilder();
        foreach (TemplatePart part in template.Parts)
        {
            if (part.Literal is { } literal)
            {
                text.Append(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(literal)));
            }
            else
            {
                foreach (char c in request.ValueOf(part))
                {
                    text.Append(c is < ' ' and not '\t' or '\x7F' ? '?' : c);
                }
            }
        }

        return text.ToString();
    }

    private static byte[] Bytes(string name) => Encoding.Latin1.GetBytes(name);

    private static byte[]? Constant(TextTemplate value) => value.AsLiteral is { } literal ? Encoding.UTF8.GetBytes(literal) : null;

    private sealed record Edit(byte[] Name, bool Replaces, byte[]? Constant, TextTemplate? Template);
}
