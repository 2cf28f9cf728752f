using System.Globalization;

namespace Confgen.Targets.Tests.Importing;

/// <summary>How many random inputs a test takes: its own number, or that of <c>CONFGEN_FUZZ</c> for a long run.</summary>
internal static class Tries
{
    public static int Or(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("CONFGEN_FUZZ"), CultureInfo.InvariantCulture, out int tries) ? tries : usual;
}
