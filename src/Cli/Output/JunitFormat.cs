using System.Globalization;
using System.Text;
using System.Xml;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Output;

/// <summary>
/// JUnit XML: a test suite for each spec, a failed test case for each error and warning, and one that passed where there is none.
/// </summary>
internal sealed class JunitFormat : IReportFormat
{
    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<Report> reports)
    {
        var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            foreach (Report report in reports)
            {
                Write(xml, report);
            }

            xml.WriteEndElement();
        }

        writer.Write(text + "\n");
    }

    private static void Write(XmlWriter xml, Report report)
    {
        Diagnostic[] failures = [.. report.Diagnostics.Where(d => d.Severity > Severity.Info)];
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Visible.Text(report.Spec));
        xml.WriteAttributeString("tests", Math.Max(1, failures.Length).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", failures.Length.ToString(CultureInfo.InvariantCulture));
        foreach (Diagnostic failure in failures)
        {
            string place = failure.Span.ToString();
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Visible.Text(report.Spec));
            xml.WriteAttributeString(
                "name",
                Visible.Text($"{failure.Rule.Code} {failure.Rule.Name}{(place.Length > 0 ? " at " + place : "")}")
            );
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", SeverityWord.Of(failure.Severity));
            xml.WriteAttributeString("message", Visible.Text(failure.Message));
            xml.WriteString(Visible.Lines($"{(place.Length > 0 ? place + ": " : "")}{failure.Message}\n{failure.Hint}"));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        if (failures.Length == 0)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", Visible.Text(report.Spec));
            xml.WriteAttributeString("name", "valid");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
