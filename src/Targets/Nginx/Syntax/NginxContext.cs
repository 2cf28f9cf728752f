namespace Confgen.Targets.Nginx.Syntax;

/// <summary>The kinds of block that a directive may stand in.</summary>
[Flags]
internal enum NginxContext
{
    None = 0,
    Main = 1,
    Events = 1 << 1,
    Http = 1 << 2,
    Server = 1 << 3,
    Location = 1 << 4,
    ServerIf = 1 << 5,
    LocationIf = 1 << 6,
    LimitExcept = 1 << 7,
    Upstream = 1 << 8,
    Stream = 1 << 9,
    StreamServer = 1 << 10,
    StreamUpstream = 1 << 11,
    Mail = 1 << 12,
    MailServer = 1 << 13,

    /// <summary>Every block of directives.</summary>
    Any = (1 << 14) - 1,

    /// <summary>A block that holds data and no directives: <c>map</c>, <c>geo</c>, <c>types</c>, ...</summary>
    Data = 1 << 14,
}
