namespace Confgen.Model.Sites;

/// <summary>The format of an access log.</summary>
public enum AccessLogFormat
{
    /// <summary>No log.</summary>
    Off,

    /// <summary>One JSON object a line.</summary>
    Json,

    /// <summary>The combined log format of Apache and nginx.</summary>
    Combined,
}
