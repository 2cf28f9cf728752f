namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>The kinds of records that a responder and its client exchange (FastCGI 1.0, section 8).</summary>
internal enum RecordType : byte
{
    BeginRequest = 1,
    EndRequest = 3,
    Params = 4,
    Input = 5,
    Output = 6,
    Error = 7,
}
