namespace Confgen.Model.Diagnostics;

/// <summary>How much a diagnostic weighs.</summary>
public enum Severity
{
    /// <summary>Not reported.</summary>
    Off,

    /// <summary>Worth knowing; never fails a run.</summary>
    Info,

    /// <summary>Probably not what was meant; fails a run under <c>--strict</c>.</summary>
    Warning,

    /// <summary>Nothing is written.</summary>
    Error,
}
