using Confgen.Compiler.Schema;
using Confgen.Model.Acme;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>acme.dns</c>.</summary>
public static class AcmeDnsFields
{
    public static readonly Field Exec = new(
        "exec",
        new TypeSchema.ListOf(TypeSchema.Text, AllowSingle: true) { NotEmpty = true },
        "The program that writes records, and its first arguments. It is called without a shell, with `present` or `cleanup`, the name "
            + "with a dot at its end, and the value after them, as programs for lego's `exec` provider are."
    )
    {
        Required = true,
        Example = "[/usr/local/bin/dns-hook]",
    };

    public static readonly DurationField Wait = new(
        "wait",
        "How long a record takes to reach every server of its zone: the authority is asked that long after the program has ended.",
        new AcmeDns { Exec = [] }.Wait,
        TimeSpan.Zero
    );

    public static readonly ObjectSchema Schema = new(
        "acme.dns",
        "How the TXT records of `dns-01` are written and removed: by a program.",
        Exec,
        Wait
    );
}
