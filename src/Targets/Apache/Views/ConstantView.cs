using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Apache.Views;

/// <summary>What a file that is the same for every spec depends on: nothing.</summary>
[TemplateView]
internal sealed partial record ConstantView
{
    /// <summary>The statuses whose responses have no body unless the spec gives one.</summary>
    public IReadOnlyList<int> Statuses { get; } =
    [
        301,
        302,
        303,
        307,
        308,
        400,
        401,
        402,
        403,
        404,
        405,
        406,
        407,
        408,
        409,
        410,
        411,
        412,
        413,
        414,
        415,
        416,
        417,
        421,
        422,
        423,
        424,
        426,
        428,
        429,
        431,
        451,
        501,
        504,
        505,
        506,
        507,
        508,
        510,
        511,
    ];
}
