using Confgen.Model.Regexes;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Regexes;

public sealed class RegexParserTests
{
    [Theory]
    [InlineData("", 0, "an empty regex matches every path: write 'path: /' for that")]
    [InlineData("^/(?!admin)", 2, "look-ahead is not in the RE2 subset: write a route for what is excluded before this one")]
    [InlineData("a(?=b)", 1, "look-ahead is not in the RE2 subset: write routes in order instead, the special ones first")]
    [InlineData("(?<=a)b", 0, "look-behind is not in the RE2 subset: match what stands before, too")]
    [InlineData("(?<!a)b", 0, "look-behind is not in the RE2 subset: match what stands before, too")]
    [InlineData("(?>a)", 0, "atomic groups are not in the RE2 subset: write (?:...)")]
    [InlineData("(?#x)", 0, "comments are not in the RE2 subset: write a comment of YAML")]
    [InlineData("(?|a|b)", 0, "branch resets are not in the RE2 subset: write (?:...)")]
    [InlineData("(?(1)a)", 0, "conditions are not in the RE2 subset: write two alternatives")]
    [InlineData("(?P=n)", 0, "references to groups are not in the RE2 subset")]
    [InlineData("(?R)", 0, "references to groups are not in the RE2 subset")]
    [InlineData("(?'n'a)", 0, "write a group's name as (?<name>...)")]
    [InlineData("(?)", 0, "a group '(?)' without flags: leave it out")]
    [InlineData("(?x)a", 0, "the flag 'x' is not in the RE2 subset: leave the blanks out")]
    [InlineData("(?m)a", 0, "the flag 'm' is refused, because programs disagree on it; a path is one line")]
    [InlineData("(?q)a", 0, "there is no flag 'q': it may be i, s or U, as in (?i) or (?i:...)")]
    [InlineData("(?i", 0, @"a '(' is never closed: write '\(' for the character")]
    [InlineData("a(b", 1, @"a '(' is never closed: write '\(' for the character")]
    [InlineData("a)b", 1, @"a ')' without its '(': write '\)' for the character")]
    [InlineData("a[b", 1, @"a '[' is never closed: write '\[' for the character")]
    [InlineData("a[]", 1, @"a '[' is never closed: write '\[' for the character")]
    [InlineData("(?<1a>x)", 3, "a group's name has 1 to 32 letters, digits and '_', and doesn't start with a digit")]
    [InlineData("(?P<a>x)(?<a>y)", 11, "a second group is called 'a'")]
    [InlineData(@"(a)\1", 3, @"back-references ('\1') are not in the RE2 subset: no engine matches them in linear time")]
    [InlineData(@"(?<n>a)\k<n>", 7, @"back-references ('\k') are not in the RE2 subset: no engine matches them in linear time")]
    [InlineData(@"a\h", 1, @"'\h' is not in the RE2 subset: write '[\t ]'")]
    [InlineData(@"a\R", 1, @"'\R' is not in the RE2 subset: write '\r?\n'")]
    [InlineData(@"a\K", 1, @"'\K' is not in the RE2 subset: capture what shall stay, and write it as $1")]
    [InlineData(@"a\Z", 1, @"'\Z' also matches before a final newline: write '\z' or '$'")]
    [InlineData(@"a\G", 1, @"'\G' is not in the RE2 subset: leave it out")]
    [InlineData(
        @"\p{Greek}",
        0,
        @"programs disagree on '\p': classes are exact for ASCII alone, so write a class in brackets, as [A-Za-z]"
    )]
    [InlineData(@"\pL", 0, @"programs disagree on '\p': classes are exact for ASCII alone, so write a class in brackets, as [A-Za-z]")]
    [InlineData(@"\C", 0, @"'\C' is not in the RE2 subset: write '.'")]
    [InlineData(@"\012", 0, @"octal codes are not in the subset: write '\x00' and its like")]
    [InlineData(@"\y", 0, @"'\y' is not in the RE2 subset: write 'y' for the character")]
    [InlineData(@"a\", 1, @"a '\' at the end: write '\\' for the character")]
    [InlineData(@"\E", 0, @"a '\E' without its '\Q': write '\\E' for the characters")]
    [InlineData(@"\xZ", 0, @"'\x' wants two hexadecimal digits, as \x2F, or braces, as \x{2F}")]
    [InlineData(@"\xe9", 0, "beyond ASCII a code is a byte for PCRE and a code point for RE2: write the character itself")]
    [InlineData("a*+", 2, "possessive repetitions are not in the RE2 subset: leave the second '+' out")]
    [InlineData("a++", 2, "possessive repetitions are not in the RE2 subset: leave the second '+' out")]
    [InlineData("a**", 2, "a repetition of a repetition: put the first one into a group, (?:a*)*, or leave one out")]
    [InlineData("a{2}{3}", 4, "a repetition of a repetition: put the first one into a group, (?:a{2}){, or leave one out")]
    [InlineData("*a", 0, @"there is nothing for '*' to repeat: write '\*' for the character")]
    [InlineData("(?:+)", 3, @"there is nothing for '+' to repeat: write '\+' for the character")]
    [InlineData("a|?", 2, @"there is nothing for '?' to repeat: write '\?' for the character")]
    [InlineData("{2}", 0, @"there is nothing for '{' to repeat: write '\{' for the character")]
    [InlineData("a(?i)*", 5, @"there is nothing for '*' to repeat: write '\*' for the character")]
    [InlineData("^*", 1, "'^' is a place, not a text: it can't be repeated")]
    [InlineData("a{,5}", 1, @"programs disagree on '{,n}': write '{0,n}' for the repetition or '\{' for the character")]
    [InlineData("a{5,2}", 1, "the repetition ends below its start")]
    [InlineData("a{1001}", 1, "more than 1000 repetitions")]
    [InlineData("a{99999999999}", 1, "more than 1000 repetitions")]
    [InlineData("(?:a{100}){11}", 10, "nested repetitions come to more than 1000")]
    [InlineData("[é]", 1, "classes are exact for ASCII alone: write characters beyond it as alternatives, (?:é|è)")]
    [InlineData("(?i)é", 4, "programs disagree on the other case of 'é': write both, as (?:é|É)")]
    [InlineData(@"[^\s\S]", 0, "the class matches nothing")]
    [InlineData("[b-a]", 1, "the range ends before its start")]
    [InlineData(@"[a-\d]", 1, @"a range can't end with a class: write '\-' for the character")]
    [InlineData(@"[\d-z]", 1, @"a range can't start with a class: write '\-' for the character")]
    [InlineData("[[:alphas:]]", 1, @"there is no class of that name: it may be [:alnum:] and so on; write '\[' for the character")]
    [InlineData("[[:^:]]", 1, @"there is no class of that name: it may be [:alnum:] and so on; write '\[' for the character")]
    public void Says_what_is_wrong_where_and_the_way_out(string text, int at, string expected)
    {
        Assert.False(RegexPattern.TryParse(text, out _, out string? problem, out int offset));
        Assert.Equal((expected, at), (problem, offset));
    }

    [Theory]
    [InlineData("a{")]
    [InlineData("a{x}")]
    [InlineData("a{1,x}")]
    [InlineData("{host}")]
    [InlineData("a]")]
    [InlineData("a}")]
    [InlineData("(|a)")]
    [InlineData("a||b")]
    [InlineData("()")]
    [InlineData("(?i-s:a)b")]
    [InlineData("[]a]")]
    [InlineData("[^]a]")]
    [InlineData("[a-]")]
    [InlineData("[-a]")]
    [InlineData("[[:alpha:][:^digit:]]")]
    [InlineData("[[a]")]
    [InlineData(@"\Qa*b")]
    [InlineData(@"\Qa*b\E+")]
    [InlineData("(?:a{100}){10}")]
    [InlineData("日本")]
    [InlineData("😀+")]
    [InlineData("(?i)日")]
    public void Takes_what_RE2_takes(string text) => Assert.True(RegexPattern.TryParse(text, out _, out _, out _));

    [Fact]
    public void Half_a_surrogate_pair_is_no_character()
    {
        Assert.False(RegexPattern.TryParse("a\uD800", out _, out string? problem, out int offset));
        Assert.Equal(("half of a surrogate pair is no character", 1), (problem, offset));
    }

    [Fact]
    public void Knows_its_groups()
    {
        Assert.True(RegexPattern.TryParse("(a)(?:b)(?P<x>c)(?<y>d)", out RegexPattern? regex, out _, out _));
        Assert.Equal([null, "x", "y"], regex.Groups);
        Assert.Equal([0, 1, 2, 3, 2, null, null], new[] { "0", "1", "2", "3", "x", "z", "4" }.Select(regex.FindGroup));
    }

    [Fact]
    public void A_large_regex_is_refused()
    {
        Assert.False(RegexPattern.TryParse(new string('a', 10_001), out _, out string? problem, out _));
        Assert.Equal("the regex is too large: written out, its repetitions come to 10001 characters, and 10000 are the limit", problem);
        Assert.False(RegexPattern.TryParse("(?:" + new string('a', 200) + "){100}", out _, out _, out _));
        Assert.False(RegexPattern.TryParse(string.Concat(Enumerable.Repeat('(', 1_000_000)), out _, out _, out _));
        Assert.False(
            RegexPattern.TryParse(
                string.Concat(Enumerable.Repeat("(", 101)) + string.Concat(Enumerable.Repeat(")", 101)),
                out _,
                out problem,
                out int offset
            )
        );
        Assert.Equal(("groups are nested deeper than 100", 100), (problem, offset));
    }

    [Fact]
    public void No_text_throws() =>
        Prop.ForAll(
                Gen.OneOf(
                        Gen.Elements(
                                "a",
                                "(",
                                ")",
                                "[",
                                "]",
                                "{",
                                "}",
                                "*",
                                "+",
                                "?",
                                "|",
                                "^",
                                "$",
                                ".",
                                "\\",
                                "(?",
                                "(?i",
                                "(?P<",
                                "(?<",
                                "<",
                                ">",
                                ":",
                                "=",
                                "!",
                                "-",
                                ",",
                                "1",
                                "9999999999",
                                "[:",
                                ":]",
                                "alpha",
                                "x",
                                "d",
                                "Q",
                                "E",
                                "é",
                                "\uD800",
                                "\0",
                                "\n",
                                "i",
                                "s",
                                "U"
                            )
                            .ListOf()
                            .Select(string.Concat),
                        ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")
                    )
                    .ToArbitrary(),
                text =>
                    RegexPattern.TryParse(text, out _, out string? problem, out int offset)
                        ? problem is null
                        : problem is not null && offset >= 0 && offset <= text.Length
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
}
