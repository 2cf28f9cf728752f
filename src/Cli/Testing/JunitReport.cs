using System.Globalization;
using System.Text;
using System.Xml;
using Confgen.Cli.Output;

namespace Confgen.Cli.Testing;

/// <summary>Results as JUnit XML, which CI systems read.</summary>
internal static class JunitReport
{
    public static string Of(string spec, IReadOnlyList<TestResult> results)
    {
        var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Visible.Text(spec));
            xml.WriteAttributeString("tests", results.Count.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("failures", results.Count(r => !r.Passed).ToString(CultureInfo.InvariantCulture));
            foreach (TestResult result in results)
            {
                xml.WriteStartElement("testcase");
                xml.WriteAttributeString("classname", Visible.Text(result.On is { } on ? $"{spec} on {on}" : spec));
                xml.WriteAttributeString("name", Visible.Text(result.Name));
                foreach (var failure in result.Failures)
                {
                    xml.WriteStartElement("failure");
                    xml.WriteAttributeString("message", Visible.Text(failure.Message));
                    xml.WriteString(Visible.Lines($"{failure.Span}: {failure.Message}\n{failure.Hint}"));
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
