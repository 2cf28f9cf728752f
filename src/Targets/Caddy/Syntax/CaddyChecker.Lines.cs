using Confgen.Targets.Caddy.Syntax.Catalogue;

namespace Confgen.Targets.Caddy.Syntax;

/// <content>Lines that are no directives: options, subdirectives, matchers; and what every line is held against.</content>
internal sealed partial class CaddyChecker
{
    /// <summary>The lines of a block that holds no directives of its own.</summary>
    private void Lines(IReadOnlyList<CaddyNode> lines, CaddyWordList words, string kind, CaddyScope? scope = null)
    {
        CaddyScope? responses = null;
        foreach (CaddyNode line in lines)
        {
            if (line.Kind == CaddyNodeKind.Comment || IsImportedText(line))
            {
                continue;
            }

            if (line.Name == "import")
            {
                Import(line, scope ?? new CaddyScope(null) { Missing = [] });
                continue;
            }

            if (words.Find(line.Name) is not { } word)
            {
                Report(line, $"there is no {kind} called '{line.Name}'", isUnknown: true);
                continue;
            }

            if (word.Name == "@")
            {
                (responses ??= new CaddyScope(null)).Names.Add(line.Name);
            }

            Line(line, word, kind, 1, scope, responses);
        }
    }

    private void Line(CaddyNode line, CaddyWord word, string kind, int from, CaddyScope? scope, CaddyScope? responses)
    {
        Fits(line, word, kind);
        if (word.NamesModule && line.Tokens.Length > from && word.Block is { } modules)
        {
            string name = line.Tokens[from].Text;
            if (modules.Find(name) is { } module)
            {
                Line(line, module, $"'{word.Name}' module", from + 1, scope, responses);
            }
            else
            {
                Report(line, $"there is no '{name}' for '{word.Name}'", isUnknown: true);
            }

            return;
        }

        if (word.Name is "not" or "lb_retry_match" && line.Tokens.Length > from)
        {
            Matcher(line, from, CaddyCatalogue.Standard.Matchers);
            return;
        }

        if (word.Name is "handle_response" or "replace_status" && line.Tokens.Length > from && line.Tokens[from].Text.StartsWith('@'))
        {
            Reference(line.Tokens[from], line.Tokens[from].Text, responses ?? new CaddyScope(null));
        }

        Count(line, word, from);
        if (line.Block is not { } block)
        {
            return;
        }

        if (word.Block is null)
        {
            Report(line, $"'{word.Name}' takes no block");
        }
        else if (word.Block == CaddyCatalogue.Standard.Directives)
        {
            Directives(block, scope ?? new CaddyScope(null), CaddyPlace.Response);
        }
        else
        {
            Lines(block, word.Block, $"subdirective of '{line.Name}'", scope);
        }
    }

    private void Import(CaddyNode line, CaddyScope scope)
    {
        if (line.Tokens.Length < 2)
        {
            Report(line, "'import' needs the name of a snippet or a file");
            return;
        }

        string name = line.Tokens[1].Text;
        if (!_snippets.ContainsKey(name))
        {
            // Anything with a separator, a dot or a glob is a file, which is not looked for here.
            if (!_importsFiles && name.IndexOfAny(['/', '.', '*', '{', '\\']) < 0)
            {
                Report(line, $"there is no snippet '({name})'");
            }

            return;
        }

        if (scope.IsSettled && _below.Contains(name))
        {
            Report(line, $"the snippet '({name})' is defined only further down");
        }

        if (_snippetNeeds.TryGetValue(name, out HashSet<string>? needs))
        {
            foreach (string need in needs)
            {
                Reference(line.Tokens[1], need, scope);
            }
        }
    }

    private void MatcherDefinition(CaddyNode line)
    {
        CaddyWordList matchers = CaddyCatalogue.Standard.Matchers;
        if (line.Tokens.Length > 1)
        {
            Matcher(line, 1, matchers);
        }
        else
        {
            Lines(line.Block ?? [], matchers, "matcher");
        }
    }

    private void Matcher(CaddyNode line, int at, CaddyWordList matchers)
    {
        string name = line.Tokens[at].Text;
        if (name == "not" && line.Tokens.Length > at + 1)
        {
            Matcher(line, at + 1, matchers);
        }
        else if (matchers.Find(name) is { } word)
        {
            Line(line, word, "matcher", at + 1, null, null);
        }
        else if (line.Tokens[at].Quote == CaddyQuote.None)
        {
            // A quoted word is an expression.
            Report(line, $"there is no matcher '{name}'");
        }
    }

    private void Fits(CaddyNode line, CaddyWord word, string kind)
    {
        if (!word.Fits(_version))
        {
            Report(
                line,
                _version < word.Since
                    ? $"the {kind} '{line.Name}' came with Caddy {word.Since}; this is for {_version}"
                    : $"the {kind} '{line.Name}' is gone since Caddy {word.Until}; this is for {_version}"
            );
        }
    }

    private void Count(CaddyNode line, CaddyWord word, int from)
    {
        int count = line.Tokens.Length - from;
        if ((count < word.Least || count > word.Most) && !HasVariadic(line))
        {
            Report(
                line,
                count < word.Least ? $"'{line.Name}' needs {word.Least} argument{(word.Least == 1 ? "" : "s")}, not {count}"
                    : word.Most == 0 ? $"'{line.Name}' takes no argument"
                    : $"'{line.Name}' takes at most {word.Most} argument{(word.Most == 1 ? "" : "s")}, not {count}"
            );
        }
    }

    private static bool HasVariadic(CaddyNode line) =>
        line.Arguments is [.., { Text: var last }] && last.StartsWith("{args[", StringComparison.Ordinal);

    /// <summary><c>{block}</c> and <c>{blocks.x}</c> stand for lines that the import gives (from 2.9 on).</summary>
    private static bool IsImportedText(CaddyNode line) =>
        line.Tokens is [{ Text: var text }] && text.StartsWith("{block", StringComparison.Ordinal);
}
