using System.Text;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>The parameters of a request, as CGI has them (RFC 3875, section 4.1). Texts have a character for each byte.</summary>
internal sealed class FastCgiParams
{
    private const string FieldPrefix = "HTTP_";

    private readonly List<KeyValuePair<string, string>> _params = [];

    /// <summary>Sets a parameter, instead of one of that name.</summary>
    public void Set(string name, string value)
    {
        _params.RemoveAll(p => p.Key == name);
        _params.Add(new(name, value));
    }

    /// <summary>Adds what the first line says, and the host.</summary>
    public void AddRequest(string method, string target, string host)
    {
        int question = target.IndexOf('?', StringComparison.Ordinal);
        Set("REQUEST_METHOD", method);
        Set("REQUEST_URI", target);
        Set("QUERY_STRING", question < 0 ? "" : target[(question + 1)..]);
        Set(FieldPrefix + "HOST", host);
    }

    /// <summary>
    /// Adds a field. Lines of one name are joined (RFC 3875, section 4.1.18). A name with other characters than letters, digits and dashes
    /// is left out: as a parameter it would be taken for another one.
    /// </summary>
    public void AddField(ReadOnlySpan<byte> name, string value)
    {
        foreach (byte b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '-')
            {
                return;
            }
        }

        string upper = Encoding.Latin1.GetString(name).ToUpperInvariant().Replace('-', '_');
        string key = FieldPrefix + upper;
        if (upper == "PROXY")
        {
            return;
        }

        int at = _params.FindIndex(p => p.Key == key);
        if (at < 0)
        {
            _params.Add(new(key, value));
        }
        else
        {
            _params[at] = new(key, _params[at].Value + (upper == "COOKIE" ? "; " : ", ") + value);
        }

        if (upper == "CONTENT_TYPE")
        {
            Set(upper, value);
        }
    }

    /// <summary>Writes them as a stream of records, and its end.</summary>
    public void Write(OutputBuffer output)
    {
        var written = new OutputBuffer();
        foreach ((string name, string value) in _params)
        {
            // An empty query is told (RFC 3875, section 4.1.7), and nothing else that is empty.
            if (value.Length > 0 || name == "QUERY_STRING")
            {
                RecordWriter.WriteParam(written, name, value);
            }
        }

        RecordWriter.WriteStream(output, RecordType.Params, written.Memory.Span);
        RecordWriter.WriteEnd(output, RecordType.Params);
        written.Release();
    }
}
