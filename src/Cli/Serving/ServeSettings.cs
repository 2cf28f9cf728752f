using Confgen.Runtime.Admin;

namespace Confgen.Cli.Serving;

/// <summary>How the verb runs, beside what the proxy itself is told.</summary>
/// <param name="Drain">How long requests under way may take when the process is asked to end.</param>
/// <param name="IsStrict">Whether a warning counts as an error.</param>
/// <param name="IsDevelopment">Whether each request is shown.</param>
/// <param name="Admin">Where the operator is answered; null for nowhere.</param>
/// <param name="Handover">The unix socket over which listening sockets go from one process to the next; null for none.</param>
internal sealed record ServeSettings(TimeSpan Drain, bool IsStrict, bool IsDevelopment, AdminAddress? Admin, string? Handover = null);
