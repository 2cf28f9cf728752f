using YamlDotNet.RepresentationModel;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>Reads a body: a text, or <c>{ size: 300000 }</c> for one whose content doesn't matter.</summary>
internal static class BodyReader
{
    public static string Read(CaseMap map, YamlNode node)
    {
        if (node is not YamlMappingNode)
        {
            return map.Scalar(node);
        }

        CaseMap sized = map.Child(node);
        int size = sized.Integer("size") ?? throw new CaseException($"{sized.At}: 'size' is missing");
        sized.Done();
        return string.Create(
            size,
            0,
            static (span, _) =>
            {
                // No piece of it is like another, so that a lost or doubled one shows.
                for (int i = 0; i < span.Length; i++)
                {
                    span[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[((i * 7) + (i / 36) + (i / 1296)) % 36];
                }
            }
        );
    }
}
