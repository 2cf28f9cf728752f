namespace Confgen.Model.Regexes;

/// <summary>Why a construct of another engine is refused, and what to write instead.</summary>
internal static class RegexRefusals
{
    /// <summary>For an escape that is not in the subset.</summary>
    public static string Escape(char letter) =>
        letter switch
        {
            'Z' => @"'\Z' also matches before a final newline: write '\z' or '$'",
            'G' => @"'\G' is not in the RE2 subset: leave it out",
            'K' => @"'\K' is not in the RE2 subset: capture what shall stay, and write it as $1",
            'R' => @"'\R' is not in the RE2 subset: write '\r?\n'",
            'h' => @"'\h' is not in the RE2 subset: write '[\t ]'",
            'H' or 'V' or 'N' or 'X' => $"'\\{letter}' is not in the RE2 subset: write a class in brackets",
            'p' or 'P' =>
                $"programs disagree on '\\{letter}': classes are exact for ASCII alone, so write a class in brackets, as [A-Za-z]",
            'C' => @"'\C' is not in the RE2 subset: write '.'",
            'E' => @"a '\E' without its '\Q': write '\\E' for the characters",
            'e' => @"'\e' is not in the RE2 subset: write '\x1B'",
            'c' => @"'\c' is not in the RE2 subset: write the character's code, as \x1B",
            'u' or 'U' => $"'\\{letter}' is not in the RE2 subset: write the character itself",
            'k' or 'g' or (>= '1' and <= '9') =>
                $"back-references ('\\{letter}') are not in the RE2 subset: no engine matches them in linear time",
            '0' => @"octal codes are not in the subset: write '\x00' and its like",
            < ' ' or '\x7F' => @"a control character behind '\': write it as \n, \t or \x01",
            _ when char.IsAscii(letter) => $"'\\{letter}' is not in the RE2 subset: write '{letter}' for the character",
            _ => $"'\\{Printable(letter)}': a character beyond ASCII needs no '\\'",
        };

    /// <summary>For a group that is not in the subset.</summary>
    /// <param name="group">The text from its parenthesis on.</param>
    /// <param name="flag">The character that is none of the flags.</param>
    public static string Group(ReadOnlySpan<char> group, char flag) =>
        group switch
        {
            ['(', '?', '=', ..] => "look-ahead is not in the RE2 subset: write routes in order instead, the special ones first",
            ['(', '?', '!', ..] => "look-ahead is not in the RE2 subset: write a route for what is excluded before this one",
            ['(', '?', '<', '=' or '!', ..] => "look-behind is not in the RE2 subset: match what stands before, too",
            ['(', '?', '>', ..] => "atomic groups are not in the RE2 subset: write (?:...)",
            ['(', '?', '#', ..] => "comments are not in the RE2 subset: write a comment of YAML",
            ['(', '?', '|', ..] => "branch resets are not in the RE2 subset: write (?:...)",
            ['(', '?', '(', ..] => "conditions are not in the RE2 subset: write two alternatives",
            ['(', '?', 'P', '=' or '>', ..] or ['(', '?', '&' or 'R' or '+' or (>= '0' and <= '9'), ..] =>
                "references to groups are not in the RE2 subset",
            ['(', '?', '\'', ..] => "write a group's name as (?<name>...)",
            ['(', '?', ')', ..] => "a group '(?)' without flags: leave it out",
            _ when flag == 'm' => "the flag 'm' is refused, because programs disagree on it; a path is one line",
            _ when flag == 'x' => "the flag 'x' is not in the RE2 subset: leave the blanks out",
            _ => $"there is no flag '{Printable(flag)}': it may be i, s or U, as in (?i) or (?i:...)",
        };

    private static string Printable(char c) => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString();
}
