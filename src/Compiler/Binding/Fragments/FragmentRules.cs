using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Fragments;

/// <summary>What can be wrong with <c>use</c>.</summary>
internal static class FragmentRules
{
    public static readonly Rule Unknown = new("CFG0145", "unknown-fragment", Severity.Error, "A fragment that isn't there")
    {
        Why = "`use` names entries of `fragments` at the root of the spec, in whichever of its files they are.",
        Bad = """
            fragments:
              private: { allow: [10.0.0.0/8] }
            sites:
              - { host: a.example.com, use: privat, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            fragments:
              private: { allow: [10.0.0.0/8] }
            sites:
              - { host: a.example.com, use: private, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public static readonly Rule Circular = new("CFG0146", "fragment-in-itself", Severity.Error, "A fragment that uses itself")
    {
        Why = "A fragment may use others, but no chain of them may lead back to it.",
        Bad = """
            fragments:
              private: { allow: [10.0.0.0/8], use: logged }
              logged: { log: json, use: private }
            sites:
              - { host: a.example.com, use: private, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            fragments:
              private: { allow: [10.0.0.0/8], use: logged }
              logged: { log: json }
            sites:
              - { host: a.example.com, use: private, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public static readonly Rule Twice = new("CFG0147", "field-of-two-fragments", Severity.Error, "A field that two fragments have")
    {
        Why =
            "Of two fragments that a map uses neither goes before the other, and fields aren't merged: what belongs there must be written "
            + "in the map itself, or in one of them.",
        Bad = """
            fragments:
              private: { allow: [10.0.0.0/8] }
              office: { allow: [192.0.2.0/24] }
            sites:
              - { host: a.example.com, use: [private, office], proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            fragments:
              private: { allow: [10.0.0.0/8] }
              office: { allow: [192.0.2.0/24] }
            sites:
              - host: a.example.com
                use: private
                proxy: "http://127.0.0.1:3000"
              - host: b.example.com
                use: [private, office]
                allow: [10.0.0.0/8, 192.0.2.0/24]
                proxy: "http://127.0.0.1:3000"

            """,
    };
}
