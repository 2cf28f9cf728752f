namespace Confgen.Targets.Nginx.Reading;

/// <summary>The patterns of <c>include</c>, as glob(3) reads them: <c>*</c>, <c>?</c> and <c>[...]</c> stay within a folder.</summary>
internal static class FileGlob
{
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?', '[');

    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        while (!pattern.IsEmpty)
        {
            switch (pattern[0])
            {
                case '*':
                    for (int taken = 0; taken <= name.Length; taken++)
                    {
                        if (IsMatch(pattern[1..], name[taken..]))
                        {
                            return true;
                        }

                        if (taken < name.Length && name[taken] == '/')
                        {
                            return false;
                        }
                    }

                    return false;
                case '[' when pattern.IndexOf(']') is var end and > 1:
                    if (name.IsEmpty || !IsIn(pattern[1..end], name[0]))
                    {
                        return false;
                    }

                    pattern = pattern[(end + 1)..];
                    name = name[1..];
                    continue;
                case '?' when !name.IsEmpty && name[0] != '/':
                    break;
                default:
                    if (name.IsEmpty || name[0] != pattern[0])
                    {
                        return false;
                    }

                    break;
            }

            pattern = pattern[1..];
            name = name[1..];
        }

        return name.IsEmpty;
    }

    private static bool IsIn(ReadOnlySpan<char> set, char c)
    {
        bool negated = set[0] is '!' or '^';
        set = negated ? set[1..] : set;
        for (int i = 0; i < set.Length; i++)
        {
            bool isRange = i + 2 < set.Length && set[i + 1] == '-';
            if (isRange ? c >= set[i] && c <= set[i + 2] : c == set[i])
            {
                return !negated;
            }

            i += isRange ? 2 : 0;
        }

        return negated;
    }
}
